using Granary.Application.Desk;

namespace Granary.Web.Desk;

/// <summary>Addresses of the pool pages and their forms; filters stand in them.</summary>
internal static class PoolUrls
{
    public const string Home = "/pools";

    public static string Pool(string key, LeadFilter? filter = null, LeadCursor? after = null)
    {
        var query = (filter is null ? null : filter with { Pools = [] })?.ToString() ?? "";
        query += after is null ? "" : $"{(query.Length == 0 ? "" : "&")}after={after}";
        return query.Length == 0 ? $"{Home}/{key}" : $"{Home}/{key}?{query}";
    }

    public static string Claims(string key) => $"{Home}/{key}/claims";

    public static string Assignment(string key) => $"{Home}/{key}/assignment";

    public static string Held(string key) => $"{Home}/{key}/held";

    public static string Lock(string key) => $"{Home}/{key}/lock";

    public static string Move(string key) => $"{Home}/{key}/move";
}
