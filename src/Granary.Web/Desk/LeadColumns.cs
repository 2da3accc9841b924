namespace Granary.Web.Desk;

/// <summary>Which columns the list of leads shows: each reader's choice, kept in a cookie.</summary>
public static class LeadColumns
{
    private const string Cookie = "lead-columns";

    /// <summary>Columns that can be left out, in their order; company always stands first.</summary>
    public static readonly IReadOnlyList<string> All =
        ["contact", "phone", "status", "priority", "cell", "score", "channel", "campaign", "industry", "region", "owner", "received", "changed"];

    private static readonly string[] Usual = ["contact", "phone", "status", "cell", "score", "channel", "owner", "received"];

    /// <summary>Before the key of a custom field.</summary>
    public const string Custom = "custom-";

    /// <summary>All columns, with those of custom fields.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<Domain.Capture.CustomField> fields) => [.. All, .. fields.Select(f => Custom + f.Key)];

    /// <summary>The columns shown to the reader.</summary>
    public static IReadOnlyList<string> Of(HttpContext http, IReadOnlyList<Domain.Capture.CustomField> fields) =>
        http.Request.Cookies[Cookie]?.Split('.') is { } chosen && With(fields).Where(chosen.Contains).ToList() is { Count: > 0 } known ? known : Usual;

    /// <summary>Remembers a choice for a year.</summary>
    public static void Choose(HttpContext http, IReadOnlyList<Domain.Capture.CustomField> fields, IEnumerable<string> columns) => http.Response.Cookies.Append(
        Cookie,
        string.Join('.', With(fields).Where(columns.Contains)),
        new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
}
