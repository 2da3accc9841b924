using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Somebody's duty within a period.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Shifts">Their shifts.</param>
public sealed record PersonDuty(Guid UserId, IReadOnlyList<DutyShift> Shifts);

/// <summary>Plans who is on duty when (§2). It stands in the assignment profiles, by which eligibility goes.</summary>
public sealed class PlanDuty(SettingCache settings, TimeProvider time)
{
    /// <summary>Longest period at once, in days.</summary>
    public const int MostDays = 62;

    /// <summary>Most shifts of one person on one day.</summary>
    public const int MostShifts = 4;

    /// <summary>Replaces the shifts of some people within a period; those of others and of other days stay.</summary>
    /// <param name="viewer">Who plans; they must plan for each of the people.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="people">The people.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>What became of it; null when somebody among them is not theirs to plan for.</returns>
    public async Task<PeopleResult?> Plan(Viewer viewer, DateOnly from, DateOnly to, IReadOnlyList<PersonDuty> people, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (Wrong(setting, from, to, people) is { Count: > 0 } errors)
        {
            return new PeopleResult.Refused(errors);
        }

        return people.Any(p => !viewer.Plans(p.UserId)) ? null : await settings.Change<PeopleResult>(
            async scope =>
            {
                var ids = people.Select(p => p.UserId).ToArray();
                var users = await scope.Db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, ct);
                foreach (var person in people)
                {
                    var user = users[person.UserId];
                    var profile = Json.Read<AssignmentProfile>(user.Profile);
                    var before = profile.Duty.Where(d => d.Date >= from && d.Date <= to).OrderBy(d => d.Date).ThenBy(d => d.From).ToList();
                    var after = person.Shifts.OrderBy(d => d.Date).ThenBy(d => d.From).ToList();
                    if (before.SequenceEqual(after))
                    {
                        continue;
                    }

                    Accounts.Put(user, profile with { Duty = [.. profile.Duty.Except(before).Concat(after).OrderBy(d => d.Date).ThenBy(d => d.From)] });
                    scope.Db.Add(time.Event(viewer.UserId, user.Id, "user.duty_planned", new { from, to, before, after }));
                }

                return new PeopleResult.Done(viewer.UserId);
            },
            ct);
    }

    private static List<FieldError> Wrong(Setting setting, DateOnly from, DateOnly to, IReadOnlyList<PersonDuty> people)
    {
        List<FieldError> errors = [];
        if (to < from || to.DayNumber - from.DayNumber >= MostDays)
        {
            errors.Add(new FieldError("to", to < from ? "before_start" : "out_of_range", to < from ? null : $"1–{MostDays}"));
        }

        if (people.DistinctBy(p => p.UserId).Count() != people.Count)
        {
            errors.Add(new FieldError("people", "duplicate"));
        }

        foreach (var (i, person) in people.Index())
        {
            if (!setting.People.TryGetValue(person.UserId, out var known) || known.Status == PersonStatus.Departed)
            {
                errors.Add(new FieldError($"people[{i}].userId", "unknown"));
            }

            errors.AddRange(person.Shifts.Index().Select(s => (s.Index, Code: Wrong(s.Item, from, to))).Where(s => s.Code is not null)
                .Select(s => new FieldError($"people[{i}].shifts[{s.Index}].{(s.Code == "out_of_range" ? "date" : "to")}", s.Code!)));
            foreach (var day in person.Shifts.GroupBy(s => s.Date))
            {
                var shifts = day.OrderBy(s => s.From).ToList();
                if (shifts.Count > MostShifts)
                {
                    errors.Add(new FieldError($"people[{i}].shifts", "too_many", $"{MostShifts}"));
                }
                else if (shifts.Zip(shifts.Skip(1)).Any(pair => pair.First.To == TimeOnly.MinValue || pair.First.To > pair.Second.From))
                {
                    errors.Add(new FieldError($"people[{i}].shifts", "overlaps"));
                }
            }
        }

        return errors;
    }

    // 00:00 as an end is the midnight that ends the day.
    private static string? Wrong(DutyShift shift, DateOnly from, DateOnly to) =>
        shift.Date < from || shift.Date > to ? "out_of_range" : shift.To <= shift.From && shift.To != TimeOnly.MinValue ? "before_start" : null;
}
