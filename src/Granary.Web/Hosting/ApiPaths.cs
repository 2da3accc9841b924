namespace Granary.Web.Hosting;

/// <summary>What belongs to the API: its answers are JSON, never a redirect or a page.</summary>
internal static class ApiPaths
{
    /// <summary>Whether a request is the API's.</summary>
    public static bool IsApi(this HttpContext http) => Holds(http.Request.Path);

    /// <summary>Whether a path is the API's.</summary>
    public static bool Holds(PathString path) => path.StartsWithSegments("/api");
}
