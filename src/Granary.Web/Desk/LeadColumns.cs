namespace Granary.Web.Desk;

/// <summary>Which columns the list of leads shows: each reader's choice, kept in a cookie.</summary>
public static class LeadColumns
{
    private const string Cookie = "lead-columns";

    /// <summary>Columns that can be left out, in their order; company always stands first.</summary>
    public static readonly IReadOnlyList<string> All =
        ["contact", "phone", "status", "priority", "cell", "score", "channel", "campaign", "industry", "region", "owner", "received", "changed"];

    private static readonly string[] Usual = ["contact", "phone", "status", "cell", "score", "channel", "owner", "received"];

    /// <summary>The columns shown to the reader.</summary>
    public static IReadOnlyList<string> Of(HttpContext http) =>
        http.Request.Cookies[Cookie]?.Split('.') is { } chosen && All.Where(chosen.Contains).ToList() is { Count: > 0 } known ? known : Usual;

    /// <summary>Remembers a choice for a year.</summary>
    public static void Choose(HttpContext http, IEnumerable<string> columns) => http.Response.Cookies.Append(
        Cookie,
        string.Join('.', All.Where(columns.Contains)),
        new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
}
