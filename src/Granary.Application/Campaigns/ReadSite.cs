using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>What a member did by a day (§14 daily report).</summary>
/// <param name="UserId">Who.</param>
/// <param name="TeamId">Their team; null where they have left it.</param>
/// <param name="Goal">Companies that they are to link.</param>
/// <param name="Figures">What they did on the day.</param>
/// <param name="Total">What they did up to and on it.</param>
/// <param name="Completion">How much of the goal is done by then, in per cent; null without a goal.</param>
public sealed record MemberReport(Guid UserId, Guid? TeamId, int Goal, SiteFigures Figures, SiteFigures Total, int? Completion);

/// <summary>A roster with what came of it.</summary>
/// <param name="Teams">Teams, by name.</param>
/// <param name="Members">Members.</param>
/// <param name="Days">Days on which anything was entered, in order.</param>
/// <param name="Day">The day that is reported.</param>
/// <param name="Reports">Members by rank: companies, then intent, then key persons.</param>
/// <param name="Total">All together up to and on the day.</param>
public sealed record SiteReport(IReadOnlyList<CampaignTeam> Teams, IReadOnlyList<CampaignMember> Members, IReadOnlyList<DateOnly> Days, DateOnly Day, IReadOnlyList<MemberReport> Reports, SiteFigures Total);

/// <summary>Reads roster, daily report and ranking of an event, counted from what was entered.</summary>
public sealed class ReadSite(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>The report of a day; the last one on which anything was entered where none is said. Null when there is no such campaign for this viewer.</summary>
    public async Task<SiteReport?> Report(Viewer viewer, Guid campaignId, DateOnly? day = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (!await viewer.Campaigns(db).AnyAsync(c => c.Id == campaignId, ct))
        {
            return null;
        }

        var teams = await db.Set<CampaignTeam>().AsNoTracking().Where(t => t.CampaignId == campaignId).OrderBy(t => t.Name).ToListAsync(ct);
        var members = await db.Set<CampaignMember>().AsNoTracking().Where(m => m.CampaignId == campaignId).ToListAsync(ct);
        var entries = (await db.Set<CampaignLink>().Where(l => l.CampaignId == campaignId && !l.Void).Select(l => new { l.UserId, l.OnDay, l.CompanyKey, l.LeadId, l.KeyPerson, l.Intent }).ToListAsync(ct))
            .ConvertAll(l => new SiteEntry(l.UserId, l.OnDay, l.CompanyKey, l.LeadId ?? l.CompanyKey, l.KeyPerson, l.Intent));
        var days = entries.Select(e => e.Day).Distinct().Order().ToList();
        var on = day ?? (days.Count > 0 ? days[^1] : setting.Calendar.DateOf(time.Now));
        var byMember = entries.Where(e => e.Day <= on).ToLookup(e => e.MemberId);
        var reports = members.Select(m => (m.UserId, TeamId: (Guid?)m.TeamId, m.Goal))
            .Concat(byMember.Select(e => e.Key).Except(members.Select(m => m.UserId)).Select(u => (UserId: u, TeamId: (Guid?)null, Goal: 0)))
            .Select(m =>
            {
                var total = SiteTally.Of(byMember[m.UserId]);
                return new MemberReport(m.UserId, m.TeamId, m.Goal, SiteTally.Of(byMember[m.UserId].Where(e => e.Day == on)), total, CampaignFigures.Completion(total.Companies, m.Goal));
            });
        return new SiteReport(
            teams, members, days, on,
            [.. reports.OrderByDescending(r => r.Total.Companies).ThenByDescending(r => r.Total.Intents).ThenByDescending(r => r.Total.KeyPeople).ThenBy(r => setting.People.GetValueOrDefault(r.UserId)?.Name, StringComparer.Ordinal)],
            SiteTally.Of(entries.Where(e => e.Day <= on)));
    }

    /// <summary>What was entered, the latest first: by one member, or by all.</summary>
    public async Task<IReadOnlyList<CampaignLink>> Entries(Viewer viewer, Guid campaignId, Guid? userId = null, int take = 200, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var reach = viewer.Campaigns(db).Where(c => c.Id == campaignId).Select(c => c.Id);
        return await db.Set<CampaignLink>().AsNoTracking().Where(l => reach.Contains(l.CampaignId) && (userId == null || l.UserId == userId)).OrderByDescending(l => l.Id).Take(take).ToListAsync(ct);
    }
}
