using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>By when reviews are checked and opinions given (§7).</summary>
public sealed class ReviewDeadlines(Store store) : DeadlineSource
{
    /// <summary>What such deadlines are called.</summary>
    public const string Rule = "review";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<OtherDeadline>> Read(
        Viewer viewer, DateTimeOffset? before, (DateTimeOffset At, Guid Lead)? after, bool including, int take, CancellationToken ct)
    {
        await using var db = store.Open();
        // What lies in a pool may hide its company.
        var due = db.Set<LeadReview>().Where(r => r.DueAt != null)
            .Join(viewer.Leads(db), r => r.LeadId, l => l.Id, (r, l) => new { r.LeadId, At = r.DueAt!.Value, Company = l.OwnerId == null ? null : l.CompanyName });
        due = before is { } end ? due.Where(t => t.At < end) : due;
        due = after is var (at, id) ? due.Where(t => t.At >= at && (t.At > at || t.LeadId > id || (including && t.LeadId == id))) : due;
        return await due.OrderBy(t => t.At).ThenBy(t => t.LeadId).Take(take + 1).Select(t => new OtherDeadline(t.LeadId, t.Company, t.At, Rule)).ToListAsync(ct);
    }
}
