using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Domain.Matching;

namespace Granary.Application.Intake;

/// <summary>What a match is.</summary>
public enum DuplicateKind
{
    /// <summary>A lead.</summary>
    Lead,

    /// <summary>An account.</summary>
    Account,
}

/// <summary>A masked match of the duplicate search.</summary>
public sealed record DuplicateMatch
{
    /// <summary>Lead or account.</summary>
    public required DuplicateKind Kind { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>How close it is.</summary>
    public required MatchLevel Level { get; init; }

    /// <summary>How alike, 0 to 1; the order of the matches.</summary>
    public required double Similarity { get; init; }

    /// <summary>What it was found by.</summary>
    public required IReadOnlyList<MatchKeyKind> MatchedBy { get; init; }

    /// <summary>Company.</summary>
    public string? Company { get; init; }

    /// <summary>Contact's name, masked.</summary>
    public string? Contact { get; init; }

    /// <summary>First phone, masked.</summary>
    public string? Phone { get; init; }

    /// <summary>Who holds it.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The pool it can be claimed from.</summary>
    public Guid? PoolId { get; init; }

    /// <summary>Status of a lead.</summary>
    public LeadStatus? Status { get; init; }

    /// <summary>When a lead was received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Whether the viewer may open the lead.</summary>
    public bool Visible { get; init; }
}

/// <summary>Collects matches; one found several ways stands once, as its closest.</summary>
internal sealed class DuplicateMatches(Setting setting)
{
    private readonly Dictionary<Guid, DuplicateMatch> _found = [];

    public void AddCompany(CompanyName name, IEnumerable<Lead> leads)
    {
        foreach (var lead in leads)
        {
            if (Compare(name, lead.CompanyName) is var (level, similarity))
            {
                Add(lead, MatchKeyKind.Company, level, similarity);
            }
        }
    }

    public void AddCompany(CompanyName name, IEnumerable<AccountKey> accounts)
    {
        foreach (var account in accounts.Where(a => a.Kind == (int)MatchKeyKind.Company))
        {
            if (Compare(name, account.AccountName) is var (level, similarity))
            {
                Add(account, MatchKeyKind.Company, level, similarity);
            }
        }
    }

    public void Add(Lead lead, MatchKeyKind by, MatchLevel level, double similarity)
    {
        if (lead.Status != LeadStatus.Voided)
        {
            Add(new DuplicateMatch
            {
                Kind = DuplicateKind.Lead,
                Id = lead.Id,
                Level = level,
                Similarity = similarity,
                MatchedBy = [by],
                Company = lead.CompanyName,
                Contact = Masked(lead.ContactName),
                OwnerId = lead.OwnerId,
                PoolId = lead.PoolId,
                Status = lead.Status,
                ReceivedAt = lead.ReceivedAt,
            });
        }
    }

    public void Add(AccountKey account, MatchKeyKind by, MatchLevel level, double similarity) => Add(new DuplicateMatch
    {
        Kind = DuplicateKind.Account,
        Id = account.AccountId,
        Level = level,
        Similarity = similarity,
        MatchedBy = [by],
        Company = account.AccountName,
        OwnerId = account.OwnerId,
    });

    /// <summary>The closest first; of equals accounts, then the earliest.</summary>
    public List<DuplicateMatch> Ranked(int most) =>
        [.. _found.Values.OrderByDescending(m => m.Level).ThenByDescending(m => m.Similarity).ThenByDescending(m => m.Kind).ThenBy(m => m.ReceivedAt).ThenBy(m => m.Id).Take(most)];

    private void Add(DuplicateMatch match)
    {
        if (_found.TryGetValue(match.Id, out var known))
        {
            var closest = match.Similarity > known.Similarity ? match : known;
            match = closest with { MatchedBy = [.. known.MatchedBy.Union(match.MatchedBy)] };
        }

        _found[match.Id] = match;
    }

    private (MatchLevel Level, double Similarity)? Compare(CompanyName name, string? other)
    {
        if (CompanyName.Parse(other) is not { } company)
        {
            return null;
        }

        var level = CompanyMatching.Compare(name, company, setting.Aliases);
        return level == MatchLevel.None ? null : (level, level == MatchLevel.Exact ? 1 : CompanyMatching.Similarity(name, company));
    }

    // 张三 → 张*
    private static string? Masked(string? name) =>
        name is null ? null : name.Length == 1 ? "*" : name[..(char.IsHighSurrogate(name[0]) ? 2 : 1)] + "*";
}
