using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>A follow-up with what is attached to it.</summary>
/// <param name="Record">The follow-up.</param>
/// <param name="Files">Its files.</param>
public sealed record FollowUpEntry(FollowUpRecord Record, IReadOnlyList<AttachedFile> Files);

/// <summary>Reads the follow-ups of a lead.</summary>
public sealed class ReadFollowUps(Store store)
{
    /// <summary>The latest first; null when the viewer does not see the lead.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="after">The last one seen; null begins with the latest.</param>
    /// <param name="most">Most to read.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<FollowUpEntry>?> Of(Viewer viewer, Guid leadId, Guid? after, int most, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (!await viewer.Leads(db).AnyAsync(l => l.Id == leadId, ct))
        {
            return null;
        }

        var records = db.Set<FollowUpRecord>().AsNoTracking().Where(f => f.LeadId == leadId);
        if (after is { } last)
        {
            records = records.Where(f => f.Id.CompareTo(last) < 0);
        }

        return await WithFiles(db, leadId, await records.OrderByDescending(f => f.Id).Take(most).ToListAsync(ct), ct);
    }

    /// <summary>Some follow-ups of a lead by id; none when the viewer does not see the lead.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="ids">The follow-ups.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<FollowUpEntry>> Some(Viewer viewer, Guid leadId, IReadOnlyCollection<Guid> ids, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return ids.Count == 0 || !await viewer.Leads(db).AnyAsync(l => l.Id == leadId, ct) ? []
            : await WithFiles(db, leadId, await db.Set<FollowUpRecord>().AsNoTracking().Where(f => f.LeadId == leadId && ids.Contains(f.Id)).ToListAsync(ct), ct);
    }

    private static async Task<IReadOnlyList<FollowUpEntry>> WithFiles(GranaryDb db, Guid leadId, List<FollowUpRecord> records, CancellationToken ct)
    {
        var ids = records.ConvertAll(r => r.Id);
        var files = ids.Count == 0 ? [] : await db.Set<Attachment>().Where(a => a.LeadId == leadId && ids.Contains(a.FollowUpId)).OrderBy(a => a.Id)
            .Select(a => new AttachedFile(a.Id, a.FollowUpId, a.Name, a.Type, a.Size)).ToListAsync(ct);
        var of = files.ToLookup(f => f.FollowUpId);
        return records.ConvertAll(r => new FollowUpEntry(r, [.. of[r.Id]]));
    }
}
