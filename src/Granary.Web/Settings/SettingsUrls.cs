using System.Globalization;

namespace Granary.Web.Settings;

/// <summary>Addresses of the settings pages.</summary>
internal static class SettingsUrls
{
    public const string Home = "/settings", Organisation = "/settings/organisation", Channels = "/settings/channels", Pools = "/settings/pools", Calendar = "/settings/calendar", Policies = "/settings/policies";

    public static string CalendarYear(int year) => string.Create(CultureInfo.InvariantCulture, $"{Calendar}?year={year}");

    public static string CalendarDay(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{Calendar}?day={day:yyyy-MM-dd}#day");

    public static string Pool(Guid id) => $"{Pools}/{id}";

    public static string Policy(string kind) => $"{Policies}/{kind}";
}
