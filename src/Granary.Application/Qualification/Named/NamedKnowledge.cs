using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Storage;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>What later rooms know of an account.</summary>
/// <param name="Opportunities">How many opportunities it has or had.</param>
/// <param name="DecisionChain">Whether its decision chain is known.</param>
public readonly record struct AccountDeals(int Opportunities, bool DecisionChain);

/// <summary>Tells what later rooms know of accounts; those without anything are left out.</summary>
public delegate Task<IReadOnlyDictionary<Guid, AccountDeals>> DealsOfAccounts(GranaryDb db, Guid[] accounts, CancellationToken ct);

/// <summary>Gathers what the product knows of accounts by itself (§12), for a page of them in a handful of queries.</summary>
public sealed class NamedKnowledge(DealsOfAccounts deals)
{
    private static readonly TouchInstrument[] Offline = [.. Enum.GetValues<TouchInstrument>().Where(i => i != TouchInstrument.Mailing)];

    /// <summary>Facts of accounts by id.</summary>
    internal async Task<IReadOnlyDictionary<Guid, NamedAccountFacts>> Of(GranaryDb db, NamedAccountPolicy policy, IReadOnlyList<Account> accounts, CancellationToken ct)
    {
        var ids = accounts.Select(a => a.Id).ToArray();
        var contacts = await db.Set<AccountContact>().Where(c => ids.Contains(c.AccountId) && c.Until == null).GroupBy(c => c.AccountId)
            .Select(g => new { g.Key, All = g.Count(), Reachable = g.Count(c => c.KeyPerson && (c.Phone != null || c.Email != null || c.WeChat != null)) }).ToDictionaryAsync(g => g.Key, ct);
        var visited = await (from f in db.Set<FollowUpRecord>()
                             join l in db.Set<Lead>() on f.LeadId equals l.Id
                             where l.AccountId != null && ids.Contains(l.AccountId.Value) && f.Method == FollowUpMethod.Visit
                             select l.AccountId!.Value).Distinct().ToListAsync(ct);
        var met = await (from t in db.Set<NamedTouch>()
                         join n in db.Set<NamedAccount>() on t.NamedAccountId equals n.Id
                         where ids.Contains(n.AccountId) && t.DoneOn != null && Offline.Contains(t.Instrument)
                         select n.AccountId).Distinct().ToListAsync(ct);
        var known = await deals(db, ids, ct);
        return accounts.ToDictionary(a => a.Id, a =>
        {
            var (people, deal) = (contacts.GetValueOrDefault(a.Id), known.GetValueOrDefault(a.Id));
            return new NamedAccountFacts
            {
                TargetIndustry = policy.Targets(a.Industry),
                Contacts = people?.All ?? 0,
                ReachableKeyPersons = people?.Reachable ?? 0,
                KnownSuppliers = a.Competitors.Count,
                DecisionChainVisited = deal.DecisionChain && visited.Contains(a.Id),
                MetOffline = met.Contains(a.Id),
                Opportunities = deal.Opportunities,
            };
        });
    }
}
