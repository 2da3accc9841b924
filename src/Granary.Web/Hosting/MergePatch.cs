using System.Text.Json;
using System.Text.Json.Nodes;

namespace Granary.Web.Hosting;

/// <summary>JSON Merge Patch (RFC 7396): members given replace, null clears, members left out stay.</summary>
public static class MergePatch
{
    /// <summary>The value after the patch; members it does not have are refused as in any body.</summary>
    /// <exception cref="JsonException">The patch does not fit.</exception>
    public static T Apply<T>(T current, JsonObject patch) =>
        Merge(JsonSerializer.SerializeToNode(current, WireJson.Options), patch).Deserialize<T>(WireJson.Options) ?? throw new JsonException();

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
        {
            return patch?.DeepClone();
        }

        var merged = target is JsonObject before ? (JsonObject)before.DeepClone() : [];
        foreach (var (name, value) in members)
        {
            merged[name] = value is null ? null : Merge(merged[name], value);
        }

        return merged;
    }
}
