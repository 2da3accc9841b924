namespace Granary.Web.Settings;

/// <summary>Addresses of the settings pages.</summary>
internal static class SettingsUrls
{
    public const string Home = "/settings", Organisation = "/settings/organisation", Channels = "/settings/channels", Pools = "/settings/pools", Policies = "/settings/policies";

    public static string Policy(string kind) => $"{Policies}/{kind}";
}
