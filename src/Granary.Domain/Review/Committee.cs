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
public sealed record ReviewOpinion(Guid MemberId, ReviewVerdict Verdict, string? Reason = null, GradeElements? Elements = null);

/// <summary>Where a review stands.</summary>
/// <param name="Decided">The decision; null while there is none.</param>
/// <param name="Stuck">Whether no majority can come any more: all have spoken, or the rest cannot make one. The chair decides then.</param>
/// <param name="Grade">The grade, once it is approved.</param>
/// <param name="Missing">Members who have not spoken.</param>
public sealed record ReviewStanding(ReviewVerdict? Decided, bool Stuck, ProjectGrade? Grade, IReadOnlyList<Guid> Missing);

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
            return new ReviewStanding(byChair, false, Grade(byChair, counted), missing);
        }

        var needed = (Members.Count / 2) + 1;
        var most = counted.CountBy(o => o.Verdict).Select(v => (Verdict: (ReviewVerdict?)v.Key, Count: v.Value)).OrderByDescending(v => v.Count).FirstOrDefault();
        var stuck = most.Count < needed && most.Count + missing.Count < needed;
        var decided = most.Count >= needed ? most.Verdict : stuck ? byChair : null;
        return new ReviewStanding(decided, stuck, Grade(decided, counted), missing);
    }

    private static ProjectGrade? Grade(ReviewVerdict? decided, IReadOnlyList<ReviewOpinion> counted)
    {
        if (decided != ReviewVerdict.Approve)
        {
            return null;
        }

        var elements = counted.Where(o => o.Verdict == ReviewVerdict.Approve).Select(o => o.Elements).OfType<GradeElements>().OrderBy(e => e.Sum).ToList();
        return elements.Count == 0 ? null : elements[(elements.Count - 1) / 2].Grade;
    }
}
