using System.Globalization;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Analytics;

/// <summary>Says when something is sent.</summary>
internal static class ScheduleWords
{
    /// <summary>Such as "每周一、周三 09:00".</summary>
    public static string Of(IStringLocalizer<AnalyticsTexts> texts, ReactivationSchedule plan)
    {
        var at = plan.At.ToString("HH\\:mm", CultureInfo.InvariantCulture);
        return plan.Every switch
        {
            ReactivationRhythm.Weekly => texts["when.weekly", string.Join(texts["and"], plan.Weekdays.OrderBy(d => ((int)d + 6) % 7).Select(d => CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName(d))), at],
            ReactivationRhythm.Monthly => texts["when.monthly", plan.Day, at],
            _ => texts["when.daily", at],
        };
    }

    /// <summary>Rhythms to choose from.</summary>
    public static IReadOnlyList<ReactivationRhythm> Rhythms { get; } = [ReactivationRhythm.Daily, ReactivationRhythm.Weekly, ReactivationRhythm.Monthly];

    /// <summary>The word of a rhythm.</summary>
    public static string Of(IStringLocalizer<AnalyticsTexts> texts, ReactivationRhythm every) => texts[$"every.{WireName.Of(every)}"];
}
