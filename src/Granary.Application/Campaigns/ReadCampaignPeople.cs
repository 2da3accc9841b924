using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>An invitation with who it is about, as far as the reader may know. Contact data is shown by the lead and the contact alone.</summary>
/// <param name="Invitation">The invitation.</param>
/// <param name="Person">Their name.</param>
/// <param name="Company">Their company.</param>
public sealed record ListedInvitation(CampaignInvitation Invitation, string? Person, string? Company);

/// <summary>An employee's part in a promotion task, and what came of it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Leads">Leads of the campaign that they referred.</param>
public sealed record PromotionPart(CampaignTaskPart Part, int Leads);

/// <summary>A promotion task with everybody's part.</summary>
/// <param name="Task">The task.</param>
/// <param name="Parts">Parts, the most leads first.</param>
public sealed record Promotion(CampaignTask Task, IReadOnlyList<PromotionPart> Parts);

/// <summary>Reads invitations and promotion tasks.</summary>
public sealed class ReadCampaignPeople(Store store, SettingCache settings)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 100;

    /// <summary>A page of the list of invitations, the latest first.</summary>
    /// <param name="viewer">Who reads. Names are for those who plan the campaign or take part in it; others see those of leads and contacts that they reach.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="state">In a state.</param>
    /// <param name="q">A part of a person's or a company's name.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<ListedInvitation> Items, Guid? Next)> Invitations(
        Viewer viewer, Guid campaignId, InvitationState? state = null, string? q = null, Guid? after = null, int take = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var reach = viewer.Campaigns(db).Where(c => c.Id == campaignId).Select(c => c.Id);
        var whole = await viewer.Campaigns(db, Permission.EditCampaigns).AnyAsync(c => c.Id == campaignId, ct) || await viewer.Campaigns(db, Permission.JoinCampaigns).AnyAsync(c => c.Id == campaignId, ct);
        var (leads, contacts) = (whole ? db.Set<Lead>() : viewer.Leads(db), whole ? db.Set<AccountContact>() : viewer.Contacts(db));
        var all = db.Set<CampaignInvitation>().AsNoTracking().Where(i => reach.Contains(i.CampaignId));
        all = state is { } wanted ? all.Where(i => i.State == wanted) : all;
        if (CleanText.Line(q) is { Length: > 0 } text)
        {
            all = all.Where(i => leads.Any(l => l.Id == i.LeadId && ((l.ContactName != null && l.ContactName.Contains(text)) || (l.CompanyName != null && l.CompanyName.Contains(text))))
                || contacts.Any(c => c.Id == i.ContactId && (c.Name.Contains(text) || db.Set<Account>().Any(a => a.Id == c.AccountId && a.Name.Contains(text)))));
        }

        var read = await (after is { } last ? all.Where(i => i.Id < last) : all).OrderByDescending(i => i.Id).Take(take + 1).ToListAsync(ct);
        var page = read.Take(take).ToList();
        var (leadIds, contactIds) = (page.Select(i => i.LeadId).OfType<Guid>().ToArray(), page.Select(i => i.ContactId).OfType<Guid>().ToArray());
        var ofLeads = await leads.Where(l => leadIds.Contains(l.Id)).Select(l => new { l.Id, l.ContactName, l.CompanyName }).ToDictionaryAsync(l => l.Id, ct);
        var ofContacts = await (from c in contacts join a in db.Set<Account>() on c.AccountId equals a.Id where contactIds.Contains(c.Id) select new { c.Id, c.Name, Company = a.Name }).ToDictionaryAsync(c => c.Id, ct);
        return (
            [
                .. page.Select(i => i.LeadId is { } lead
                    ? new ListedInvitation(i, ofLeads.GetValueOrDefault(lead)?.ContactName, ofLeads.GetValueOrDefault(lead)?.CompanyName)
                    : new ListedInvitation(i, ofContacts.GetValueOrDefault(i.ContactId!.Value)?.Name, ofContacts.GetValueOrDefault(i.ContactId!.Value)?.Company)),
            ],
            read.Count > take ? page[^1].Id : null);
    }

    /// <summary>How many invitations stand in each state.</summary>
    public async Task<IReadOnlyDictionary<InvitationState, int>> States(Viewer viewer, Guid campaignId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var reach = viewer.Campaigns(db).Where(c => c.Id == campaignId).Select(c => c.Id);
        var counts = await db.Set<CampaignInvitation>().Where(i => reach.Contains(i.CampaignId)).GroupBy(i => i.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return Enum.GetValues<InvitationState>().ToDictionary(s => s, s => counts.GetValueOrDefault(s));
    }

    /// <summary>The promotion tasks of a campaign, the latest first. A lead counts for whoever its <see cref="Lead.ReferredBy"/> names, by id or mail address.</summary>
    public async Task<IReadOnlyList<Promotion>> Promotions(Viewer viewer, Guid campaignId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await viewer.Campaigns(db).AsNoTracking().SingleOrDefaultAsync(c => c.Id == campaignId, ct) is not { } campaign)
        {
            return [];
        }

        var tasks = await db.Set<CampaignTask>().AsNoTracking().Where(t => t.CampaignId == campaignId).OrderByDescending(t => t.Id).ToListAsync(ct);
        var ids = tasks.ConvertAll(t => t.Id);
        var parts = (await db.Set<CampaignTaskPart>().AsNoTracking().Where(p => ids.Contains(p.TaskId)).ToListAsync(ct)).ToLookup(p => p.TaskId);
        var referred = (await db.Set<Lead>().Where(l => l.Campaign == campaign.Code && l.ReferredBy != null && l.MergedIntoId == null).GroupBy(l => l.ReferredBy!).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct))
            .GroupBy(r => r.Key.Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Sum(r => r.Count), StringComparer.OrdinalIgnoreCase);
        int Leads(Guid user) => referred.GetValueOrDefault(user.ToString()) + (setting.People.GetValueOrDefault(user)?.Email is { Length: > 0 } mail ? referred.GetValueOrDefault(mail) : 0);
        return [.. tasks.Select(t => new Promotion(t, [.. parts[t.Id].Select(p => new PromotionPart(p, Leads(p.UserId))).OrderByDescending(p => p.Leads).ThenBy(p => setting.People.GetValueOrDefault(p.Part.UserId)?.Name, StringComparer.Ordinal)]))];
    }
}
