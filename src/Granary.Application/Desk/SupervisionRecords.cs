using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>A figure of the supervision report whose records can be looked at.</summary>
public enum SupervisionFigure
{
    /// <summary>First responses that fell due.</summary>
    Due = 1,

    /// <summary>Those that were not made in time.</summary>
    Late = 2,

    /// <summary>Counted follow-ups.</summary>
    FollowUps = 3,

    /// <summary>First responses that were made.</summary>
    Responses = 4,

    /// <summary>Leads held without a next step.</summary>
    Unplanned = 5,
}

/// <summary>A record behind a figure.</summary>
/// <param name="Id">What it is: an ownership, a follow-up, or the lead; by it and <paramref name="From"/> pages are cut.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="Company">What the lead is called.</param>
/// <param name="From">Since when the owner has it, or when the follow-up was recorded.</param>
/// <param name="RespondBy">By when they had to follow up first.</param>
/// <param name="RespondedAt">When they did.</param>
public sealed record SupervisionRecord(Guid Id, Guid LeadId, string? Company, DateTimeOffset From, DateTimeOffset? RespondBy, DateTimeOffset? RespondedAt);

/// <summary>Reads the records behind a figure of the supervision report, so that nobody has to believe it.</summary>
public sealed class SupervisionRecords(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Records of a page.</summary>
    public const int PageSize = 50;

    /// <summary>A page of records, the latest first (nothing planned: what waits longest), one more where there are more; null when the person is out of the viewer's reach.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="person">Whose figure.</param>
    /// <param name="figure">Which.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="after">The last record of the page before.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<SupervisionRecord>?> Read(
        Viewer viewer, Guid person, SupervisionFigure figure, DateOnly from, DateOnly to, (DateTimeOffset At, Guid Id)? after = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (setting.Seen(viewer).All(p => p.Id != person))
        {
            return null;
        }

        var span = SupervisionSpan.Of(from, to, setting.Calendar);
        await using var db = store.Open();
        var leads = db.Set<Lead>().AsNoTracking();
        var responses = Supervision.Responses(db, person, figure, span, time.Now);
        var (at, id) = after ?? default;
        var records = figure switch
        {
            SupervisionFigure.FollowUps =>
                from f in db.Set<FollowUpRecord>()
                where f.AuthorId == person && f.Counted && f.RecordedAt >= span.Start && f.RecordedAt < span.End
                    && (after == null || f.RecordedAt < at || (f.RecordedAt == at && f.Id < id))
                join l in leads on f.LeadId equals l.Id
                orderby f.RecordedAt descending, f.Id descending
                select new SupervisionRecord(f.Id, l.Id, l.CompanyName ?? l.ContactName, f.RecordedAt, null, f.RecordedAt),
            SupervisionFigure.Unplanned =>
                from l in leads
                where l.OwnerId == person && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working) && l.NextAt == null
                    && (after == null || l.PlacedAt > at || (l.PlacedAt == at && l.Id > id))
                orderby l.PlacedAt, l.Id
                select new SupervisionRecord(l.Id, l.Id, l.CompanyName ?? l.ContactName, l.PlacedAt, null, l.FollowedAt),
            _ =>
                from r in responses
                where after == null || r.From < at || (r.From == at && r.OwnershipId < id)
                join l in leads on r.LeadId equals l.Id
                orderby r.From descending, r.OwnershipId descending
                select new SupervisionRecord(r.OwnershipId, l.Id, l.CompanyName ?? l.ContactName, r.From, r.RespondBy, r.RespondedAt),
        };
        return await records.Take(PageSize + 1).ToListAsync(ct);
    }
}
