using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture.Mapping;

/// <summary>What is done with the cells of one column. In a mapping file a bare text is a rule with a target alone.</summary>
[JsonConverter(typeof(ColumnRuleConverter))]
public sealed record ColumnRule
{
    /// <summary>A rule with nothing but a target.</summary>
    public static ColumnRule For(string target) => new() { To = target };

    /// <summary>Path of the target field, see <see cref="ImportTarget"/>.</summary>
    public required string To { get; init; }

    /// <summary>Cells and what they stand for; others go through as they are, an empty text drops the cell.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>Format of dates, such as <c>d/M/yyyy H:mm</c>; null reads the usual year-first ones.</summary>
    public string? Format { get; init; }

    /// <summary>Separator of several values; null takes the usual ones.</summary>
    public string? Split { get; init; }

    /// <summary>Unit of amounts without one: <c>万</c>, <c>亿</c>, <c>千</c> …; null for none.</summary>
    public string? Unit { get; init; }

    internal void Validate(string field, List<FieldError> errors)
    {
        if (ImportTarget.Find(To) is null)
        {
            errors.Add(new FieldError(field, "unknown_target"));
        }

        if (Format is { Length: < 2 or > 40 })
        {
            errors.Add(new FieldError(field + ".format", "invalid_format"));
        }

        if (Split is { Length: 0 })
        {
            errors.Add(new FieldError(field + ".split", "required"));
        }

        if (Unit is not null && Scaled.Factor(CellText.Fold(Unit)) is null)
        {
            errors.Add(new FieldError(field + ".unit", "unknown_unit"));
        }
    }

    /// <summary>Reads <c>"contact.name"</c> as well as <c>{"to": "contact.name", …}</c>.</summary>
    internal sealed class ColumnRuleConverter : JsonConverter<ColumnRule>
    {
        public override ColumnRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return For(reader.GetString()!);
            }

            var members = ReadMembers(ref reader, options);
            return new ColumnRule
            {
                To = members.To ?? throw new JsonException("A column needs a target."),
                Values = members.Values,
                Format = members.Format,
                Split = members.Split,
                Unit = members.Unit,
            };
        }

        public override void Write(Utf8JsonWriter writer, ColumnRule value, JsonSerializerOptions options)
        {
            if (value is { Values: null, Format: null, Split: null, Unit: null })
            {
                writer.WriteStringValue(value.To);
                return;
            }

            JsonSerializer.Serialize(writer, new Members(value.To, value.Values, value.Format, value.Split, value.Unit), options);
        }

        // Thrown anew without a path, the error gets the path within the whole file.
        private static Members ReadMembers(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize<Members>(ref reader, options) ?? throw new JsonException();
            }
            catch (JsonException e) when (e.Path is not null)
            {
                throw new JsonException(e.Message);
            }
        }

        private sealed record Members(string? To, IReadOnlyDictionary<string, string>? Values, string? Format, string? Split, string? Unit);
    }
}
