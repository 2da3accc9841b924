using Granary.Domain.Policies;

namespace Granary.Domain.Review;

/// <summary>How a committee decides (§7).</summary>
public enum CommitteeRule
{
    /// <summary>More than half of its members.</summary>
    Majority = 1,

    /// <summary>Its chair, after whatever the others said.</summary>
    Chair = 2,
}

/// <summary>What a member says, and what the committee decides. Numbers are stored and never reused.</summary>
public enum ReviewVerdict
{
    /// <summary>Take it up.</summary>
    Approve = 1,

    /// <summary>Back to its creator, with reasons.</summary>
    Return = 2,

    /// <summary>Do not take it up, with a reason.</summary>
    Reject = 3,
}

/// <summary>A member's opinion; a later one of the same member replaces it.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Verdict">What they say.</param>
/// <param name="Reason">Why; required unless they approve.</param>
/// <param name="Elements">How they grade it; required when they approve.</param>
/// <param name="OwnerId">Who should have it; null leaves that to the others.</param>
public sealed record ReviewOpinion(Guid MemberId, ReviewVerdict Verdict, string? Reason = null, GradeElements? Elements = null, Guid? OwnerId = null);

/// <summary>Where a review stands.</summary>
/// <param name="Decided">The decision; null while there is none.</param>
/// <param name="Stuck">Whether no majority can come any more: all have spoken, or the rest cannot make one. The chair decides then.</param>
/// <param name="Grade">The grade, once it is approved.</param>
/// <param name="Missing">Members who have not spoken.</param>
public sealed record ReviewStanding(ReviewVerdict? Decided, bool Stuck, ProjectGrade? Grade, IReadOnlyList<Guid> Missing)
{
    /// <summary>The elements that make the grade, once it is approved.</summary>
    public GradeElements? Elements { get; init; }

    /// <summary>Why it is decided as it is, with the grade where it is approved; empty while it is not.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Who gets it, once it is approved: whom the chair names, else whom most of those who approve name; null where nobody is named.</summary>
    public Guid? OwnerId { get; init; }
}

/// <summary>A committee of review.</summary>
/// <param name="Members">Its members, the chair among them.</param>
/// <param name="Chair">Its chair; null without one.</param>
public sealed record Committee(IReadOnlyList<Guid> Members, Guid? Chair)
{
    /// <summary>
    /// Where a review stands (§7). By majority, a verdict needs more than half of the members, whether they have spoken or not; when
    /// none can come, the chair's opinion decides. The grade is that of the middle of the grade sums of those who approve, the lower of
    /// two middles.
    /// </summary>
    /// <param name="rule">How it decides.</param>
    /// <param name="opinions">Opinions; those of others than members do not count.</param>
    public ReviewStanding Standing(CommitteeRule rule, IReadOnlyList<ReviewOpinion> opinions)
    {
        var counted = Members.Select(m => opinions.LastOrDefault(o => o.MemberId == m)).OfType<ReviewOpinion>().ToList();
        var missing = Members.Where(m => counted.All(o => o.MemberId != m)).ToList();
        var byChair = counted.FirstOrDefault(o => o.MemberId == Chair)?.Verdict;
        if (rule == CommitteeRule.Chair)
        {
            return Standing(rule, byChair, false, counted, missing);
        }

        var needed = (Members.Count / 2) + 1;
        var most = counted.CountBy(o => o.Verdict).Select(v => (Verdict: (ReviewVerdict?)v.Key, Count: v.Value)).OrderByDescending(v => v.Count).FirstOrDefault();
        var stuck = most.Count < needed && most.Count + missing.Count < needed;
        var decided = most.Count >= needed ? most.Verdict : stuck ? byChair : null;
        return Standing(stuck ? CommitteeRule.Chair : rule, decided, stuck, counted, missing);
    }

    private ReviewStanding Standing(CommitteeRule rule, ReviewVerdict? decided, bool stuck, IReadOnlyList<ReviewOpinion> counted, IReadOnlyList<Guid> missing)
    {
        if (decided is not { } verdict)
        {
            return new ReviewStanding(null, stuck, null, missing);
        }

        var why = Reason.Of(
            GradeElements.Step, "decided", WireName.Of(rule), ("reviewVerdict", WireName.Of(verdict)), ("count", $"{counted.Count(o => o.Verdict == verdict)}"), ("members", $"{Members.Count}"));
        if (verdict != ReviewVerdict.Approve)
        {
            return new ReviewStanding(verdict, stuck, null, missing) { Reasons = [why] };
        }

        var approving = counted.Where(o => o.Verdict == ReviewVerdict.Approve).ToList();
        var graded = approving.Select(o => o.Elements).OfType<GradeElements>().OrderBy(e => e.Sum).ToList();
        var middle = graded.Count == 0 ? null : graded[(graded.Count - 1) / 2];
        var named = approving.Where(o => o.OwnerId is not null).GroupBy(o => o.OwnerId).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key;
        return new ReviewStanding(decided, stuck, middle?.Grade, missing)
        {
            Elements = middle,
            Reasons = [why, .. middle?.Reasons ?? []],
            OwnerId = approving.Find(o => o.MemberId == Chair)?.OwnerId ?? named,
        };
    }
}
