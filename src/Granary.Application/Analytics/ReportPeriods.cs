using System.Globalization;
using Granary.Application.Analytics.Facts;

namespace Granary.Application.Analytics;

/// <summary>Months and days of a period, as cells have them.</summary>
public static class ReportPeriods
{
    /// <summary>All of them, those without figures too.</summary>
    public static IEnumerable<int> Of(DateOnly from, DateOnly to, CubeGrain over)
    {
        for (var day = over == CubeGrain.Day ? from : new DateOnly(from.Year, from.Month, 1); day <= to; day = over == CubeGrain.Day ? day.AddDays(1) : day.AddMonths(1))
        {
            yield return over == CubeGrain.Day ? CellPeriod.Day(day) : CellPeriod.Month(day);
        }
    }

    /// <summary>Days for a period of up to two months, else months.</summary>
    public static CubeGrain Grain(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber < 62 ? CubeGrain.Day : CubeGrain.Month;

    /// <summary>As a reader reads it: yyyy-MM, or MM-dd.</summary>
    public static string Text(int period) => CellPeriod.First(period).ToString(period > 999_999 ? "MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);
}
