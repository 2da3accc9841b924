using Granary.Domain.Scoring;

namespace Granary.Domain.Assignment;

/// <summary>A lead that is to be assigned.</summary>
public sealed record AssignmentCase
{
    /// <summary>Its facts with score, region and <see cref="LeadFacts.LocalTime"/>.</summary>
    public required LeadFacts Facts { get; init; }

    /// <summary>Users who owned this lead and lost it.</summary>
    public IReadOnlyList<Guid> EarlierOwners { get; init; } = [];

    /// <summary>Owner of the source lead or the account that the duplicate check found (§5); null for none.</summary>
    public Guid? DuplicatesOwner { get; init; }

    /// <summary>Owner of the named account (FABM, §12); null for none.</summary>
    public Guid? NamedAccountOwner { get; init; }
}
