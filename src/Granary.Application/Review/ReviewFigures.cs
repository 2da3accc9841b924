using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>What the figures of review are grouped by.</summary>
public enum ReviewFiguresBy
{
    /// <summary>The owner of the lead.</summary>
    Owner = 1,

    /// <summary>The owner's department.</summary>
    Department = 2,

    /// <summary>The month.</summary>
    Month = 3,
}

/// <summary>What the figures of a period count.</summary>
public enum ReviewBasis
{
    /// <summary>Leads recorded in the period, and what became of them, whenever it did.</summary>
    Cohort = 1,

    /// <summary>Steps taken in the period: recorded, passed, converted.</summary>
    Activity = 2,
}

/// <summary>A line of the figures.</summary>
/// <param name="Key">Id of the owner or department, or the first day of the month; null of leads that nobody has.</param>
/// <param name="Month">The first day of the month, where it is grouped by months.</param>
/// <param name="Figures">The figures.</param>
public sealed record ReviewFiguresLine(Guid? Key, DateOnly? Month, ReviewKpi Figures);

/// <summary>The figures of review (§7 KPI): recorded leads, those that passed review, those of them that became opportunities.</summary>
/// <param name="Lines">By group; they add up to the total.</param>
/// <param name="Total">Everything.</param>
public sealed record ReviewFiguresTable(IReadOnlyList<ReviewFiguresLine> Lines, ReviewKpi Total);

/// <summary>Counts the figures of review within the reach of the viewer's reports: three grouped queries for each period.</summary>
public sealed class ReviewFigures(Store store, SettingCache settings)
{
    /// <summary>Longest period.</summary>
    public const int MostDays = 731;

    /// <summary>Counts.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="by">What it is grouped by.</param>
    /// <param name="from">The first day in organisation time.</param>
    /// <param name="to">The last day, included.</param>
    /// <param name="basis">What it counts.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<ReviewFiguresTable> Of(Viewer viewer, ReviewFiguresBy by, DateOnly from, DateOnly to, ReviewBasis basis = ReviewBasis.Cohort, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        List<ReviewFiguresLine> lines = [];
        if (by == ReviewFiguresBy.Month)
        {
            for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
            {
                var (first, last) = (month < from ? from : month, month.AddMonths(1).AddDays(-1) is var end && end > to ? to : end);
                lines.Add(new(null, month, Sum((await Counts(db, viewer, setting, first, last, basis, ct)).Values)));
            }

            return new(lines, Sum(lines.Select(l => l.Figures)));
        }

        var counts = await Counts(db, viewer, setting, from, to, basis, ct);
        lines.AddRange(by == ReviewFiguresBy.Owner
            ? counts.Select(c => new ReviewFiguresLine(c.Key == Guid.Empty ? null : c.Key, null, c.Value))
            : counts.GroupBy(c => setting.People.GetValueOrDefault(c.Key)?.DepartmentId).Select(g => new ReviewFiguresLine(g.Key, null, Sum(g.Select(c => c.Value)))));
        return new([.. lines.OrderByDescending(l => l.Figures.Valid).ThenByDescending(l => l.Figures.Total).ThenBy(l => l.Key)], Sum(counts.Values));
    }

    private static async Task<Dictionary<Guid, ReviewKpi>> Counts(GranaryDb db, Viewer viewer, Setting setting, DateOnly from, DateOnly to, ReviewBasis basis, CancellationToken ct)
    {
        var (recorded, valid, turned) = Sets(db, Reached(db, viewer), setting.Calendar.StartOf(from), setting.Calendar.StartOf(to.AddDays(1)), basis);
        var (total, passed, became) = (await ByOwner(recorded, ct), await ByOwner(valid, ct), await ByOwner(turned, ct));
        return total.Keys.Union(passed.Keys).Union(became.Keys).ToDictionary(o => o, o => new ReviewKpi(total.GetValueOrDefault(o), passed.GetValueOrDefault(o), became.GetValueOrDefault(o)));
    }

    /// <summary>The leads that figures of a time count, of some leads: recorded, valid, and valid ones that became opportunities.</summary>
    internal static (IQueryable<Lead> Recorded, IQueryable<Lead> Valid, IQueryable<Lead> Turned) Sets(
        GranaryDb db, IQueryable<Lead> leads, DateTimeOffset start, DateTimeOffset end, ReviewBasis basis)
    {
        var (reviews, conversions) = (db.Set<LeadReview>(), db.Set<LeadConversion>());
        var recorded = leads.Where(l => l.RecordedAt >= start && l.RecordedAt < end);
        return basis == ReviewBasis.Cohort
            ? (recorded,
                recorded.Where(l => reviews.Any(r => r.LeadId == l.Id && r.PassedAt != null)),
                recorded.Where(l => reviews.Any(r => r.LeadId == l.Id && r.PassedAt != null) && conversions.Any(c => c.LeadId == l.Id && c.UndoneAt == null)))
            // A lead that passed twice passed when it first did.
            : (recorded,
                leads.Where(l => reviews.Any(r => r.LeadId == l.Id && r.PassedAt >= start && r.PassedAt < end) && !reviews.Any(r => r.LeadId == l.Id && r.PassedAt < start)),
                leads.Where(l => reviews.Any(r => r.LeadId == l.Id && r.PassedAt != null) && conversions.Any(c => c.LeadId == l.Id && c.UndoneAt == null && c.At >= start && c.At < end)));
    }

    // A lead is its owner's; one that nobody has yet is whose who recorded it.
    private static IQueryable<Lead> Reached(GranaryDb db, Viewer viewer)
    {
        var leads = db.Set<Lead>().AsNoTracking().Where(l => l.MergedIntoId == null);
        if (viewer.Owners(Permission.ViewReports) is not { } owners)
        {
            return leads;
        }

        var list = owners.ToArray();
        return leads.Where(l => list.Contains((l.OwnerId ?? l.RecorderId)!.Value));
    }

    private static Task<Dictionary<Guid, int>> ByOwner(IQueryable<Lead> leads, CancellationToken ct) =>
        leads.GroupBy(l => l.OwnerId ?? l.RecorderId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key ?? Guid.Empty, g => g.Count, ct);

    private static ReviewKpi Sum(IEnumerable<ReviewKpi> all) => all.Aggregate(new ReviewKpi(0, 0, 0), (a, b) => new(a.Total + b.Total, a.Valid + b.Valid, a.Opportunities + b.Opportunities));
}
