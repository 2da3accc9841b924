using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>What opportunities tell of accounts, for the entry checklists of named accounts.</summary>
public static class DealsOfAccount
{
    /// <summary>Opportunities of accounts, and whether a decision chain is drawn for one.</summary>
    public static async Task<IReadOnlyDictionary<Guid, AccountDeals>> Of(GranaryDb db, Guid[] accounts, CancellationToken ct)
    {
        var deals = db.Set<Opportunity>().Where(o => accounts.Contains(o.AccountId));
        var counts = await deals.GroupBy(o => o.AccountId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var chains = await (from o in deals join p in db.Set<OpportunityPaper>() on o.Id equals p.OpportunityId where p.Kind == PaperKind.DecisionChain select o.AccountId).Distinct().ToListAsync(ct);
        return counts.ToDictionary(c => c.Key, c => new AccountDeals(c.Count, chains.Contains(c.Key)));
    }
}
