using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>Which leads somebody reaches.</summary>
public static class LeadScope
{
    extension(Viewer viewer)
    {
        /// <summary>The leads a permission reaches; a lead outside is as if it were not there.</summary>
        public IQueryable<Lead> Leads(GranaryDb db, Permission permission = Permission.ViewLeads)
        {
            var leads = db.Set<Lead>().AsQueryable();
            if (viewer.Owners(permission) is not { } owners)
            {
                // Nobody else can reach what was merged: it has no owner, recorder, pool or tray.
                return leads.Where(l => l.MergedIntoId == null);
            }

            var me = viewer.UserId;
            var pools = viewer.PoolsOf(permission);
            if (owners.Count == 0)
            {
                return leads.Where(l => l.PoolId != null && pools.Contains(l.PoolId.Value));
            }

            var list = owners.ToArray();
            return pools.Count == 0
                ? leads.Where(l => (l.OwnerId != null && list.Contains(l.OwnerId.Value)) || l.RecorderId == me || l.TrayUserId == me)
                : leads.Where(l => (l.OwnerId != null && list.Contains(l.OwnerId.Value)) || l.RecorderId == me || l.TrayUserId == me
                    || (l.PoolId != null && pools.Contains(l.PoolId.Value)));
        }

        /// <summary>The lead into which one was merged, where the viewer sees it.</summary>
        public Task<Guid?> MergedInto(GranaryDb db, Guid id, CancellationToken ct)
        {
            var into = db.Set<Lead>().Where(l => l.Id == id && l.MergedIntoId != null).Select(l => l.MergedIntoId!.Value);
            return viewer.Leads(db).Where(l => into.Contains(l.Id)).Select(l => (Guid?)l.Id).SingleOrDefaultAsync(ct);
        }

        /// <summary>Those of <see cref="Leads"/> that somebody owns: none of them lies in a pool, so that no pool is walked through for them.</summary>
        public IQueryable<Lead> OwnedLeads(GranaryDb db, Permission permission = Permission.ViewLeads)
        {
            var leads = db.Set<Lead>().Where(l => l.OwnerId != null);
            if (viewer.Owners(permission) is not { } owners)
            {
                return leads;
            }

            var (me, list) = (viewer.UserId, owners.ToArray());
            return list.Length == 0 ? leads.Where(l => false) : leads.Where(l => list.Contains(l.OwnerId!.Value) || l.RecorderId == me || l.TrayUserId == me);
        }
    }
}

/// <summary>Leads that were merged into others.</summary>
public static class MergedLeads
{
    /// <summary>A lead and those that were merged into it: what happened to all of them is its history.</summary>
    public static async Task<Guid[]> WithMerged(this GranaryDb db, Guid id, CancellationToken ct) =>
        [id, .. await db.Set<Lead>().Where(l => l.MergedIntoId == id).Select(l => l.Id).ToListAsync(ct)];
}
