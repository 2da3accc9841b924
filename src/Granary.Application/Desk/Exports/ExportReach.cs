using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk.Exports;

/// <summary>Which leads an export holds, who may decide about it and who sees it.</summary>
internal static class ExportReach
{
    extension(Viewer viewer)
    {
        /// <summary>Whether somebody's permission to approve reaches a person, hence what that person takes out.</summary>
        public bool ApprovesFor(Guid askedBy) =>
            viewer.May(Permission.ApproveExports) && (viewer.Owners(Permission.ApproveExports) is not { } owners || owners.Contains(askedBy));

        /// <summary>The exports somebody sees: their own, and those about which they may decide.</summary>
        public IQueryable<ExportRequest> Exports(GranaryDb db)
        {
            var (exports, me) = (db.Set<ExportRequest>().AsQueryable(), viewer.UserId);
            if (!viewer.May(Permission.ApproveExports))
            {
                return exports.Where(e => e.AskedById == me);
            }

            if (viewer.Owners(Permission.ApproveExports) is not { } owners)
            {
                return exports;
            }

            var list = owners.ToArray();
            return exports.Where(e => e.AskedById == me || list.Contains(e.AskedById));
        }
    }

    /// <summary>The leads of a filter that somebody sees and may take out.</summary>
    public static Task<IQueryable<Lead>> Leads(GranaryDb db, Vault vault, Setting setting, Viewer viewer, LeadFilter filter, CancellationToken ct) =>
        new LeadQuery(db, vault, setting, viewer).Filtered(filter, ct, Permission.ExportLeads);

    /// <summary>Those who are told that an export waits.</summary>
    public static IEnumerable<Guid> Deciders(Setting setting, Guid askedBy, int most) => setting.People.Values
        .Where(p => p.Id != askedBy && p.Status == PersonStatus.Active)
        .Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().Where(v => v.ApprovesFor(askedBy)).Select(v => v.UserId).Order().Take(most);
}
