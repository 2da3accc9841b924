using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>What came of the links that an employee shares, in a period.</summary>
/// <param name="UserId">Employee.</param>
/// <param name="Name">Name.</param>
/// <param name="DepartmentId">Department.</param>
/// <param name="Links">Links in use.</param>
/// <param name="Clicks">Clicks in the period.</param>
/// <param name="Visitors">Visitors who came for the first time in the period, as far as they agreed to be known.</param>
/// <param name="Leads">Leads received in the period that they referred.</param>
/// <param name="Opportunities">Opportunities that those leads became, by now.</param>
/// <param name="Won">How many of those were won, by now.</param>
/// <param name="WonAmount">The amount of those, in the organisation's currency.</param>
public sealed record SharingLine(Guid UserId, string Name, Guid? DepartmentId, int Links, long Clicks, long Visitors, int Leads, int Opportunities, int Won, decimal WonAmount);

/// <summary>What sharing brought in a period; the first line is the first of the ranking.</summary>
/// <param name="Lines">By employee: won amount, then opportunities, leads and clicks decide the order.</param>
/// <param name="Total">All of them together.</param>
public sealed record SharingReport(IReadOnlyList<SharingLine> Lines, SharingLine Total);

/// <summary>
/// The board of employee sharing 全员营销 (§3): whoever sees it sees the employees whose links are within their reach. A lead counts
/// for whoever referred it, and its opportunities for the cohort of the period in which it was received.
/// </summary>
public sealed class SharingBoard(Store store, SettingCache settings)
{
    /// <summary>Most days of a period.</summary>
    public const int MostDays = 3_660;

    private const int Page = 1_000;

    /// <summary>The board of some days, both included.</summary>
    public async Task<SharingReport> Of(Viewer viewer, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var links = (await viewer.Links(db).Where(l => l.UserId != null && l.RetiredAt == null).GroupBy(l => l.UserId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToDictionary(g => g.Key, g => g.Count);
        var users = setting.People.Values.Where(p => LinkScope.Reaches(viewer, p.Id) && viewer.May(Permission.ShareLinks)).ToDictionary(p => p.Id);
        var used = await Clicks(db, users.Keys, from, to, ct);
        var leads = await Leads(db, setting, users.Keys, from, to, ct);
        var deals = await Deals(db, leads, ct);
        List<SharingLine> lines = [];
        foreach (var user in users.Values)
        {
            var (own, (clicks, visitors)) = (links.GetValueOrDefault(user.Id), used.GetValueOrDefault(user.Id));
            var referred = leads.GetValueOrDefault(user.Id) ?? [];
            var became = referred.SelectMany(lead => deals[lead]).ToList();
            var won = became.Where(d => setting.Opportunities.Line(d.Line)?.Stage(d.Stage)?.Kind == StageKind.Won).ToList();
            if (own > 0 || clicks > 0 || referred.Count > 0)
            {
                lines.Add(new SharingLine(user.Id, user.Name, user.DepartmentId, own, clicks, visitors, referred.Count, became.Count, won.Count, won.Sum(d => d.Amount)));
            }
        }

        return new SharingReport(
            [.. lines.OrderByDescending(l => l.WonAmount).ThenByDescending(l => l.Opportunities).ThenByDescending(l => l.Leads).ThenByDescending(l => l.Clicks).ThenBy(l => l.Name, StringComparer.CurrentCulture)],
            new SharingLine(Guid.Empty, "", null, lines.Sum(l => l.Links), lines.Sum(l => l.Clicks), lines.Sum(l => l.Visitors), lines.Sum(l => l.Leads), lines.Sum(l => l.Opportunities), lines.Sum(l => l.Won), lines.Sum(l => l.WonAmount)));
    }

    // A click counts for whoever shared the link on its day.
    private static async Task<Dictionary<Guid, (long Clicks, long Visitors)>> Clicks(GranaryDb db, IEnumerable<Guid> users, DateOnly from, DateOnly to, CancellationToken ct)
    {
        Dictionary<Guid, (long Clicks, long Visitors)> used = [];
        foreach (var page in users.Chunk(Page))
        {
            var days = db.Set<LinkDay>().Where(d => d.Day >= from && d.Day <= to);
            var now = from d in days
                      join l in db.Set<TrackedLink>() on d.LinkId equals l.Id
                      where d.UserId == null && l.UserId != null && page.Contains(l.UserId.Value)
                      group d by l.UserId!.Value into g
                      select new { g.Key, Clicks = g.Sum(d => d.Clicks), Visitors = g.Sum(d => d.Visitors) };
            var then = days.Where(d => d.UserId != null && page.Contains(d.UserId.Value)).GroupBy(d => d.UserId!.Value).Select(g => new { g.Key, Clicks = g.Sum(d => d.Clicks), Visitors = g.Sum(d => d.Visitors) });
            foreach (var sum in (await now.ToListAsync(ct)).Concat(await then.ToListAsync(ct)))
            {
                var (clicks, visitors) = used.GetValueOrDefault(sum.Key);
                used[sum.Key] = (clicks + sum.Clicks, visitors + sum.Visitors);
            }
        }

        return used;
    }

    // Leads name who referred them as a text: an employee's id where a link said so.
    private static async Task<Dictionary<Guid, List<Guid>>> Leads(GranaryDb db, Setting setting, IEnumerable<Guid> users, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (begin, end) = (setting.Calendar.StartOf(from), setting.Calendar.StartOf(to.AddDays(1)));
        Dictionary<Guid, List<Guid>> leads = [];
        foreach (var page in users.Chunk(Page))
        {
            var names = page.Select(id => id.ToString()).ToArray();
            foreach (var lead in await db.Set<Lead>().Where(l => l.ReferredBy != null && names.Contains(l.ReferredBy) && l.ReceivedAt >= begin && l.ReceivedAt < end && l.MergedIntoId == null)
                .Select(l => new { l.Id, l.ReferredBy }).ToListAsync(ct))
            {
                var user = Guid.Parse(lead.ReferredBy!);
                if (!leads.TryGetValue(user, out var own))
                {
                    leads[user] = own = [];
                }

                own.Add(lead.Id);
            }
        }

        return leads;
    }

    private static async Task<ILookup<Guid, Deal>> Deals(GranaryDb db, Dictionary<Guid, List<Guid>> leads, CancellationToken ct)
    {
        List<Deal> deals = [];
        foreach (var page in leads.Values.SelectMany(l => l).Chunk(Page))
        {
            deals.AddRange(await db.Set<Opportunity>().Where(o => o.LeadId != null && page.Contains(o.LeadId.Value)).Select(o => new Deal(o.LeadId!.Value, o.Line, o.Stage, o.Amount)).ToListAsync(ct));
        }

        return deals.ToLookup(d => d.LeadId);
    }

    private sealed record Deal(Guid LeadId, string Line, string Stage, decimal Amount);
}
