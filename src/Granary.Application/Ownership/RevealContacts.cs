using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Shows the contact data of one lead whole; each look is in the log (§18).</summary>
public sealed class RevealContacts(LeadVerb verb, Vault vault)
{
    /// <summary>Shows them, or says why not.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<RevealedContact> Contacts, LeadResult Result)> Reveal(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        IReadOnlyList<RevealedContact> shown = [];
        var result = await verb.Run(viewer, id, Permission.RevealContacts, null, async (work, lead) =>
        {
            var contacts = await work.Scope.Db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == lead.Id).OrderBy(c => c.Ordinal).ToListAsync(ct);
            shown = [.. contacts.Select(c => new RevealedContact(c.Kind, vault.Plain(c)))];
            work.Changes.Happened(lead.Id, LeadEvent.Revealed, work.Now, work.ActorId, new { count = contacts.Count });
            // Looking changes nothing, so the version stays.
            return new LeadResult.Done(lead);
        }, ct);
        return (shown, result);
    }
}

/// <summary>A contact point in plain text.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Value">The value.</param>
public sealed record RevealedContact(ContactKind Kind, string Value);
