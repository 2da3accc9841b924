using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>Adds files to a follow-up that stands already, and takes one off again: its author alone.</summary>
public sealed class AttachFiles(LeadVerb verb, AttachedFiles look)
{
    /// <summary>Adds files; all of them or none.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="files">The files, at least one.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>What was added; and the lead, or why nothing was.</returns>
    public async Task<(IReadOnlyList<AttachedFile> Added, LeadResult Result)> Attach(
        Viewer viewer, Guid id, Guid followUpId, IReadOnlyList<UploadedFile> files, CancellationToken ct = default)
    {
        var (kept, errors) = look.Seal(files);
        IReadOnlyList<AttachedFile> added = [];
        var result = await Run(viewer, id, followUpId, async (work, record) =>
        {
            if (errors.Count > 0 || kept.Count == 0)
            {
                return new LeadResult.Invalid(errors.Count > 0 ? errors : [new FieldError("files", "required")]);
            }

            if (await work.Scope.Db.Set<Attachment>().CountAsync(a => a.LeadId == id && a.FollowUpId == followUpId, ct) + kept.Count > AttachedFiles.Most)
            {
                return new LeadResult.Invalid([new FieldError("files", "too_many", $"{AttachedFiles.Most}")]);
            }

            Attachment[] rows = [.. kept.Select(f => f.On(record, work.Now))];
            work.Scope.Db.AddRange(rows.AsEnumerable());
            added = [.. rows.Select(a => new AttachedFile(a.Id, a.FollowUpId, a.Name, a.Type, a.Size))];
            work.Changes.Happened(id, LeadEvent.FileAttached, work.Now, work.ActorId, new { followUpId, files = added.Select(a => new { a.Id, a.Type, a.Size }) });
            return null;
        }, ct);
        return (result is LeadResult.Done ? added : [], result);
    }

    /// <summary>Takes a file off, as one attached by mistake; what it held is gone.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="attachmentId">The file.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Remove(Viewer viewer, Guid id, Guid followUpId, Guid attachmentId, CancellationToken ct = default) =>
        Run(viewer, id, followUpId, async (work, record) =>
        {
            if (!CorrectFollowUp.May(viewer, record, work.Now))
            {
                return new LeadResult.Refused(LeadRefusal.CorrectionClosed);
            }

            if (await work.Scope.Db.Set<Attachment>().Where(a => a.LeadId == id && a.FollowUpId == followUpId && a.Id == attachmentId).ExecuteDeleteAsync(ct) == 0)
            {
                return new LeadResult.NotFound();
            }

            work.Changes.Happened(id, LeadEvent.FileRemoved, work.Now, work.ActorId, new { followUpId, attachmentId });
            return null;
        }, ct);

    // Counting the change of the lead lets two at once yield to each other, so that the limit holds.
    private Task<LeadResult> Run(Viewer viewer, Guid id, Guid followUpId, Func<LeadWork, FollowUpRecord, Task<LeadResult?>> change, CancellationToken ct) =>
        verb.Run(viewer, id, Permission.ViewLeads, null, async (work, lead) =>
            await work.Scope.Db.Set<FollowUpRecord>().AsNoTracking().SingleOrDefaultAsync(f => f.LeadId == id && f.Id == followUpId, ct) is not { } record
                ? new LeadResult.NotFound()
                : record.AuthorId != viewer.UserId ? new LeadResult.Refused(LeadRefusal.NotAuthor)
                : await change(work, record) ?? work.Changed(lead), ct);
}
