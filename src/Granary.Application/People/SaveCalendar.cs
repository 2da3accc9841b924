using System.Globalization;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Sets the organisation's working week and single days of its calendar (§10 Calendar).</summary>
public sealed class SaveCalendar(SettingCache settings, TimeProvider time)
{
    /// <summary>Sets working weekdays and hours.</summary>
    public async Task<SettingResult> SetWeek(Guid actor, WorkingWeek week, CancellationToken ct = default)
    {
        week = week with { Weekdays = [.. WorkingCalendar.Week.Where(week.Weekdays.Contains)] };
        if (week.Validate().ToList() is { Count: > 0 } errors)
        {
            return new SettingResult.Refused(errors);
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var organisation = await scope.Db.Set<Organisation>().SingleAsync(ct);
                var before = WorkingWeek.Of(organisation);
                organisation.WorkingWeek = Json.Write(week);
                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "calendar.week_changed", new { Before = before, After = week }));
                return new SettingResult.Done("week");
            },
            ct);
    }

    /// <summary>Makes a day a holiday or a make-up workday.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="date">The day, of the years 2000 to 2100.</param>
    /// <param name="isWorkingDay">Whether it is worked.</param>
    /// <param name="name">Its name, up to 60 characters; may be empty.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SettingResult> SetDay(Guid actor, DateOnly date, bool isWorkingDay, string name, CancellationToken ct = default)
    {
        if (date.Year is < CalendarDays.FirstYear or > CalendarDays.LastYear)
        {
            return new SettingResult.Refused("date", "out_of_range", CalendarDays.Years);
        }

        if (name.Trim().Length > CalendarDays.LongestName)
        {
            return new SettingResult.Refused("name", "too_long", $"{CalendarDays.LongestName}");
        }

        name = CalendarDays.NameOf(name);
        return await settings.Change<SettingResult>(
            async scope =>
            {
                var rows = await scope.Db.Set<CalendarDay>().ToListAsync(ct);
                var before = CalendarDays.InForce(rows).GetValueOrDefault(date);
                var row = rows.Find(r => r.Date == date);
                if (row is null)
                {
                    row = new CalendarDay { Date = date, IsWorkingDay = isWorkingDay, Name = name, Source = CalendarSource.Edited };
                    rows.Add(row);
                    scope.Db.Add(row);
                }

                (row.IsWorkingDay, row.Name, row.Source) = (isWorkingDay, name, CalendarSource.Edited);
                if (!isWorkingDay && await Closes(scope, rows, ct))
                {
                    scope.Db.ChangeTracker.Clear();
                    return new SettingResult.Refused("date", "endless_closure", $"{CalendarDays.LongestClosure}");
                }

                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "calendar.day_set", new { Before = before, After = row.Exception }));
                return new SettingResult.Done(Key(date));
            },
            ct);
    }

    /// <summary>Takes back what was edited or imported for a day: the built-in calendar or its weekday decides again.</summary>
    public Task<SettingResult> ClearDay(Guid actor, DateOnly date, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            if (await scope.Db.Set<CalendarDay>().SingleOrDefaultAsync(d => d.Date == date, ct) is not { } row)
            {
                return new SettingResult.Missing();
            }

            scope.Db.Remove(row);
            scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "calendar.day_cleared", new { Before = row.Exception }));
            return new SettingResult.Done(Key(date));
        },
        ct);

    private static async Task<bool> Closes(WriteScope scope, List<CalendarDay> rows, CancellationToken ct) => CalendarDays.ClosesEndlessly(
        CalendarDays.Calendar(await scope.Db.Set<Organisation>().AsNoTracking().SingleAsync(ct), rows), CalendarDays.InForce(rows).Values);

    private static string Key(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
