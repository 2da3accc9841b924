using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>An own open lead with what it asks for.</summary>
internal sealed record PlacedLead
{
    // What has no deadline or no step comes behind all that has one.
    private static readonly DateTimeOffset Never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Guid Id { get; init; }

    /// <summary>The <see cref="DeskTask"/>; 0 asks for nothing now.</summary>
    public int Task { get; init; }

    public int Priority { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public string? NextStep { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? DeadlineAt { get; init; }

    public string? Rule { get; init; }

    public DateTimeOffset Due { get; init; }

    public DateTimeOffset Step { get; init; }

    /// <summary>Somebody's open leads.</summary>
    public static IQueryable<PlacedLead> Of(GranaryDb db, Guid owner, DeskMoment moment) =>
        from lead in db.Set<Lead>().AsNoTracking()
        where lead.OwnerId == owner && lead.AnonymisedAt == null && (lead.Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted)) == 0 && (lead.Status == LeadStatus.Pending || lead.Status == LeadStatus.Working)
        join found in db.Set<LeadTimer>() on lead.Id equals found.LeadId into timers
        from timer in timers.DefaultIfEmpty()
        select new PlacedLead
        {
            Id = lead.Id,
            Task = timer.DeadlineAt <= moment.Now ? (int)DeskTask.Overdue
                : timer.DeadlineAt <= moment.Soon ? (int)DeskTask.DueSoon
                : lead.Status == LeadStatus.Pending ? (int)DeskTask.New
                : lead.NextAt < moment.End ? (int)DeskTask.NextStep
                : lead.NextAt == null ? (int)DeskTask.Plan : 0,
            Priority = lead.Priority,
            PlacedAt = lead.PlacedAt,
            NextStep = lead.NextStep,
            NextAt = lead.NextAt,
            DeadlineAt = timer.DeadlineAt,
            Rule = timer.DeadlineRule,
            Due = timer.DeadlineAt ?? Never,
            // A step orders those leads alone of which it is what is asked for.
            Step = lead.Status == LeadStatus.Working && (timer.DeadlineAt == null || timer.DeadlineAt > moment.Soon) ? lead.NextAt ?? Never : Never,
        };

    /// <summary>In the order in which they are worked on, behind a line; of new leads the most promising first, then those that wait longest.</summary>
    public static IQueryable<PlacedLead> InOrder(IQueryable<PlacedLead> rows, DeskCursor? after) => Behind(rows, after)
        .OrderBy(r => r.Task).ThenBy(r => r.Due).ThenBy(r => r.Step).ThenByDescending(r => r.Priority).ThenBy(r => r.PlacedAt).ThenBy(r => r.Id);

    private static IQueryable<PlacedLead> Behind(IQueryable<PlacedLead> rows, DeskCursor? after)
    {
        if (after is not { } last)
        {
            return rows;
        }

        var place = (int)last.Place;
        return last.Task != last.Place || last.Task is DeskTask.Reentered or DeskTask.Decide or DeskTask.AssignOn or DeskTask.Check
            ? rows.Where(r => r.Task > place)
            : rows.Where(r => r.Task > place || (r.Task == place
                && (r.Due > last.Due || (r.Due == last.Due
                    && (r.Step > last.Step || (r.Step == last.Step
                        && (r.Priority < last.Priority || (r.Priority == last.Priority
                            && (r.PlacedAt > last.At || (r.PlacedAt == last.At && r.Id > last.Id))))))))));
    }
}
