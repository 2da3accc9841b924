namespace Granary.Domain.Matching;

/// <summary>
/// A record that a look-up key of the new lead found, as <see cref="DuplicateCheck"/> sees it. A record found by several
/// keys comes once per key.
/// </summary>
public sealed record MatchCandidate
{
    /// <summary>What was found.</summary>
    public required MatchTarget Target { get; init; }

    /// <summary>The lead's id, or the account's (also where one of its contacts was found).</summary>
    public required Guid Id { get; init; }

    /// <summary>The key that found it.</summary>
    public required MatchKeyKind Key { get; init; }

    /// <summary>For <see cref="MatchKeyKind.Company"/> the level of <see cref="CompanyMatching.Compare(CompanyName, CompanyName, CompanyAliases)"/>; else exact.</summary>
    public MatchLevel Level { get; init; } = MatchLevel.Exact;

    /// <summary>The owner of the account; of the lead; of its source lead where it is linked to one. Null for none.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The pool it lies in, when nobody owns it.</summary>
    public Guid? PoolId { get; init; }

    /// <summary>The source lead this lead is linked to; null for a lead that is a source itself.</summary>
    public Guid? SourceLeadId { get; init; }

    /// <summary>The account a lead was linked to or converted to.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>When the lead was received; when the account was created.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The lead is invalid or voided: it takes no new interest in, so that nothing is linked to a grave.</summary>
    public bool Closed { get; init; }
}
