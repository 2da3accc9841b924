using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>Which violations are asked for.</summary>
public sealed record ViolationFilter
{
    /// <summary>Of one owner.</summary>
    public Guid? Owner { get; init; }

    /// <summary>Of one rule, by its id.</summary>
    public string? Rule { get; init; }

    /// <summary>Of one lead.</summary>
    public Guid? Lead { get; init; }

    /// <summary>Recorded at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those that nobody has excused.</summary>
    public bool Open { get; init; }
}

/// <summary>A violation with everything that was said of it.</summary>
/// <param name="Violation">The violation.</param>
/// <param name="Evidence">What it rests on.</param>
/// <param name="Notes">What was said, the earliest first.</param>
public sealed record ViolationLine(Violation Violation, ViolationEvidence Evidence, IReadOnlyList<ViolationNote> Notes)
{
    /// <summary>Whether it is excused: the last word of managers counts.</summary>
    public bool Excused => Notes.LastOrDefault(n => n.Kind is ViolationNoteKind.Excuse or ViolationNoteKind.ExcuseWithdrawn)?.Kind == ViolationNoteKind.Excuse;
}

/// <summary>A deadline that is still to be met.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Company">Its company.</param>
/// <param name="OwnerId">Who has to meet it.</param>
/// <param name="DeadlineAt">By when.</param>
/// <param name="Rule">Id of its rule.</param>
public sealed record OpenDeadline(Guid LeadId, string? Company, Guid OwnerId, DateTimeOffset DeadlineAt, string? Rule);

/// <summary>Reads missed deadlines and those that come, as far as somebody may see them.</summary>
public sealed class ListViolations(Store store)
{
    /// <summary>A page, the latest first; one more than asked for where there are more.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The last one of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<ViolationLine>> Page(Viewer viewer, ViolationFilter filter, Guid? after, int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var all = viewer.Violations(db).AsNoTracking();
        all = filter.Owner is { } owner ? all.Where(v => v.OwnerId == owner) : all;
        all = filter.Rule is { } rule ? all.Where(v => v.RuleId == rule) : all;
        all = filter.Lead is { } lead ? all.Where(v => v.LeadId == lead) : all;
        all = filter.From is { } from ? all.Where(v => v.At >= from) : all;
        all = filter.To is { } to ? all.Where(v => v.At < to) : all;
        if (filter.Open)
        {
            // Each withdrawal takes back one excuse.
            all = all.Where(v => db.Set<ViolationNote>().Count(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.Excuse)
                == db.Set<ViolationNote>().Count(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.ExcuseWithdrawn));
        }

        // Ids rise with the time of recording.
        return await Lines(db, await (after is { } id ? all.Where(v => v.Id < id) : all).OrderByDescending(v => v.Id).Take(take + 1).ToListAsync(ct), ct);
    }

    /// <summary>One violation; null when there is none for this viewer.</summary>
    public async Task<ViolationLine?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var found = await viewer.Violations(db).AsNoTracking().Where(v => v.Id == id).ToListAsync(ct);
        return (await Lines(db, found, ct)) is [var line] ? line : null;
    }

    /// <summary>Deadlines of leads in somebody's reach, the earliest first; one more than asked for where there are more.</summary>
    public async Task<IReadOnlyList<OpenDeadline>> Deadlines(
        Viewer viewer, DateTimeOffset? before, (DateTimeOffset At, Guid Lead)? after, int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var timers = db.Set<LeadTimer>().Where(t => t.DeadlineAt != null)
            .Join(viewer.OwnedLeads(db), t => t.LeadId, l => l.Id, (t, l) => new { t.LeadId, At = t.DeadlineAt!.Value, t.DeadlineRule, Owner = l.OwnerId!.Value, l.CompanyName });
        timers = before is { } end ? timers.Where(t => t.At < end) : timers;
        timers = after is var (at, id) ? timers.Where(t => t.At >= at && (t.At > at || t.LeadId > id)) : timers;
        return await timers.OrderBy(t => t.At).ThenBy(t => t.LeadId).Take(take + 1)
            .Select(t => new OpenDeadline(t.LeadId, t.CompanyName, t.Owner, t.At, t.DeadlineRule)).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<ViolationLine>> Lines(GranaryDb db, List<Violation> violations, CancellationToken ct)
    {
        var ids = violations.Select(v => v.Id).ToArray();
        var notes = (await db.Set<ViolationNote>().AsNoTracking().Where(n => ids.Contains(n.ViolationId)).ToListAsync(ct)).ToLookup(n => n.ViolationId);
        return violations.ConvertAll(v => new ViolationLine(v, ViolationEvidence.Of(v), [.. notes[v.Id].OrderBy(n => n.Id, IdOrder.Instance)]));
    }
}

/// <summary>Which violations somebody reaches.</summary>
public static class ViolationScope
{
    extension(Viewer viewer)
    {
        /// <summary>The violations of those whose leads a permission reaches; one's own always.</summary>
        public IQueryable<Violation> Violations(GranaryDb db, Permission permission = Permission.ViewLeads)
        {
            if (viewer.Owners(permission) is not { } owners)
            {
                return db.Set<Violation>();
            }

            var list = owners.Append(viewer.UserId).Distinct().ToArray();
            return db.Set<Violation>().Where(v => list.Contains(v.OwnerId));
        }
    }
}
