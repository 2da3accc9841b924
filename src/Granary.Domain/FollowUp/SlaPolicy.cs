using Granary.Domain.Policies;

namespace Granary.Domain.FollowUp;

/// <summary>The rules of time (§10): within which time an owner must do what, and what happens when they do not.</summary>
public sealed partial record SlaPolicy
{
    /// <summary>Fewest characters of a follow-up's content, 0 to 1,000.</summary>
    public int ShortestFollowUp { get; init; } = 10;

    /// <summary>What counts as a follow-up.</summary>
    public IReadOnlyList<CountedWork> Counts { get; init; } = [CountedWork.Record, CountedWork.Call, CountedWork.KeyField];

    /// <summary>The rules.</summary>
    public IReadOnlyList<SlaRule> Rules { get; init; } = [];

    /// <summary>Within which time what owners ask for is decided.</summary>
    public DecisionRule Decisions { get; init; } = new();

    /// <summary>Whether work counts as a follow-up: one of its kinds must.</summary>
    /// <param name="record">Whether something was written down.</param>
    /// <param name="call">Whether it was a call.</param>
    /// <param name="keyField">Whether a key field was changed.</param>
    public bool CountsAs(bool record = false, bool call = false, bool keyField = false) =>
        (record && Counts.Contains(CountedWork.Record)) || (call && Counts.Contains(CountedWork.Call)) || (keyField && Counts.Contains(CountedWork.KeyField));
}

/// <summary>What may count as a follow-up (§10). Numbers are stored and never reused.</summary>
public enum CountedWork
{
    /// <summary>A written record.</summary>
    Record = 1,

    /// <summary>A call.</summary>
    Call = 2,

    /// <summary>A change of a key field (BANT: budget, role, requirement, purchase time).</summary>
    KeyField = 3,
}
