using Granary.Application.Analytics.Facts;
using Granary.Application.Opportunities;
using Granary.Application.Qualification;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics;

/// <summary>What reports of deals share: which opportunities a period counts, with which money, and the records behind them.</summary>
public abstract class DealReport : Report
{
    /// <summary>Whether what was won counts, or what was made.</summary>
    public static readonly ReportOption Base = new("base", ["won", "created"]);

    /// <summary>Whether what was won counts.</summary>
    protected static bool Won(ReportWork work) => work.Chosen(Base) == "won";

    /// <summary>The opportunities of a period, within reach and filters.</summary>
    protected static async Task<List<DealFact>> Deals(ReportWork work, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var deals = await Of(work, from, to).ToListAsync(ct);
        return work.Filter.Products.Count == 0 ? deals : deals.FindAll(d => d.Products.Any(work.Filter.Products.Contains) || (d.Products.Count == 0 && work.Filter.Products.Contains("")));
    }

    /// <summary>
    /// What they contribute to a cube, by its keys: from the rollups where they keep it and nothing is filtered by what leads are, else from the opportunities by the
    /// function that fills them.
    /// </summary>
    protected static async Task<Dictionary<string, CellValues>> Sums(
        ReportWork work, DateOnly from, DateOnly to, int? kept, Func<DealFact, IEnumerable<Contribution>> of, CancellationToken ct)
    {
        if (kept is { } cube && work.Filter.Dimensions.Count == 0)
        {
            return (await ReadSheets.Of(work.Db, cube, new(work.Filter.Owners, from, to), ct)).ToDictionary(a => a.Key, a => a.Values);
        }

        return (await Deals(work, from, to, ct)).SelectMany(of).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Aggregate(default(CellValues), (sum, c) => sum + c.Values));
    }

    /// <summary>How many there are and their money together, by the source they are credited to.</summary>
    protected static Task<Dictionary<string, CellValues>> Credited(ReportWork work, DateOnly from, DateOnly to, Dimension by, CancellationToken ct) =>
        Sums(work, from, to, DealCubes.Number(attributed: false, Won(work), by), d => DealCubes.Credited(d, Won(work), by), ct);

    /// <summary>Their money together.</summary>
    protected static decimal Money(Dictionary<string, CellValues> credited) => credited.Values.Sum(v => v.M1) / 100m;

    /// <summary>A page of opportunities, the latest first.</summary>
    protected static async Task<IReadOnlyList<ReportRecord>> Page(ReportWork work, IEnumerable<DealFact> deals, Guid? after, int take, CancellationToken ct)
    {
        var won = Won(work);
        List<DealFact> page = [.. deals.OrderByDescending(d => d.OpportunityId, Storage.IdOrder.Instance).Where(d => after is not { } last || Storage.IdOrder.Instance.Compare(d.OpportunityId, last) < 0).Take(take)];
        Guid[] ids = [.. page.Select(d => d.OpportunityId)];
        var seen = work.Viewer.May(Permission.ViewOpportunities)
            ? await work.Viewer.Opportunities(work.Db).Where(o => ids.Contains(o.Id)).Join(work.Db.Set<Account>(), o => o.AccountId, a => a.Id, (o, a) => new { o.Id, o.Name, Account = a.Name }).ToDictionaryAsync(o => o.Id, o => $"{o.Account} · {o.Name}", ct)
            : [];
        return [.. page.Select(d => new ReportRecord(
            ReportRecordKind.Opportunity, d.OpportunityId, seen.GetValueOrDefault(d.OpportunityId), won ? d.WonOn!.Value : d.CreatedOn, d.OwnerId == LeadFact.Nobody ? null : d.OwnerId, DealCubes.Money(d, won), seen.ContainsKey(d.OpportunityId)))];
    }

    private static IQueryable<DealFact> Of(ReportWork work, DateOnly from, DateOnly to)
    {
        var f = work.Filter;
        var deals = work.Db.Set<DealFact>().AsNoTracking();
        deals = Won(work) ? deals.Where(d => d.WonOn >= from && d.WonOn <= to) : deals.Where(d => d.CreatedOn >= from && d.CreatedOn <= to);
        deals = f.Owners is { } owners ? deals.Where(d => owners.Contains(d.OwnerId)) : deals;
        deals = f.Channels.Count > 0 ? deals.Where(d => f.Channels.Contains(d.ChannelId)) : deals;
        deals = f.Campaigns.Count > 0 ? deals.Where(d => f.Campaigns.Contains(d.Campaign ?? "")) : deals;
        deals = f.Industries.Count > 0 ? deals.Where(d => f.Industries.Contains(d.Industry ?? "")) : deals;
        return f.Regions.Count > 0 ? deals.Where(d => f.Regions.Contains(d.Region ?? "")) : deals;
    }
}
