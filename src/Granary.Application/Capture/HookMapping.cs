using System.Text.Json;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;

namespace Granary.Application.Capture;

/// <summary>
/// How the JSON of another system becomes a submission (§3 inbound webhook): field of the submission → path in the JSON,
/// such as <c>contact.phones</c> → <c>data.user.mobile</c> or <c>fields[0].value</c>. Values are read as cells of an import
/// are, so dates, sizes and amounts may come in any usual form.
/// </summary>
public static class HookMapping
{
    /// <summary>Most fields.</summary>
    public const int Most = 100;

    private const int LongestPath = 200;

    /// <summary>What is wrong with a mapping; nothing when it can be saved. Fields are named <c>mapping.{field}</c>.</summary>
    public static IEnumerable<FieldError> Validate(IReadOnlyDictionary<string, string> mapping)
    {
        if (mapping.Count is 0 or > Most)
        {
            yield return mapping.Count == 0 ? new FieldError("mapping", "required") : new FieldError("mapping", "too_many", $"{Most}");
        }

        foreach (var (field, path) in mapping)
        {
            if (ImportTarget.Find(field) is null)
            {
                yield return new FieldError($"mapping.{field}", "unknown_target");
            }
            else if (path.Length > LongestPath || Steps(path) is null)
            {
                yield return new FieldError($"mapping.{field}", string.IsNullOrWhiteSpace(path) ? "required" : "invalid_format");
            }
        }
    }

    /// <summary>Reads a delivery by a valid mapping: the submission, or which fields could not be read.</summary>
    public static ParsedRow Read(IReadOnlyDictionary<string, string> mapping, JsonElement delivery, TimeZoneInfo zone)
    {
        string[] fields = [.. mapping.Keys];
        var columns = new ImportMapping { Columns = fields.ToDictionary(f => f, f => (ColumnRule?)ColumnRule.For(f)) };
        JsonElement?[] found = [.. fields.Select(f => Find(delivery, Steps(mapping[f]) ?? []))];
        // A part with parts of its own is no value: whatever stands in it, contact data perhaps, would be kept as a name or a title.
        RowError[] parts = [.. fields.Where((_, i) => HasParts(found[i])).Select(f => new RowError(1, "wrong_type", f, f))];
        return parts.Length > 0 ? new ParsedRow(1, null, parts) : new RowParser(columns, fields, zone).Parse(new TableRow(1, [.. found.Select(Text)], []));
    }

    private static JsonElement? Find(JsonElement element, IReadOnlyList<string> steps)
    {
        foreach (var step in steps)
        {
            var found = element.ValueKind switch
            {
                JsonValueKind.Object => element.TryGetProperty(step, out element),
                JsonValueKind.Array when int.TryParse(step, out var at) && at < element.GetArrayLength() => (element = element[at]).ValueKind != JsonValueKind.Undefined,
                _ => false,
            };
            if (!found)
            {
                return null;
            }
        }

        return element;
    }

    private static bool HasParts(JsonElement? element) => element is { ValueKind: JsonValueKind.Object }
        || (element is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().Any(item => HasParts(item)));

    private static string? Text(JsonElement? element) => element switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } list => string.Join('\n', list.EnumerateArray().Select(item => Text(item)).OfType<string>()),
        { } other => other.GetRawText(),
    };

    // a.b[0].c, with an optional $. before it; null when it is no path.
    private static List<string>? Steps(string path)
    {
        path = path.Trim();
        path = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        List<string> steps = [];
        foreach (var part in path.Split('.'))
        {
            var open = part.IndexOf('[', StringComparison.Ordinal);
            var name = open < 0 ? part : part[..open];
            if (name.Length > 0)
            {
                steps.Add(name);
            }

            var rest = open < 0 ? "" : part[open..];
            if (part.Length == 0 || (rest.Length > 0 && (!rest.EndsWith(']') || rest[1..^1].Split("][").Any(at => at.Length == 0 || !at.All(char.IsAsciiDigit)))))
            {
                return null;
            }

            steps.AddRange(rest.Length == 0 ? [] : rest[1..^1].Split("]["));
        }

        return steps;
    }
}
