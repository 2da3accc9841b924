using Granary.Domain.Capture;

namespace Granary.Domain.Qualification;

/// <summary>Why a lead does not reach a stage, in the order it is asked.</summary>
public enum QualificationRefusal
{
    /// <summary>There is no such stage to reach.</summary>
    UnknownStage,

    /// <summary>It is there, or beyond.</summary>
    AlreadyReached,

    /// <summary>A ticked line is not on the list.</summary>
    UnknownCheck,

    /// <summary>Required lines are not ticked.</summary>
    ChecksMissing,
}

/// <summary>What the next stage says of a judgement (§12). Numbers are stored and never reused.</summary>
public enum Acceptance
{
    /// <summary>Nothing yet.</summary>
    Open = 0,

    /// <summary>It is taken.</summary>
    Accepted = 1,

    /// <summary>It is sent back, with a reason; the lead stands where it stood before.</summary>
    Rejected = 2,
}

/// <summary>The rules of MQL and SQL (§12).</summary>
public static class Qualifying
{
    /// <summary>Why a lead does not reach a stage, and the lines that are wrong or missing; null when it does.</summary>
    /// <param name="policy">The checklists.</param>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it is to stand. SQL may be reached without MQL.</param>
    /// <param name="ticked">Ids of the lines that are true.</param>
    public static (QualificationRefusal Refusal, IReadOnlyList<string> Checks)? Refusal(
        QualificationPolicy policy, QualificationStage from, QualificationStage to, IReadOnlyCollection<string> ticked)
    {
        if (to is not (QualificationStage.Mql or QualificationStage.Sql))
        {
            return (QualificationRefusal.UnknownStage, []);
        }

        if (from >= to)
        {
            return (QualificationRefusal.AlreadyReached, []);
        }

        var checks = policy.Of(to);
        if (ticked.Where(t => checks.All(c => c.Id != t)).ToList() is [_, ..] unknown)
        {
            return (QualificationRefusal.UnknownCheck, unknown);
        }

        return checks.Where(c => c.Required && !ticked.Contains(c.Id)).Select(c => c.Id).ToList() is [_, ..] missing
            ? (QualificationRefusal.ChecksMissing, missing)
            : null;
    }

    /// <summary>The stage before.</summary>
    public static QualificationStage Before(QualificationStage stage) => stage == QualificationStage.Sql ? QualificationStage.Mql : QualificationStage.Raw;
}
