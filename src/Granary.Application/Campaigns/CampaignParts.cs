using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Privacy;
using Granary.Application.Qualification.Merging;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>
/// Invitations of a person and the companies they were met for: notes and corrections about them go, that somebody was invited and came stays
/// as a number. Who they are stands in the lead and the contact alone, which have their own parts.
/// </summary>
public sealed class CampaignPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "campaign_invitation";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var invitations = await Invitations(work).AsNoTracking().OrderBy(i => i.Id).ToListAsync(ct);
        var links = await Links(work).AsNoTracking().OrderBy(l => l.Id).ToListAsync(ct);
        return
        [
            .. invitations.Select(i => Row(("campaignId", i.CampaignId), ("channel", i.Channel), ("state", i.State), ("invitedAt", i.InvitedAt), ("attendedAt", i.AttendedAt), ("note", i.Note))),
            .. links.Select(l => Row(("campaignId", l.CampaignId), ("company", l.Company), ("at", l.At), ("keyPerson", l.KeyPerson), ("intent", l.Intent), ("correction", l.Correction))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct) =>
        await Invitations(work).ExecuteUpdateAsync(i => i.SetProperty(x => x.Note, (string?)null).SetProperty(x => x.Version, x => x.Version + 1), ct)
        + await Links(work).ExecuteUpdateAsync(l => l.SetProperty(x => x.Correction, (string?)null).SetProperty(x => x.Version, x => x.Version + 1), ct)
        + await Words(work, ct);

    // Summaries, purposes, notes of costs and of the checklist may name somebody.
    private static async Task<int> Words(PersonWork work, CancellationToken ct)
    {
        var changed = 0;
        string? Struck(string? text)
        {
            changed += work.Named(text) ? 1 : 0;
            return work.Named(text) ? PersonWork.Gone : text;
        }

        foreach (var value in work.Names.Concat(work.Values).ToList())
        {
            foreach (var c in await work.Db.Set<Campaign>().Where(c => (c.Summary != null && c.Summary.Contains(value)) || (c.Purpose != null && c.Purpose.Contains(value)) || (c.DecisionNote != null && c.DecisionNote.Contains(value))).ToListAsync(ct))
            {
                (c.Summary, c.Purpose, c.DecisionNote, c.Version) = (Struck(c.Summary), Struck(c.Purpose), Struck(c.DecisionNote), c.Version + 1);
            }

            foreach (var item in await work.Db.Set<CampaignItem>().Where(i => i.Reason != null && i.Reason.Contains(value)).ToListAsync(ct))
            {
                item.Reason = Struck(item.Reason);
            }

            foreach (var cost in await work.Db.Set<CampaignCost>().Where(c => c.Note != null && c.Note.Contains(value)).ToListAsync(ct))
            {
                (cost.Note, cost.Version) = (Struck(cost.Note), cost.Version + 1);
            }
        }

        await work.Db.SaveChangesAsync(ct);
        return changed;
    }

    private static IQueryable<CampaignInvitation> Invitations(PersonWork work)
    {
        var (leads, records) = (work.Leads, work.Records.ToArray());
        return work.Db.Set<CampaignInvitation>().Where(i => (i.LeadId != null && leads.Contains(i.LeadId.Value)) || (i.ContactId != null && records.Contains(i.ContactId.Value)));
    }

    private static IQueryable<CampaignLink> Links(PersonWork work) => work.Db.Set<CampaignLink>().Where(l => l.LeadId != null && work.Leads.Contains(l.LeadId.Value));
}

/// <summary>Invitations, entries of linked companies and the split go over when two leads become one; what the other has already stays.</summary>
public sealed class CampaignsOfLead : LeadMergePart
{
    /// <inheritdoc />
    public override string Name => "campaign";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Lead from, Lead to, CancellationToken ct)
    {
        var (loser, winner) = (from.Id, to.Id);
        var invitations = await db.Set<CampaignInvitation>().Where(i => i.LeadId == loser && !db.Set<CampaignInvitation>().Any(o => o.CampaignId == i.CampaignId && o.LeadId == winner)).Select(i => i.Id).ToListAsync(ct);
        var links = await db.Set<CampaignLink>().Where(l => l.LeadId == loser).Select(l => l.Id).ToListAsync(ct);
        Guid[] ids = [.. invitations, .. links];
        await Set(db, ids, loser, winner, ct);
        // Where one of them was split, the one that stays is not split again.
        var splits = await db.Set<CampaignSplit>().AsNoTracking().Where(s => s.LeadId == loser && !db.Set<CampaignSplit>().Any(o => o.CampaignId == s.CampaignId && o.LeadId == winner)).ToListAsync(ct);
        await db.Set<CampaignSplit>().Where(s => s.LeadId == loser && !db.Set<CampaignSplit>().Any(o => o.CampaignId == s.CampaignId && o.LeadId == winner)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LeadId, winner), ct);
        return [.. ids, .. splits.Select(s => s.CampaignId)];
    }

    /// <inheritdoc />
    public override async Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Lead from, Lead to, CancellationToken ct)
    {
        var (loser, winner, moved) = (from.Id, to.Id, ids.ToArray());
        await Set(db, moved, winner, loser, ct);
        await db.Set<CampaignSplit>().Where(s => s.LeadId == winner && moved.Contains(s.CampaignId)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LeadId, loser), ct);
    }

    private static async Task Set(GranaryDb db, Guid[] ids, Guid was, Guid becomes, CancellationToken ct)
    {
        await db.Set<CampaignInvitation>().Where(i => i.LeadId == was && ids.Contains(i.Id)).ExecuteUpdateAsync(i => i.SetProperty(x => x.LeadId, (Guid?)becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await db.Set<CampaignLink>().Where(l => l.LeadId == was && ids.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.LeadId, (Guid?)becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
    }
}
