using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.FollowUp;

/// <summary>Within which time those who decide answer what is asked of them: another assignment (§8), an invalidity to confirm (§9).</summary>
public sealed record DecisionRule
{
    private const int MostMinutes = 525_600, MostReminders = 10;

    /// <summary>Minutes from being asked, 1 to 525,600 (a year).</summary>
    public int Minutes { get; init; } = 24 * 60;

    /// <summary>The clock they run on; working hours are the organisation's, for several may decide.</summary>
    public DeadlineClock Clock { get; init; } = DeadlineClock.WorkingDays;

    /// <summary>Shares of the time in percent at which those who decide are reminded, each 1 to 99, rising.</summary>
    public IReadOnlyList<int> Reminders { get; init; } = [50, 80];

    /// <summary>By when something asked at an instant is decided.</summary>
    public DateTimeOffset DueAt(DateTimeOffset asked, WorkingCalendar calendar) => calendar.Add(Clock, asked, TimeSpan.FromMinutes(Minutes));

    /// <summary>When those who decide are told next, at the latest when it is due; null when all that was told.</summary>
    /// <param name="asked">When it was asked.</param>
    /// <param name="due">By when it is decided, as it was set when it was asked.</param>
    /// <param name="after">What lies at this instant or before was told.</param>
    /// <param name="calendar">Working time.</param>
    public DateTimeOffset? ToldAt(DateTimeOffset asked, DateTimeOffset due, DateTimeOffset after, WorkingCalendar calendar)
    {
        foreach (var percent in Reminders)
        {
            var at = calendar.Add(Clock, asked, TimeSpan.FromMinutes(Minutes) / 100 * percent);
            if (at > after && at < due)
            {
                return at;
            }
        }

        return due > after ? due : null;
    }

    internal IEnumerable<FieldError> Errors(string path)
    {
        if (Minutes is < 1 or > MostMinutes)
        {
            yield return Minutes == 0 ? new FieldError($"{path}.minutes", "always_fires") : new FieldError($"{path}.minutes", "out_of_range", $"1–{MostMinutes}");
        }

        if (!Enum.IsDefined(Clock))
        {
            yield return new FieldError($"{path}.clock", "not_a_choice");
        }

        if (Reminders.Count > MostReminders)
        {
            yield return new FieldError($"{path}.reminders", "too_many", $"{MostReminders}");
        }

        for (var i = 0; i < Reminders.Count; i++)
        {
            if (Reminders[i] is < 1 or > 99)
            {
                yield return new FieldError($"{path}.reminders[{i}]", "out_of_range", "1–99");
            }
            else if (i > 0 && Reminders[i] <= Reminders[i - 1])
            {
                yield return new FieldError($"{path}.reminders[{i}]", "not_ascending");
            }
        }
    }
}
