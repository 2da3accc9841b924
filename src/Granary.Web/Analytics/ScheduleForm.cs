using System.Globalization;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.People;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;

namespace Granary.Web.Analytics;

/// <summary>The sending of a report as its editor posts it. Binding sets a list that nothing was posted for to null.</summary>
public sealed class ScheduleForm
{
    public string? Every { get; set; } = "daily";

    public List<string> Weekdays { get; set => field = value ?? []; } = [];

    public string? Day { get; set; } = "1";

    public string? At { get; set; } = "09:00";

    public bool WorkingDaysOnly { get; set; }

    public string? Channel { get; set; } = "mail";

    public List<Guid> Recipients { get; set => field = value ?? []; } = [];

    public bool Open { get; set; }

    /// <summary>The form of a schedule.</summary>
    public static ScheduleForm Of(ScheduledReport s) => new()
    {
        Every = WireName.Of(s.Plan.Every),
        Weekdays = [.. s.Plan.Weekdays.Select(d => WireName.Of(d))],
        Day = s.Plan.Day.ToString(CultureInfo.InvariantCulture),
        At = s.Plan.At.ToString("HH\\:mm", CultureInfo.InvariantCulture),
        WorkingDaysOnly = s.Plan.WorkingDaysOnly,
        Channel = WireName.Of(s.Schedule.Channel),
        Recipients = [.. s.Recipients],
        Open = s.Schedule.Open,
    };

    /// <summary>What is posted; a choice that is none is refused where it is checked.</summary>
    public ReportScheduleInput Read(Guid reportId, string language) => new(
        reportId,
        new ReactivationSchedule
        {
            Every = Member<ReactivationRhythm>(Every),
            Weekdays = [.. Weekdays.Select(Member<DayOfWeek>)],
            Day = int.TryParse(Day, CultureInfo.InvariantCulture, out var day) ? day : 0,
            At = TimeOnly.TryParse(At, CultureInfo.InvariantCulture, out var at) ? at : new TimeOnly(9, 0),
            WorkingDaysOnly = WorkingDaysOnly,
        },
        Member<NoticeChannelKind>(Channel),
        Recipients,
        language,
        Open);

    private static T Member<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(v => WireName.Of(v) == name).DefaultIfEmpty((T)Enum.ToObject(typeof(T), -1)).First();
}
