using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>Brings the facts of opportunities up to date.</summary>
internal static class DealWork
{
    private const int Step = 500;

    /// <summary>Looks at the opportunities that some leads led to, that stand with accounts of them, or that are named.</summary>
    public static async Task Refresh(WriteScope scope, Setting setting, IReadOnlyCollection<Guid> leads, IReadOnlyCollection<Guid> named, CancellationToken ct)
    {
        foreach (var some in (await Of(scope.Db, leads, named, ct)).Order().Chunk(Step))
        {
            await Refresh(scope, setting, some, ct);
        }
    }

    /// <summary>Those opportunities; those that are not there any more, too.</summary>
    public static async Task<HashSet<Guid>> Of(GranaryDb db, IReadOnlyCollection<Guid> leads, IReadOnlyCollection<Guid> named, CancellationToken ct)
    {
        Guid?[] begun = [.. leads.Select(l => (Guid?)l)];
        var own = leads.ToArray();
        var subjects = named.ToArray();
        HashSet<Guid> deals = [.. await db.Set<Opportunity>().Where(o => begun.Contains(o.LeadId)).Select(o => o.Id).ToListAsync(ct)];
        deals.UnionWith(await db.Set<LeadConversion>().Where(c => own.Contains(c.LeadId)).Select(c => c.OpportunityId).ToListAsync(ct));
        deals.UnionWith(await db.Set<DealFact>().Where(f => begun.Contains(f.LeadId) || begun.Contains(f.CreditLeadId) || subjects.Contains(f.OpportunityId)).Select(f => f.OpportunityId).ToListAsync(ct));
        var accounts = db.Set<Lead>().Where(l => own.Contains(l.Id) && l.AccountId != null).Select(l => l.AccountId!.Value);
        deals.UnionWith(await db.Set<Opportunity>().Where(o => subjects.Contains(o.Id) || subjects.Contains(o.AccountId) || accounts.Contains(o.AccountId)).Select(o => o.Id).ToListAsync(ct));
        return deals;
    }

    private static async Task Refresh(WriteScope scope, Setting setting, Guid[] ids, CancellationToken ct)
    {
        var now = (await DealSource.Of(scope.Db, setting, ids, ct)).ToDictionary(f => f.OpportunityId);
        var before = await scope.Db.Set<DealFact>().AsNoTracking().Where(f => ids.Contains(f.OpportunityId)).ToDictionaryAsync(f => f.OpportunityId, ct);
        Guid[] changed = [.. ids.Where(id => before.GetValueOrDefault(id) is var old && now.GetValueOrDefault(id) is var fact && (old is null ? fact is not null : fact is null || !old.Same(fact)))];
        var book = new CellBook();
        await FactWork.Move(scope, changed, before, now, scope.Db.Set<DealFact>().Where(f => changed.Contains(f.OpportunityId)), book.Add, ct);
        await WriteSheets.Of(scope, book, ct);
    }
}
