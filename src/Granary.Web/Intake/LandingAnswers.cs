using Granary.Application.Intake;
using Granary.Application.Settings;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;
using Granary.Web.Hosting;
using Granary.Web.Localisation;

namespace Granary.Web.Intake;

/// <summary>Tells what became of a submission, in the caller's language.</summary>
public sealed class LandingAnswers(ReasonText words)
{
    /// <summary>The answer to a landing.</summary>
    public LeadAnswer Of(Landing landing, Setting setting) => new(
        landing.LeadId,
        landing.Outcome,
        landing.Label,
        landing.Status,
        Owner(landing.OwnerId, setting),
        landing.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
        landing.SourceLeadId,
        landing.AccountId,
        landing.Score is { } s ? new ScoreAnswer(s.Total, s.Behaviour, s.Attributes, (Priority)s.Priority, (NurtureStage)s.Stage, s.Fit, s.Engagement, s.Cell) : null,
        FindingNames.Of((Finding)landing.Findings),
        Explanation(landing.Reasons));

    /// <summary>The problem of a submission that did not land; null when it did.</summary>
    public static Problem? Refusal(IntakeResult result) => result switch
    {
        IntakeResult.Refused(var errors) => Problem.Invalid(errors),
        IntakeResult.KeyReused => new Problem("idempotency_key_reused", StatusCodes.Status422UnprocessableEntity),
        _ => null,
    };

    /// <summary>The status of a landing: a refreshed lead is not a new one.</summary>
    public static int Status(Landing landing) => landing.Outcome == LandingOutcome.Refreshed ? StatusCodes.Status200OK : StatusCodes.Status201Created;

    /// <summary>Somebody by name; null for nobody.</summary>
    public static OwnerAnswer? Owner(Guid? id, Setting setting) => id is { } known ? new OwnerAnswer(known, setting.People.GetValueOrDefault(known)?.Name ?? "") : null;

    /// <summary>Reasons in words.</summary>
    public IReadOnlyList<ExplanationLine> Explanation(IReadOnlyList<Reason> reasons)
    {
        var lines = new ExplanationLine[reasons.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new ExplanationLine(reasons[i].Step, reasons[i].Rule, words.Of(reasons[i]));
        }

        return lines;
    }
}
