using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>Which campaigns a list shows.</summary>
/// <param name="Stage">In a stage.</param>
/// <param name="Type">Of a type.</param>
/// <param name="OwnerId">Whose.</param>
/// <param name="From">That end on this day or later.</param>
/// <param name="To">That begin on this day or earlier.</param>
/// <param name="Q">A part of the name, or the code.</param>
public sealed record CampaignFilter(CampaignStage? Stage = null, string? Type = null, Guid? OwnerId = null, DateOnly? From = null, DateOnly? To = null, string? Q = null);

/// <summary>Place in the list of campaigns.</summary>
/// <param name="On">Day of the last row.</param>
/// <param name="Id">Its id.</param>
public sealed record CampaignPlace(DateOnly On, Guid Id);

/// <summary>A campaign as the list shows it.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Leads">Leads that came of it.</param>
/// <param name="Planned">Planned costs.</param>
/// <param name="Cost">Real costs.</param>
public sealed record ListedCampaign(Campaign Campaign, int Leads, decimal Planned, decimal Cost);

/// <summary>What somebody may do with a campaign.</summary>
/// <param name="Edit">Plan it and run it.</param>
/// <param name="Approve">Decide about its charter.</param>
/// <param name="Split">Split its leads.</param>
/// <param name="Join">Check in and forward.</param>
/// <param name="Member">Enter linked companies: they are in a team.</param>
public sealed record CampaignRights(bool Edit, bool Approve, bool Split, bool Join, bool Member);

/// <summary>A campaign with what is kept of it.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Items">Its checklist, in order.</param>
/// <param name="Costs">Lines of costs.</param>
/// <param name="Outcome">What has come of it.</param>
/// <param name="Missing">What is missing for the stage that comes next.</param>
/// <param name="Rights">What the reader may do.</param>
public sealed record CampaignDetail(Campaign Campaign, IReadOnlyList<CampaignItem> Items, IReadOnlyList<CampaignCost> Costs, CampaignOutcome Outcome, IReadOnlyList<CampaignNeed> Missing, CampaignRights Rights);

