using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Domain.Capture;

namespace Granary.Application.Qualification.Merging;

/// <summary>What undoing a merge of leads needs.</summary>
internal sealed record LeadMergeBody
{
    /// <summary>The survivor before.</summary>
    public required LeadBefore Survivor { get; init; }

    /// <summary>The survivor after: what differs from it later was changed by somebody since.</summary>
    public required LeadBefore After { get; init; }

    /// <summary>The other one before.</summary>
    public required LeadBefore Merged { get; init; }

    /// <summary>What else the other one was.</summary>
    public required LeadRest Rest { get; init; }

    /// <summary>Whether the survivor became an SQL or MQL by it.</summary>
    public QualificationStage? RaisedFrom { get; init; }

    /// <summary>Whether the survivor came to the account of the other one.</summary>
    public bool GotAccount { get; init; }

    /// <summary>What the survivor was linked to, where that was the other one.</summary>
    public bool WasLinked { get; init; }

    public required MovedRows Rows { get; init; }

    public required IReadOnlyList<MovedContact> Contacts { get; init; }

    /// <summary>What later rooms moved, by the name of their part.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Guid>> Parts { get; init; } = new Dictionary<string, IReadOnlyList<Guid>>();
}

/// <summary>What a lead has besides what an import may change.</summary>
internal sealed record LeadRest(
    Guid? AccountId, Guid? SourceLeadId, Guid? RecorderId, QualificationStage Qualification, bool Promoted, string? NextStep, DateTimeOffset? NextAt, DateTimeOffset? FollowedAt)
{
    public static LeadRest Of(Lead l) => new(l.AccountId, l.SourceLeadId, l.RecorderId, l.Qualification, l.Promoted, l.NextStep, l.NextAt, l.FollowedAt);

    public void Restore(Lead l) =>
        (l.AccountId, l.SourceLeadId, l.RecorderId, l.Qualification, l.Promoted, l.NextStep, l.NextAt, l.FollowedAt) =
        (AccountId, SourceLeadId, RecorderId, Qualification, Promoted, NextStep, NextAt, FollowedAt);
}
