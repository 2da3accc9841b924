using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// How the columns of a file become the fields of a lead (§3 Import). A field takes the first of: its columns, its
/// template, its constant. The format of the file is described in <c>docs/import.md</c>.
/// </summary>
public sealed record ImportMapping
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>What is done with each column, by heading; null leaves the column out.</summary>
    public IReadOnlyDictionary<string, ColumnRule?> Columns { get; init; } = new Dictionary<string, ColumnRule?>();

    /// <summary>Values of fields that the row itself leaves empty, by target path.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Texts composed from columns, such as <c>学员 {Lead Number}</c>, by target path. One empty column leaves the field empty.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();

    /// <summary>Cells that count as empty, such as <c>N/A</c>; compared without regard to case and width.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>
    /// Whether the importer knows that the file has no contact data, such as an anonymised history: then its rows need no way to be
    /// reached, and are not held for having none.
    /// </summary>
    public bool WithoutContact { get; init; }

    /// <summary>Reads a mapping file; the mapping is null when there are errors.</summary>
    public static (ImportMapping? Mapping, IReadOnlyList<FieldError> Errors) Read(string json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ImportMapping>(json, Json);
            IReadOnlyList<FieldError> errors = mapping is null ? [new FieldError("$", "invalid_json")] : mapping.Validate();
            return (errors.Count == 0 ? mapping : null, errors);
        }
        catch (JsonException e)
        {
            var unknown = e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal);
            return (null, [new FieldError(e.Path ?? "$", unknown ? "unknown_field" : "invalid_json")]);
        }
    }

    /// <summary>The mapping as a mapping file.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>What is wrong with the mapping, whatever the file; empty when it can be used.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        var errors = new List<FieldError>();
        if (Columns is null || Constants is null || Templates is null || Missing is null)
        {
            return [new FieldError("$", "required")];
        }

        foreach (var (heading, rule) in Columns)
        {
            rule?.Validate($"columns.{heading}", errors);
        }

        foreach (var (path, value) in Constants)
        {
            Target($"constants.{path}", path, errors);
            if (string.IsNullOrWhiteSpace(value))
            {
                errors.Add(new FieldError($"constants.{path}", "required"));
            }
        }

        foreach (var (path, text) in Templates)
        {
            Target($"templates.{path}", path, errors);
            if (text is null || RowTemplate.Parse(text) is null)
            {
                errors.Add(new FieldError($"templates.{path}", "invalid_template"));
            }
        }

        return errors;
    }

    /// <summary>What is done with the column of a heading, however the mapping writes it; null when it is left out.</summary>
    public ColumnRule? RuleOf(string heading)
    {
        if (Columns.TryGetValue(heading, out var exact))
        {
            return exact;
        }

        var loose = HeadingIndex.Loose(heading);
        return Columns.FirstOrDefault(c => HeadingIndex.Loose(c.Key) == loose).Value;
    }

    /// <summary>Headings the mapping names and the file lacks.</summary>
    public IReadOnlyList<string> Absent(IReadOnlyList<string> headings)
    {
        var index = new HeadingIndex(headings);
        var named = Columns.Where(static c => c.Value is not null).Select(static c => c.Key)
            .Concat(Templates.Values.SelectMany(static t => RowTemplate.Parse(t)?.Headings ?? []));
        return [.. named.Where(h => index.Find(h) < 0).Distinct()];
    }

    /// <summary>Required fields that nothing of this mapping supplies from a file with these headings.</summary>
    public IReadOnlyList<string> Unsupplied(IReadOnlyList<string> headings, RequiredFields required)
    {
        var index = new HeadingIndex(headings);
        var supplied = Constants.Keys.ToHashSet(StringComparer.Ordinal);
        supplied.UnionWith(Columns.Where(c => c.Value is not null && index.Find(c.Key) >= 0).Select(static c => c.Value!.To));
        supplied.UnionWith(Templates.Where(t => RowTemplate.Parse(t.Value)?.Headings.All(h => index.Find(h) >= 0) == true).Select(static t => t.Key));
        var needed = (WithoutContact ? required.ExceptContact() : required).Fields;
        return [.. needed.Prepend("channel").Distinct().Where(field => !Suppliers(field).Any(supplied.Contains))];
    }

    // Targets any of which can fill a required field.
    private static string[] Suppliers(string field) => field switch
    {
        "channel" => ["channel", "channel.level1"],
        RequiredFields.AnyContact => ["contact.phones", "contact.emails", "contact.wechat"],
        "company.size" => ["company.size", "company.headcount"],
        "company.province" or "company.city" => [field, "company.region"],
        "budget" => ["budget", "budget.min", "budget.max"],
        "consent" => ["consent.given", "consent.purpose"],
        _ => [field],
    };

    private static void Target(string field, string path, List<FieldError> errors)
    {
        if (ImportTarget.Find(path) is null)
        {
            errors.Add(new FieldError(field, "unknown_target"));
        }
    }
}
