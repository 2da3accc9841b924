namespace Granary.Domain.People;

/// <summary>Says in few words with what somebody came: <c>Chrome · Windows</c>.</summary>
public static class AgentName
{
    /// <summary>Longest name.</summary>
    public const int Longest = 60;

    // The first that fits: each later one is named by those before it too.
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("wxwork/", "WeCom"), ("MicroMessenger/", "WeChat"), ("DingTalk/", "DingTalk"), ("Lark/", "Feishu"), ("Edg", "Edge"), ("OPR/", "Opera"), ("QQBrowser/", "QQ"),
        ("SamsungBrowser/", "Samsung"), ("HuaweiBrowser/", "Huawei"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    /// <summary>The short name of a <c>User-Agent</c>; its beginning when it names nothing known, empty when there is none.</summary>
    public static string Of(string? userAgent)
    {
        var text = userAgent?.Trim() ?? "";
        string[] known = [.. new[] { Programs, Systems }.Select(all => all.FirstOrDefault(p => text.Contains(p.Mark, StringComparison.Ordinal)).Name).OfType<string>()];
        return known.Length > 0 ? string.Join(" · ", known) : text.Length > Longest ? text[..Longest] : text;
    }
}
