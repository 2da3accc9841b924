using System.Text.Encodings.Web;
using System.Text.Json;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture.Mapping;

/// <summary>How the columns of a file become the fields of accounts or opportunities (§3 Import); written as <c>{"columns": {"公司": "name", "备用": null}}</c>.</summary>
public sealed record RecordMapping
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Path of the field of each column, by heading; null leaves the column out.</summary>
    public IReadOnlyDictionary<string, string?> Columns { get; init; } = new Dictionary<string, string?>();

    /// <summary>Proposes a mapping from the headings: the first column that is called like a field is that field.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="fields">The fields; an earlier one comes before a later one of the same name.</param>
    public static RecordMapping Guess(IReadOnlyList<string> headings, IReadOnlyList<RecordField> fields)
    {
        var free = fields.ToList();
        Dictionary<string, string?> columns = [];
        foreach (var heading in headings)
        {
            var loose = HeadingIndex.Loose(heading);
            var field = free.Find(f => f.IsCalled(loose));
            columns[heading] = field?.Path;
            if (field is not null)
            {
                free.Remove(field);
            }
        }

        return new RecordMapping { Columns = columns };
    }

    /// <summary>Reads a mapping; null when there are errors: <c>invalid_json</c>, <c>unknown_field</c>.</summary>
    public static (RecordMapping? Mapping, IReadOnlyList<FieldError> Errors) Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RecordMapping>(json, Json) is { Columns: not null } mapping ? (mapping, []) : (null, [new FieldError("$", "invalid_json")]);
        }
        catch (JsonException e)
        {
            return (null, [new FieldError(e.Path ?? "$", e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) ? "unknown_field" : "invalid_json")]);
        }
    }

    /// <summary>The mapping as it is read.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>What is wrong with it: <c>unknown_target</c>, <c>duplicate</c> (two columns of one field).</summary>
    public IReadOnlyList<FieldError> Validate(IReadOnlyList<RecordField> fields)
    {
        var known = fields.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        HashSet<string> seen = [];
        List<FieldError> errors = [];
        foreach (var (heading, path) in Columns)
        {
            if (path is not null && !known.Contains(path))
            {
                errors.Add(new FieldError($"columns.{heading}", "unknown_target"));
            }
            else if (path is not null && !seen.Add(path))
            {
                errors.Add(new FieldError($"columns.{heading}", "duplicate"));
            }
        }

        return errors;
    }

    /// <summary>The fields that columns of a file supply.</summary>
    public IReadOnlySet<string> Supplied(IReadOnlyList<string> headings)
    {
        var index = new HeadingIndex(headings);
        return Columns.Where(c => c.Value is not null && index.Find(c.Key) >= 0).Select(c => c.Value!).ToHashSet(StringComparer.Ordinal);
    }
}
