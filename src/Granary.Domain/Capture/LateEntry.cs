using Granary.Domain.People;

namespace Granary.Domain.Capture;

/// <summary>Late entry (§3): a lead is to be recorded within one working day of being received; later is accepted and flagged.</summary>
public static class LateEntry
{
    /// <summary>One working day on the working-day clock.</summary>
    public static readonly TimeSpan Allowed = TimeSpan.FromDays(1);

    /// <summary>The last instant at which a lead is recorded in time.</summary>
    public static DateTimeOffset Deadline(DateTimeOffset receivedAt, WorkingCalendar calendar) =>
        calendar.Add(DeadlineClock.WorkingDays, receivedAt, Allowed);

    /// <summary>Whether a lead was recorded too late.</summary>
    public static bool IsLate(DateTimeOffset receivedAt, DateTimeOffset recordedAt, WorkingCalendar calendar) =>
        recordedAt - receivedAt > Allowed && recordedAt > Deadline(receivedAt, calendar);
}