/// <summary>Reads campaigns.</summary>
public sealed class ReadCampaigns(Store store, SettingCache settings, CampaignResults results, TimeProvider time)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 50;

    /// <summary>A page of campaigns, those that begin last first.</summary>
    public async Task<(IReadOnlyList<ListedCampaign> Items, CampaignPlace? Next)> List(Viewer viewer, CampaignFilter filter, CampaignPlace? after = null, int take = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var all = Of(viewer.Campaigns(db).AsNoTracking(), filter);
        all = after is { } last ? all.Where(c => c.SortOn < last.On || (c.SortOn == last.On && c.Id < last.Id)) : all;
        var read = await all.OrderByDescending(c => c.SortOn).ThenByDescending(c => c.Id).Take(take + 1).ToListAsync(ct);
        var page = read.Take(take).ToList();
        return (await Counted(db, page, ct), read.Count > take ? new CampaignPlace(page[^1].SortOn, page[^1].Id) : null);
    }

    /// <summary>A campaign; null when there is none for this viewer.</summary>
    public async Task<CampaignDetail?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await viewer.Campaigns(db).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } campaign)
        {
            return null;
        }

        var items = await db.Set<CampaignItem>().AsNoTracking().Where(i => i.CampaignId == id).OrderBy(i => i.Step).ThenBy(i => i.Ordinal).ToListAsync(ct);
        var costs = await db.Set<CampaignCost>().AsNoTracking().Where(c => c.CampaignId == id).OrderBy(c => c.Id).ToListAsync(ct);
        var next = CampaignLife.Next(campaign.Stage) is [var to, ..] && to > campaign.Stage && to != CampaignStage.Cancelled ? to : campaign.Stage == CampaignStage.Charter ? CampaignStage.Prepare : (CampaignStage?)null;
        var missing = next is { } stage ? await MoveCampaign.Needs(new CampaignWork(db, setting, viewer, campaign, time.Now), stage, null, ct) : [];
        return new CampaignDetail(campaign, items, costs, await results.Now(campaign, ct), missing, await Rights(db, viewer, campaign, ct));
    }

    /// <summary>The campaign whose code a lead carries, where the viewer sees it.</summary>
    public async Task<Campaign?> OfCode(Viewer viewer, string? code, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return string.IsNullOrEmpty(code) ? null : await viewer.Campaigns(db).AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, ct);
    }

    /// <summary>Ids of the campaigns that somebody sees by their codes, the latest 2,000.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> Codes(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Campaigns(db).OrderByDescending(c => c.SortOn).ThenByDescending(c => c.Id).Take(2_000).Select(c => new { c.Code, c.Id }).ToDictionaryAsync(c => c.Code, c => c.Id, StringComparer.Ordinal, ct);
    }

    /// <summary>The campaign whose questionnaire a form is, while it has not been summarised; the latest where it is that of several.</summary>
    public async Task<string?> CodeOfForm(Guid formId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<Campaign>().Where(c => c.FormId == formId && c.Stage != CampaignStage.Cancelled && c.Stage != CampaignStage.Summarised).OrderByDescending(c => c.SortOn).ThenByDescending(c => c.Id).Select(c => c.Code).FirstOrDefaultAsync(ct);
    }

    /// <summary>Forms that may be a questionnaire, by name.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> Forms(CancellationToken ct = default)
    {
        await using var db = store.Open();
        return [.. (await db.Set<Form>().Where(f => f.Open).OrderBy(f => f.Name).Select(f => new { f.Id, f.Name }).ToListAsync(ct)).Select(f => (f.Id, f.Name))];
    }

    /// <summary>The latest leads of a campaign that the viewer sees.</summary>
    public async Task<IReadOnlyList<Lead>> Leads(Viewer viewer, string code, int take = 20, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AsNoTracking().Where(l => l.Campaign == code && l.MergedIntoId == null).OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>What leads are called, company and contact, for those of them that the viewer sees.</summary>
    public async Task<IReadOnlyDictionary<Guid, string?>> Names(Viewer viewer, IReadOnlyCollection<Guid> leads, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ViewLeads) || leads.Count == 0)
        {
            return new Dictionary<Guid, string?>();
        }

        await using var db = store.Open();
        return (await viewer.Leads(db).Where(l => leads.Contains(l.Id)).Select(l => new { l.Id, l.CompanyName, l.ContactName }).ToListAsync(ct)).ToDictionary(l => l.Id, l => l.CompanyName ?? l.ContactName);
    }

    /// <summary>What happened to a campaign, the latest first, and the position before which the next page begins.</summary>
    public async Task<(IReadOnlyList<EventRecord> Events, long? Next)> Timeline(Viewer viewer, Guid id, long? before, int take = 20, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (!await viewer.Campaigns(db).AnyAsync(c => c.Id == id, ct))
        {
            return ([], null);
        }

        var events = await db.Set<EventRecord>().AsNoTracking().Where(e => e.SubjectId == id && (before == null || e.Position < before)).OrderByDescending(e => e.Position).Take(take + 1).ToListAsync(ct);
        return ([.. events.Take(take)], events.Count > take ? events[take - 1].Position : null);
    }

    /// <summary>What somebody may do with a campaign.</summary>
    internal static async Task<CampaignRights> Rights(GranaryDb db, Viewer viewer, Campaign campaign, CancellationToken ct)
    {
        async Task<bool> May(Permission permission) => viewer.May(permission) && await viewer.Campaigns(db, permission).AnyAsync(c => c.Id == campaign.Id, ct);
        return new CampaignRights(
            await May(Permission.EditCampaigns), await May(Permission.ApproveCampaigns), await May(Permission.SplitCampaigns), await May(Permission.JoinCampaigns),
            await May(Permission.JoinCampaigns) && await db.Set<CampaignMember>().AnyAsync(m => m.CampaignId == campaign.Id && m.UserId == viewer.UserId, ct));
    }

    private static IQueryable<Campaign> Of(IQueryable<Campaign> all, CampaignFilter f)
    {
        all = f.Stage is { } stage ? all.Where(c => c.Stage == stage) : all;
        all = f.Type is { Length: > 0 } type ? all.Where(c => c.Type == type) : all;
        all = f.OwnerId is { } owner ? all.Where(c => c.OwnerId == owner) : all;
        all = f.From is { } from ? all.Where(c => c.EndsOn >= from) : all;
        all = f.To is { } to ? all.Where(c => c.StartsOn <= to) : all;
        return CleanText.Line(f.Q) is { Length: > 0 } q ? all.Where(c => c.Name.Contains(q) || c.Code == q) : all;
    }

    private static async Task<IReadOnlyList<ListedCampaign>> Counted(GranaryDb db, List<Campaign> page, CancellationToken ct)
    {
        var (ids, codes) = (page.ConvertAll(c => c.Id), page.ConvertAll(c => c.Code));
        var leads = await db.Set<Lead>().Where(l => l.Campaign != null && codes.Contains(l.Campaign) && l.MergedIntoId == null).GroupBy(l => l.Campaign!).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var costs = (await db.Set<CampaignCost>().Where(c => ids.Contains(c.CampaignId)).Select(c => new { c.CampaignId, c.Planned, c.Actual }).ToListAsync(ct)).ToLookup(c => c.CampaignId);
        return [.. page.Select(c => new ListedCampaign(c, leads.GetValueOrDefault(c.Code), costs[c.Id].Sum(x => x.Planned), costs[c.Id].Sum(x => x.Actual ?? 0)))];
    }
}
