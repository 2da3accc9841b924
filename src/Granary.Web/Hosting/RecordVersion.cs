using System.Text.Json.Nodes;

namespace Granary.Web.Hosting;

/// <summary>Versions of records in <c>ETag</c> and <c>If-Match</c>: who writes on what he has not seen is told so.</summary>
public static class RecordVersion
{
    /// <summary>Names the version of the record in the answer.</summary>
    public static void Tag(HttpContext http, string version) => http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>The version that the caller has seen; null when they do not say, or accept any.</summary>
    public static string? Seen(HttpContext http) =>
        http.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*" ? tag.Replace("W/", "", StringComparison.Ordinal).Trim('"') : null;

    /// <summary>The answer to a lost update: both versions, and the record as it stands.</summary>
    public static Problem Stale(string? seen, string current, object? record = null) => new("stale", StatusCodes.Status409Conflict)
    {
        More = new Dictionary<string, JsonNode?>
        {
            ["seen"] = seen,
            ["current"] = current,
            ["record"] = record is null ? null : System.Text.Json.JsonSerializer.SerializeToNode(record, WireJson.Options),
        },
    };
}
