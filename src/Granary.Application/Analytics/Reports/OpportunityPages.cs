using Granary.Application.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>Opportunities as records behind figures.</summary>
internal static class OpportunityPages
{
    /// <summary>A page of some opportunities, the latest first.</summary>
    public static async Task<IReadOnlyList<ReportRecord>> Of(ReportWork work, IQueryable<Opportunity> some, Guid? after, int take, CancellationToken ct)
    {
        some = after is { } last ? some.Where(o => o.Id < last) : some;
        var page = await some.OrderByDescending(o => o.Id).Take(take).Select(o => new { o.Id, o.Name, o.OwnerId, o.CreatedAt, o.ClosedAt, o.Amount }).ToListAsync(ct);
        Guid[] ids = [.. page.Select(o => o.Id)];
        var seen = work.Viewer.May(Domain.People.Permission.ViewOpportunities) ? await work.Viewer.Opportunities(work.Db).Where(o => ids.Contains(o.Id)).Select(o => o.Id).ToHashSetAsync(ct) : [];
        return
        [
            .. page.Select(o => new ReportRecord(
                ReportRecordKind.Opportunity, o.Id, seen.Contains(o.Id) ? o.Name : null, work.Setting.Calendar.DateOf(o.ClosedAt ?? o.CreatedAt), o.OwnerId, o.Amount, seen.Contains(o.Id))),
        ];
    }
}
