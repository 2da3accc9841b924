using Granary.Application.Capture;
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

/// <summary>Opens an attachment for somebody who sees the lead. What others wrote of a lead that lies in a pool may hold contact data, so it needs their right.</summary>
public sealed class ReadAttachment(Store store, Vault vault)
{
    /// <summary>Opens it, or says why not.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="attachmentId">The file.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(OpenedFile? File, LeadResult? Refusal)> Open(Viewer viewer, Guid id, Guid followUpId, Guid attachmentId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead
            || await db.Set<Attachment>().AsNoTracking().SingleOrDefaultAsync(a => a.LeadId == id && a.FollowUpId == followUpId && a.Id == attachmentId, ct) is not { } file)
        {
            return (null, new LeadResult.NotFound());
        }

        return lead.PoolId is not null && !await viewer.Leads(db, Permission.RevealContacts).AnyAsync(l => l.Id == id, ct)
            ? (null, new LeadResult.Forbidden())
            : (new OpenedFile(file.Name, file.Type, vault.OpenBytes(file.Content)), null);
    }
}
