using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Application.Intake;

/// <summary>A submission with everything done that needs no database: cleansed, keyed, encrypted, scored.</summary>
internal sealed class Prepared
{
    public required IntakeRequest Request { get; init; }

    /// <summary>The setting it was prepared with.</summary>
    public required Setting Setting { get; init; }

    public required CleanLead Clean { get; init; }

    /// <summary>The lead as it will be written, if one is.</summary>
    public required Lead Lead { get; init; }

    /// <summary>Contact points, encrypted; <see cref="ContactPoint.Seq"/> is not known yet.</summary>
    public required IReadOnlyList<ContactPoint> Contacts { get; init; }

    public required CompanyName? Company { get; init; }

    /// <summary>Where leads of the same company can stand; none while held or where no rule asks.</summary>
    public required IReadOnlyList<CompanyLook> CompanyLooks { get; init; }

    /// <summary>Keys by which accounts are looked up, with what each is; none while held.</summary>
    public required IReadOnlyList<(Guid Key, MatchKeyKind Kind)> AccountKeys { get; init; }

    public required LeadFacts Facts { get; set; }

    public required IReadOnlyList<TouchTally> Touches { get; init; }

    /// <summary>The score; null while held.</summary>
    public required Score? Score { get; set; }

    /// <summary>Why it was scored so; empty while held.</summary>
    public required IReadOnlyList<Reason> ScoreReasons { get; set; }

    /// <summary>The reasons of cleansing and of scoring as stored JSON, made before the writer's time.</summary>
    public required (byte[] Clean, byte[] Score) Written { get; set; }

    /// <summary>What lay with the visitor who sent it, and counts for it.</summary>
    public IReadOnlyList<VisitorTouch> Stitched { get; private set; } = [];

    /// <summary>Lets what lay with the visitor count; an attempt that the database had repeated may have found something else.</summary>
    public void Stitch(IReadOnlyList<VisitorTouch> touches)
    {
        if (touches.Count == 0 && Stitched.Count == 0)
        {
            return;
        }

        Stitched = touches;
        if (Held)
        {
            return;
        }

        var score = Scorer.Score(Setting.Scoring, Facts with { Score = null }, [.. Touches, .. touches.Select(t => new TouchTally(t.Kind, 1, t.At))], Now);
        StoredScore.Take(Lead, score);
        (Score, ScoreReasons, Facts, Written) = (score, score.Reasons, Facts with { Score = score }, (Written.Clean, Trace.Write(score.Reasons)));
    }

    /// <summary>Takes back what an attempt decided that was repeated.</summary>
    public void Undecide()
    {
        Lead.Findings = (int)Clean.Findings;
        (Lead.Status, Lead.Label, Lead.OwnerId, Lead.PoolId, Lead.TrayUserId, Lead.RetryAt, Lead.SourceLeadId, Lead.AccountId) = (default, default, null, null, null, null, null, null);
    }

    public required DuplicatePolicy Duplicates { get; init; }

    public required DateTimeOffset Now { get; init; }

    public bool Held => Clean.Held;
}
