using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>
/// Claims a lead from a pool 领取 (§9). The claimer's counter is locked, then the lead: whoever comes second sees that somebody
/// owns it, and no cap is exceeded however many claim at once.
/// </summary>
public sealed class ClaimLead(LeadVerb verb)
{
    /// <summary>Claims it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Claim(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer.UserId, work => Try(work, viewer, id, seen, ct), ct);

    /// <summary>How many leads somebody has claimed on the present day of organisation time, whatever became of them.</summary>
    /// <param name="db">The database.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="userId">Who.</param>
    /// <param name="now">The instant.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<int> ClaimedToday(GranaryDb db, Setting setting, Guid userId, DateTimeOffset now, CancellationToken ct)
    {
        var today = setting.Calendar.StartOf(setting.Calendar.DateOf(now));
        return db.Set<OwnershipRecord>().CountAsync(o => o.OwnerId == userId && o.From >= today && o.Acquired == Acquired.Claimed, ct);
    }

    private static async Task<LeadResult> Try(LeadWork work, Viewer viewer, Guid id, int? seen, CancellationToken ct)
    {
        if (!await viewer.Leads(work.Scope.Db).AnyAsync(l => l.Id == id, ct))
        {
            return await Lost(work, viewer, id, ct) ? new LeadResult.Refused(LeadRefusal.AlreadyOwned) : new LeadResult.NotFound();
        }

        if (!viewer.May(Permission.ClaimLeads))
        {
            return new LeadResult.Forbidden();
        }

        var holding = (await work.Board([viewer.UserId], ct)).Board.LoadOf(viewer.UserId).Holding;
        var lead = await Locked(work, id, ct);
        if (work.Unassignable(lead) is { } closed && (lead.PoolId is null || lead.Stopped))
        {
            return closed;
        }

        var rules = work.Setting.PoolRules.For(lead.PoolId is { } pool ? work.Setting.Pools.Find(pool)?.Key : null);
        if (Domain.Ownership.Claim.Refusal(rules, await Facts(work, viewer, lead, holding, ct), work.Now) is { } refusal)
        {
            return new LeadResult.Refused(refusal.Code());
        }

        if (work.Unassignable(lead) is { } held)
        {
            return held;
        }

        if (seen is { } version && version != lead.Version)
        {
            return new LeadResult.Stale(lead.Version);
        }

        await work.Hand(lead, viewer.UserId, Acquired.Claimed, null, ct);
        return work.Changed(lead);
    }

    // Whoever comes second no longer sees the lead, but saw it in their pool a moment ago.
    private static Task<bool> Lost(LeadWork work, Viewer viewer, Guid id, CancellationToken ct)
    {
        var pools = viewer.Scope(Permission.ViewLeads).HasFlag(DataScope.Pools) ? viewer.Pools : [];
        return work.Scope.Db.Set<OwnershipRecord>().AnyAsync(o => o.LeadId == id && o.To == null && o.FromPoolId != null && pools.Contains(o.FromPoolId.Value), ct);
    }

    private static Task<Lead> Locked(LeadWork work, Guid id, CancellationToken ct)
    {
        var leads = work.Scope.Db.Set<Lead>();
        return (work.Scope.Store.IsSqlite ? leads.Where(l => l.Id == id) : leads.FromSql($"SELECT * FROM lead WHERE id = {id} FOR UPDATE")).SingleAsync(ct);
    }

    private static async Task<ClaimCase> Facts(LeadWork work, Viewer viewer, Lead lead, int holding, CancellationToken ct)
    {
        var lost = work.Scope.Db.Set<OwnershipRecord>().Where(o =>
            o.LeadId == lead.Id && o.OwnerId == viewer.UserId && (o.Ended == Ended.Returned || o.Ended == Ended.Recycled || o.Ended == Ended.Transferred));
        return new ClaimCase
        {
            Owned = lead.OwnerId is not null,
            InPool = lead.PoolId is not null,
            Member = lead.PoolId is { } pool && work.Setting.Pools.Of(viewer.UserId).Contains(pool),
            Active = work.Setting.CanOwn(viewer.UserId),
            LostAt = await lost.MaxAsync(o => o.To, ct),
            ClaimedToday = await ClaimedToday(work.Scope.Db, work.Setting, viewer.UserId, work.Now, ct),
            Holding = holding,
            HoldingCap = work.Setting.Roster.Find(viewer.UserId)?.HoldingCap,
        };
    }
}
