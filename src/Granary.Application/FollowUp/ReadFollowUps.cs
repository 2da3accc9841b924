using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>Reads the follow-ups of a lead.</summary>
public sealed class ReadFollowUps(Store store)
{
    /// <summary>The latest first; null when the viewer does not see the lead.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="after">The last one seen; null begins with the latest.</param>
    /// <param name="most">Most to read.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<FollowUpRecord>?> Of(Viewer viewer, Guid leadId, Guid? after, int most, CancellationToken ct = default)
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

        return await records.OrderByDescending(f => f.Id).Take(most).ToListAsync(ct);
    }
}
