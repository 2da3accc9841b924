using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>A follow-up with what is attached to it.</summary>
/// <param name="Record">The follow-up.</param>
/// <param name="Files">Its files.</param>
/// <param name="Hidden">Whether its words are hidden, because the lead lies in a pool that does not show all of it.</param>
public sealed record FollowUpEntry(FollowUpRecord Record, IReadOnlyList<AttachedFile> Files, bool Hidden = false);

/// <summary>Reads the follow-ups of a lead.</summary>
public sealed class ReadFollowUps(Store store, SettingCache settings)
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
        if (await Lead(db, viewer, leadId, ct) is not { } lead)
        {
            return null;
        }

        var records = db.Set<FollowUpRecord>().AsNoTracking().Where(f => f.LeadId == leadId);
        if (after is { } last)
        {
            records = records.Where(f => f.Id.CompareTo(last) < 0);
        }

        return await WithFiles(db, viewer, lead, await records.OrderByDescending(f => f.Id).Take(most).ToListAsync(ct), ct);
    }

    /// <summary>Some follow-ups of a lead by id; none when the viewer does not see the lead.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="ids">The follow-ups.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<FollowUpEntry>> Some(Viewer viewer, Guid leadId, IReadOnlyCollection<Guid> ids, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return ids.Count == 0 || await Lead(db, viewer, leadId, ct) is not { } lead ? []
            : await WithFiles(db, viewer, lead, await db.Set<FollowUpRecord>().AsNoTracking().Where(f => f.LeadId == leadId && ids.Contains(f.Id)).ToListAsync(ct), ct);
    }

    private static Task<Lead?> Lead(GranaryDb db, Viewer viewer, Guid id, CancellationToken ct) => viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct);

    private async Task<IReadOnlyList<FollowUpEntry>> WithFiles(GranaryDb db, Viewer viewer, Lead lead, List<FollowUpRecord> records, CancellationToken ct)
    {
        var (leadId, veil) = (lead.Id, viewer.Veil(await settings.Get(ct), lead));
        var ids = records.ConvertAll(r => r.Id);
        var files = ids.Count == 0 ? [] : await db.Set<Attachment>().Where(a => a.LeadId == leadId && ids.Contains(a.FollowUpId)).OrderBy(a => a.Id)
            .Select(a => new AttachedFile(a.Id, a.FollowUpId, a.Name, a.Type, a.Size)).ToListAsync(ct);
        var of = files.ToLookup(f => f.FollowUpId);
        return records.ConvertAll(r => Veiled(new FollowUpEntry(r, [.. of[r.Id]]), veil, viewer));
    }

    // What somebody wrote themselves they know.
    private static FollowUpEntry Veiled(FollowUpEntry entry, LeadVeil veil, Viewer viewer)
    {
        var record = entry.Record;
        if (!veil.Hangs || record.AuthorId == viewer.UserId)
        {
            return entry;
        }

        var content = veil.Text(record.Content);
        (record.Content, record.Feedback, record.NextStep, record.Changes) = (content ?? "", veil.Text(record.Feedback), veil.Text(record.NextStep), null);
        return new FollowUpEntry(record, content is null ? [] : entry.Files, content is null);
    }
}
