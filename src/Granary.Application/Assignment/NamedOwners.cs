using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Assignment;

/// <summary>
/// Owners of the named accounts that leads are of (§8, precedence): those whose company or credit code is the lead's, exactly or strongly.
/// Read once for a batch.
/// </summary>
internal sealed class NamedOwners
{
    private readonly Dictionary<Guid, Guid> _leads = [];

    private NamedOwners()
    {
    }

    /// <summary>The owner of the named account that a lead is of; null when it is of none.</summary>
    public Guid? Of(Lead lead) => _leads.TryGetValue(lead.Id, out var owner) ? owner : null;

    /// <summary>Owners of those accounts among some that are named.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guid>> Among(GranaryDb db, IReadOnlyCollection<Guid> accounts, CancellationToken ct) => accounts.Count == 0
        ? []
        : await db.Set<NamedOwner>().AsNoTracking().Where(n => accounts.Contains(n.AccountId)).ToDictionaryAsync(n => n.AccountId, n => n.OwnerId, ct);

    /// <summary>The best of the accounts that may be a lead's: by level, then the one known longest. What is only similar counts for nothing.</summary>
    public static Guid? Best(IEnumerable<(Guid AccountId, MatchLevel Level)> accounts, IReadOnlyDictionary<Guid, Guid> owners) => accounts
        .Where(a => a.Level >= MatchLevel.Strong && owners.ContainsKey(a.AccountId))
        .OrderByDescending(a => a.Level).ThenBy(a => a.AccountId, IdOrder.Instance)
        .Select(a => (Guid?)owners[a.AccountId]).FirstOrDefault();

    /// <summary>Looks up the owners for stored leads.</summary>
    public static async Task<NamedOwners> For(GranaryDb db, Vault vault, Setting setting, IReadOnlyCollection<Lead> leads, CancellationToken ct)
    {
        NamedOwners owners = new();
        var sought = leads.Select(lead => (Lead: lead, Company: CompanyName.Parse(lead.CompanyName))).Where(l => l.Company is not null || l.Lead.CreditCode is not null).ToList();
        var keys = sought.SelectMany(s => Keys(vault, setting, s.Lead, s.Company)).Distinct().ToArray();
        if (keys.Length == 0)
        {
            return owners;
        }

        var named = await (from key in db.Set<AccountKey>().AsNoTracking()
                           join owner in db.Set<NamedOwner>() on key.AccountId equals owner.AccountId
                           where keys.Contains(key.Key)
                           select new { key.Key, key.AccountId, key.AccountName, owner.OwnerId }).ToListAsync(ct);
        var byKey = named.ToLookup(n => n.Key);
        var byAccount = named.GroupBy(n => n.AccountId).ToDictionary(g => g.Key, g => g.First().OwnerId);
        foreach (var (lead, company) in named.Count == 0 ? [] : sought)
        {
            var code = lead.CreditCode is { } own ? vault.CreditCodeKey(own) : (Guid?)null;
            var found = Keys(vault, setting, lead, company).SelectMany(k => byKey[k])
                .Select(n => (n.AccountId, n.Key == code ? MatchLevel.Exact : Level(company, n.AccountName, setting.Aliases)));
            if (Best(found, byAccount) is { } best)
            {
                owners._leads[lead.Id] = best;
            }
        }

        return owners;
    }

    private static IEnumerable<Guid> Keys(Vault vault, Setting setting, Lead lead, CompanyName? company) =>
        [.. company is null ? [] : vault.Sought(company, setting.Aliases), .. lead.CreditCode is { } code ? [vault.CreditCodeKey(code)] : Array.Empty<Guid>()];

    private static MatchLevel Level(CompanyName? company, string account, CompanyAliases aliases) =>
        company is not null && CompanyName.Parse(account) is { } other ? CompanyMatching.Compare(company, other, aliases) : MatchLevel.None;
}
