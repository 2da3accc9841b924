using Granary.Application.Intake;
using Granary.Application.Settings;
using Granary.Domain.Cleansing;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Policies;
using Granary.Web.Scoring;

namespace Granary.Web.Intake;

/// <summary>Tells what became of a submission, in the caller's language.</summary>
public sealed class LandingAnswers(Explanation explanation)
{
    /// <summary>The answer to a landing.</summary>
    public LeadAnswer Of(Landing landing, Setting setting) => new(
        landing.LeadId,
        landing.Outcome,
        landing.Label,
        landing.Status,
        OwnerAnswer.Of(landing.OwnerId, setting),
        landing.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
        landing.SourceLeadId,
        landing.AccountId,
        landing.Score is { } s ? ScoreAnswer.Of(s.Total, s.Behaviour, s.Attributes, s.Priority, s.Stage, s.Cell) : null,
        FindingNames.Of((Finding)landing.Findings),
        explanation.Of(landing.Reasons));

    /// <summary>The problem of a submission that did not land; null when it did.</summary>
    public static Problem? Refusal(IntakeResult result) => result switch
    {
        IntakeResult.Refused(var errors) => Problem.Invalid(errors),
        IntakeResult.KeyReused => new Problem("idempotency_key_reused", StatusCodes.Status422UnprocessableEntity),
        _ => null,
    };

    /// <summary>The status of a landing: a refreshed lead is not a new one.</summary>
    public static int Status(Landing landing) => landing.Outcome == LandingOutcome.Refreshed ? StatusCodes.Status200OK : StatusCodes.Status201Created;
}
