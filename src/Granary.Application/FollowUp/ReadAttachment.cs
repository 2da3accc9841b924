using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>A file in plain bytes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Media type, by what it holds.</param>
/// <param name="Content">What it holds.</param>
public sealed record OpenedFile(string Name, string Type, byte[] Content);

/// <summary>
/// Opens an attachment for somebody who sees the lead; each opening is in the log (§18). What others wrote of a lead that lies in
/// a pool may hold contact data, so it needs their right.
/// </summary>
public sealed class ReadAttachment(LeadVerb verb, Store store, Vault vault)
{
    /// <summary>Opens it, or says why not.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="attachmentId">The file.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(OpenedFile? File, LeadResult? Refusal)> Open(Viewer viewer, Guid id, Guid followUpId, Guid attachmentId, CancellationToken ct = default)
    {
        var result = await verb.Run(viewer, id, (_, lead) => lead.PoolId is null ? Permission.ViewLeads : Permission.RevealContacts, null, async (work, lead) =>
        {
            if (!await Kept(work.Scope.Db).AnyAsync(ct))
            {
                return new LeadResult.NotFound();
            }

            work.Changes.Happened(id, LeadEvent.FileOpened, work.Now, work.ActorId, new { followUpId, attachmentId });
            // Looking changes nothing, so the version stays.
            return new LeadResult.Done(lead);
        }, ct);
        if (result is not LeadResult.Done)
        {
            return (null, result);
        }

        // Read when the writer is free again: a file may be large.
        await using var db = store.Open();
        return await Kept(db).SingleOrDefaultAsync(ct) is { } file
            ? (new OpenedFile(file.Name, file.Type, vault.OpenBytes(file.Content)), null)
            : (null, new LeadResult.NotFound());

        IQueryable<Attachment> Kept(GranaryDb db) => db.Set<Attachment>().AsNoTracking().Where(a => a.LeadId == id && a.FollowUpId == followUpId && a.Id == attachmentId);
    }
}
