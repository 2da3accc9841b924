using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>Which leads a filter lets through, whoever owns them, for rows of other rooms that know their lead.</summary>
internal static class FilteredLeads
{
    extension(ReportWork work)
    {
        /// <summary>The people whose work it is about, by name rather than "all", so that indexes by owner serve whoever asks.</summary>
        public Guid[] Owners() => [.. work.Filter.Owners ?? [.. work.Setting.People.Keys]];

        /// <summary>The business line of an owner: the department below the company that holds theirs, or the company itself; null of who is in none.</summary>
        public Guid? LineOf(Guid owner)
        {
            var department = work.Setting.People.GetValueOrDefault(owner)?.DepartmentId is { } id ? work.Setting.Departments.GetValueOrDefault(id) : null;
            while (department?.ParentId is { } above && work.Setting.Departments.GetValueOrDefault(above) is { ParentId: not null } parent)
            {
                department = parent;
            }

            return department?.Id;
        }

        /// <summary>The instants of some days in organisation time; the second one is not included.</summary>
        public (DateTimeOffset Start, DateTimeOffset End) Instants(DateOnly from, DateOnly to) => (work.Setting.Calendar.StartOf(from), work.Setting.Calendar.StartOf(to.AddDays(1)));
    }

    /// <summary>Their ids; null where all are meant.</summary>
    public static async Task<IQueryable<Guid>?> Of(ReportWork work, CancellationToken ct)
    {
        if (work.Filter.Dimensions.Count == 0)
        {
            return null;
        }

        var facts = (work.Filter with { Owners = null }).Of(work.Db.Set<LeadFact>().AsNoTracking());
        if (work.Filter.Products.Count == 0)
        {
            return facts.Select(f => f.LeadId);
        }

        // The database does not look into lists of products.
        List<Guid> ids = [];
        await foreach (var fact in facts.Select(f => new { f.LeadId, f.Products }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (work.Filter.Buys(new LeadFact { Products = fact.Products }))
            {
                ids.Add(fact.LeadId);
            }
        }

        return work.Db.Set<LeadFact>().Where(f => ids.Contains(f.LeadId)).Select(f => f.LeadId);
    }
}

/// <summary>Leads as records behind figures, whatever counted them.</summary>
internal static class LeadPages
{
    /// <summary>A page of some leads, the latest first; what has no fact (voided, merged away) is shown by its lead.</summary>
    public static async Task<IReadOnlyList<ReportRecord>> Of(ReportWork work, IQueryable<Guid> leads, Guid? after, int take, CancellationToken ct)
    {
        var some = work.Db.Set<Capture.Lead>().AsNoTracking().Where(l => leads.Contains(l.Id));
        some = after is { } last ? some.Where(l => l.Id < last) : some;
        var page = await some.OrderByDescending(l => l.Id).Take(take).Select(l => new { l.Id, l.ReceivedAt, l.OwnerId, l.CompanyName, l.ContactName }).ToListAsync(ct);
        Guid[] ids = [.. page.Select(l => l.Id)];
        var seen = work.Viewer.May(Domain.People.Permission.ViewLeads) ? await work.Viewer.Leads(work.Db).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToHashSetAsync(ct) : [];
        return
        [
            .. page.Select(l => new ReportRecord(
                ReportRecordKind.Lead, l.Id, seen.Contains(l.Id) ? l.CompanyName ?? l.ContactName : null, work.Setting.Calendar.DateOf(l.ReceivedAt), l.OwnerId, null, seen.Contains(l.Id))),
        ];
    }
}
