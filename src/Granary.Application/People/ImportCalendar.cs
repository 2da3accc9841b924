using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A day that an import changes.</summary>
/// <param name="Day">As the file has it.</param>
/// <param name="Before">What was set for it before; null when its weekday decided.</param>
public sealed record CalendarChange(CalendarException Day, CalendarException? Before);

/// <summary>What an import of a calendar does.</summary>
/// <param name="Days">The days of the file in order.</param>
/// <param name="Changes">Those that differ from the calendar in force.</param>
/// <param name="LeftOut">Entries of the file that are not imported, and why.</param>
/// <param name="Errors">Why nothing is imported; empty when it can be.</param>
public sealed record CalendarImport(
    IReadOnlyList<CalendarException> Days, IReadOnlyList<CalendarChange> Changes, IReadOnlyList<FieldError> LeftOut, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Days that nothing was set for.</summary>
    public int Added => Changes.Count(c => c.Before is null);

    /// <summary>Days that were set otherwise.</summary>
    public int Changed => Changes.Count - Added;

    /// <summary>Days that are as the file has them.</summary>
    public int Unchanged => Days.Count - Changes.Count;

    /// <summary>The years that the file speaks of.</summary>
    public IEnumerable<int> Years => Days.Select(d => d.Date.Year).Distinct();
}

/// <summary>Imports a calendar of holidays and make-up workdays from a file (§10 Calendar).</summary>
public sealed class ImportCalendar(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>What an import would do; nothing is written.</summary>
    public async Task<CalendarImport> Preview(CalendarFile file, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await Compare(db, file, await db.Set<CalendarDay>().AsNoTracking().ToListAsync(ct), ct);
    }

    /// <summary>Imports a file, all of it or, where there are errors, nothing.</summary>
    public async Task<CalendarImport> Import(Guid actor, CalendarFile file, CancellationToken ct = default)
    {
        if (file.Errors.Count > 0)
        {
            return new CalendarImport([], [], file.LeftOut, file.Errors);
        }

        return await settings.Change(
            async scope =>
            {
                var rows = await scope.Db.Set<CalendarDay>().ToListAsync(ct);
                var import = await Compare(scope.Db, file, rows, ct);
                if (import.Errors.Count > 0 || import.Changes.Count == 0)
                {
                    return import;
                }

                var known = rows.ToDictionary(r => r.Date);
                foreach (var (day, _) in import.Changes)
                {
                    if (known.TryGetValue(day.Date, out var row))
                    {
                        (row.IsWorkingDay, row.Name, row.Source) = (day.IsWorkingDay, day.Name, day.Source);
                    }
                    else
                    {
                        scope.Db.Add(Row(day));
                    }
                }

                scope.Db.Add(time.Event(
                    actor,
                    SettingEvents.Organisation,
                    "calendar.imported",
                    new { import.Years, import.Added, import.Changed, Replaced = import.Changes.Select(c => c.Before).OfType<CalendarException>().Take(500) }));
                return import;
            },
            ct);
    }

    private static async Task<CalendarImport> Compare(GranaryDb db, CalendarFile file, List<CalendarDay> rows, CancellationToken ct)
    {
        var inForce = CalendarDays.InForce(rows);
        List<CalendarChange> changes = [];
        foreach (var day in file.Days)
        {
            var before = inForce.GetValueOrDefault(day.Date);
            if (before is null || (before.IsWorkingDay, before.Name) != (day.IsWorkingDay, day.Name))
            {
                changes.Add(new CalendarChange(day, before));
            }
        }

        List<CalendarDay> all = [.. rows, .. changes.Select(c => Row(c.Day))];
        var organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        return CalendarDays.ClosesEndlessly(CalendarDays.Calendar(organisation, all), CalendarDays.InForce(all).Values)
            ? new CalendarImport([], [], file.LeftOut, [new FieldError("file", "endless_closure", $"{CalendarDays.LongestClosure}")])
            : new CalendarImport(file.Days, changes, file.LeftOut, file.Errors);
    }

    private static CalendarDay Row(CalendarException day) => new() { Date = day.Date, IsWorkingDay = day.IsWorkingDay, Name = day.Name, Source = day.Source };
}
