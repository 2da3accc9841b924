namespace Granary.Web.Components;

/// <summary>The reader's colour theme, kept in the cookie <c>theme</c>: <c>auto</c> (the system's), <c>light</c> or <c>dark</c>.</summary>
public static class Theme
{
    public const string Cookie = "theme";

    public static readonly IReadOnlyList<string> Names = ["auto", "light", "dark"];

    public static string Of(HttpContext http) =>
        http.Request.Cookies[Cookie] is { } name && Names.Contains(name) ? name : "auto";

    /// <summary>What the browser may use for its own controls before the stylesheet has arrived.</summary>
    public static string ColorScheme(HttpContext http) => Of(http) is var name && name == "auto" ? "light dark" : name;
}
