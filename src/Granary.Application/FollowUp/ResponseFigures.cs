using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>
/// First responses and violations as figures count them (§10 Supervision): the one definition of what was due, of what was answered and of what
/// is held against somebody, for every page and report that shows them.
/// </summary>
internal static class ResponseFigures
{
    // A first response is due within this time of the acquisition; older rows cannot be due within the period.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(180);

    /// <summary>First responses that were due by now within a time; one whose lead went away before is due no more.</summary>
    public static IQueryable<LeadResponse> Due(GranaryDb db, Guid[] owners, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var (since, until) = (from - Longest, to < now ? to : now);
        return db.Set<LeadResponse>().AsNoTracking().Where(r =>
            owners.Contains(r.OwnerId) && r.From >= since && r.From < to && r.RespondBy >= from && r.RespondBy < until
            && (r.RespondedAt != null || r.To == null || r.To >= r.RespondBy));
    }

    /// <summary>First responses that were made within a time.</summary>
    public static IQueryable<LeadResponse> Answered(GranaryDb db, Guid[] owners, DateTimeOffset from, DateTimeOffset to)
    {
        var since = from - Longest;
        return db.Set<LeadResponse>().AsNoTracking().Where(r => owners.Contains(r.OwnerId) && r.From >= since && r.From < to && r.RespondedAt >= from && r.RespondedAt < to);
    }

    /// <summary>First responses whose deadline is still to come.</summary>
    public static IQueryable<LeadResponse> Coming(GranaryDb db, Guid[] owners, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var since = from > now ? from : now;
        return db.Set<LeadResponse>().AsNoTracking().Where(r =>
            owners.Contains(r.OwnerId) && r.RespondBy >= since && r.RespondBy < to && (r.RespondedAt != null || r.To == null || r.To >= r.RespondBy));
    }

    /// <summary>Violations of a time that are not excused.</summary>
    public static IQueryable<Violation> Open(GranaryDb db, Guid[] owners, DateTimeOffset from, DateTimeOffset to) => db.Set<Violation>().AsNoTracking()
        .Where(v => owners.Contains(v.OwnerId) && v.At >= from && v.At < to).Where(v => db.Set<ViolationNote>().Count(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.Excuse)
            <= db.Set<ViolationNote>().Count(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.ExcuseWithdrawn));

    /// <summary>Violations with some leads that are not excused.</summary>
    public static IQueryable<Violation> Open(GranaryDb db, Guid[] leads) => db.Set<Violation>().AsNoTracking()
        .Where(v => leads.Contains(v.LeadId)).Where(v => db.Set<ViolationNote>().Count(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.Excuse)
            <= db.Set<ViolationNote>().Count(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.ExcuseWithdrawn));
}
