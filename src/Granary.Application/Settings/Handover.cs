using Granary.Application.Assignment;
using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Opportunities;
using Granary.Application.Opportunities.Partners;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Scoring;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Hands over what a user has within one transaction; reads everything in a few queries, however much it is.</summary>
internal sealed class Handover(LeadWork work, Guid userId, Successor successor)
{
    /// <summary>Does it; why it cannot be done when the successor would hold too much.</summary>
    public async Task<FieldError?> Run(Holdings holdings, CancellationToken ct)
    {
        var board = successor.ByRule ? await work.Board(ct) : await work.Board(successor.To is { } heir ? [userId, heir] : [userId], ct);
        if (successor.To is { } to && work.Setting.Roster.Find(to)?.HoldingCap is { } cap && board.Board.LoadOf(to).Holding + holdings.Leads > cap)
        {
            return new FieldError("to", "holding_cap_reached", $"{cap}");
        }

        await Open(board, ct);
        await Closed(ct);
        await Opportunities(ct);
        await Planned(ct);
        await CampaignHandover.Run(work, userId, Heir, ct);
        await LinkHandover.Run(work, userId, successor.To, ct);
        Quieten();
        return null;
    }

    private async Task Open(BoardStore board, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var leads = await db.Set<Lead>()
            .Where(l => (l.OwnerId == userId && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working)) || l.TrayUserId == userId).OrderBy(l => l.Id).ToListAsync(ct);
        var ids = leads.ConvertAll(l => l.Id);
        await work.Prefetch(ids, ct);
        var touches = successor.ByRule ? (await db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).ToListAsync(ct)).ToLookup(t => t.LeadId) : null;
        var earlier = successor.ByRule
            ? (await db.Set<OwnershipRecord>().AsNoTracking().Where(o => ids.Contains(o.LeadId)).Select(o => new { o.LeadId, o.OwnerId }).ToListAsync(ct)).ToLookup(o => o.LeadId, o => o.OwnerId)
            : null;
        var named = successor.ByRule ? await NamedOwners.For(db, work.Vault, work.Setting, leads, ct) : null;
        var assigner = new LeadAssigner(work.Setting, board.Board, work.Now);
        foreach (var lead in leads)
        {
            if (successor.To is { } to)
            {
                await Give(lead, to, ct);
            }
            else if (successor.Pool is { } pool)
            {
                await work.Drop(lead, Ended.Transferred, null, pool, ct);
            }
            else
            {
                await work.End(lead, Ended.Transferred, null, ct);
                var score = work.Score(lead, touches![lead.Id]);
                var decision = assigner.Decide(lead, lead.Facts(work.Setting) with { Score = score }, null, [.. earlier![lead.Id].Distinct()], named!.Of(lead));
                work.Placement.Place(lead, decision, Acquired.AssignedAutomatically, work.ActorId);
                work.Explain(lead.Id, "assign", [.. score.Reasons, .. decision.Reasons]);
            }

            work.Changed(lead);
        }
    }

    private async Task Give(Lead lead, Guid to, CancellationToken ct)
    {
        if (lead.OwnerId is not null)
        {
            await work.Hand(lead, to, Acquired.OwnerChanged, null, ct);
            return;
        }

        (lead.TrayUserId, lead.PlacedAt) = (to, work.Now);
        work.Changes.Happened(lead.Id, LeadEvent.Trayed, work.Now, work.ActorId, new { userId = to });
    }

    // What is converted or invalid is nobody's work any more; it goes to whom everything goes, else it is nobody's.
    private async Task Closed(CancellationToken ct)
    {
        var db = work.Scope.Db;
        var closed = db.Set<Lead>().Where(l => l.OwnerId == userId && l.Status != LeadStatus.Pending && l.Status != LeadStatus.Working);
        foreach (var id in await closed.Select(l => l.Id).ToListAsync(ct))
        {
            work.Changes.Happened(id, LeadEvent.Transferred, work.Now, work.ActorId, new { ownerId = successor.To, from = userId });
        }

        await closed.ExecuteUpdateAsync(
            l => l.SetProperty(x => x.OwnerId, successor.To).SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.ChangedAt, work.Now), ct);
        var (pool, since) = successor.Pool is { } key && work.Setting.Pools.Find(key) is { } to ? (to.Id, work.Now) : ((Guid?)null, (DateTimeOffset?)null);
        var accounts = db.Set<Account>().Where(a => a.OwnerId == userId);
        foreach (var id in await accounts.Select(a => a.Id).ToListAsync(ct))
        {
            db.Add(pool is null
                ? AccountEvent.Of(id, AccountEvent.Edited, work.Now, work.ActorId, AccountEvent.Edit([new FieldChange("account.ownerId", $"{userId}", successor.To?.ToString())]))
                : AccountEvent.Of(id, AccountEvent.Pooled, work.Now, work.ActorId, new { from = userId, pool = successor.Pool, reason = (string?)null }));
        }

        await accounts.ExecuteUpdateAsync(
            a => a.SetProperty(x => x.OwnerId, successor.To).SetProperty(x => x.PoolId, pool).SetProperty(x => x.PooledAt, since).SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.ChangedAt, work.Now), ct);
        await db.Set<AccountKey>().Where(k => k.OwnerId == userId).ExecuteUpdateAsync(k => k.SetProperty(x => x.OwnerId, successor.To), ct);
    }

    private Guid Heir => successor.To ?? new Supervisors(work.Setting).Of(userId).Where(s => work.Setting.CanOwn(s)).Select(s => (Guid?)s).FirstOrDefault() ?? work.ActorId!.Value;

    // An opportunity is always somebody's: without a colleague who gets all, the nearest supervisor's, else theirs who lets the user go.
    private async Task Opportunities(CancellationToken ct)
    {
        var (db, heir) = (work.Scope.Db, Heir);
        var own = db.Set<Opportunity>().Where(o => o.OwnerId == userId);
        var ids = await own.OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(ct);
        foreach (var id in ids)
        {
            work.Changes.Happened(id, OpportunityEvent.Transferred, work.Now, work.ActorId, new { from = userId, ownerId = heir, reason = (string?)null });
            work.Changes.Tell(heir, NoticeKind.OpportunityAssigned, id, work.Now, work.ActorId);
        }

        // That it changed hands is no work on it: a conversion can be undone as before.
        await db.Set<LeadConversion>().Where(c => c.UndoneAt == null && own.Any(o => o.Id == c.OpportunityId && o.Version == c.OpportunityVersion))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.OpportunityVersion, x => x.OpportunityVersion + 1), ct);
        await own.ExecuteUpdateAsync(o => o.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.Version, x => x.Version + 1).SetProperty(x => x.ChangedAt, work.Now), ct);
        var waiting = db.Set<OpportunityHandover>().Where(h => h.ReceiverId == userId && h.State == HandoverState.Waiting);
        var received = await waiting.Select(h => h.OpportunityId).ToListAsync(ct);
        received.ForEach(id => work.Changes.Tell(heir, NoticeKind.OpportunityHandedOver, id, work.Now, work.ActorId));
        await db.Set<Opportunity>().Where(o => received.Contains(o.Id)).ExecuteUpdateAsync(o => o.SetProperty(x => x.ReceiverId, heir).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await waiting.ExecuteUpdateAsync(h => h.SetProperty(x => x.ReceiverId, heir), ct);
    }

    // Lists, touches that are to come, and partners are looked after by whoever gets the opportunities.
    private async Task Planned(CancellationToken ct)
    {
        var (db, heir) = (work.Scope.Db, Heir);
        await db.Set<NamedList>().Where(l => l.OwnerId == userId).ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await db.Set<NamedTouch>().Where(t => t.OwnerId == userId && t.DoneOn == null && t.CancelledAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.RemindedAt, (DateTimeOffset?)null), ct);
        await db.Set<Partner>().Where(p => p.OwnerId == userId).ExecuteUpdateAsync(p => p.SetProperty(x => x.OwnerId, heir).SetProperty(x => x.Version, x => x.Version + 1), ct);
    }

    // One notice says that there is something new; two thousand say nothing.
    private void Quieten()
    {
        var first = work.Changes.Notices.DistinctBy(n => (n.UserId, n.Kind)).Where(n => n.UserId != userId).ToList();
        work.Changes.Notices.Clear();
        work.Changes.Notices.AddRange(first);
    }
}
