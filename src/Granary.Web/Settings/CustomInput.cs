using Granary.Domain.Capture;

namespace Granary.Web.Settings;

/// <summary>Custom fields as forms post them.</summary>
internal static class CustomInput
{
    /// <summary>What was typed into a field; null when nothing was.</summary>
    public static string? Typed(CustomField field, IReadOnlyDictionary<string, string?>? texts, IReadOnlyDictionary<string, List<string>?>? several)
    {
        var typed = field.Kind == CustomFieldKind.MultiChoice ? string.Join(',', several?.GetValueOrDefault(field.Key) ?? []) : texts?.GetValueOrDefault(field.Key);
        return string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
    }

    /// <summary>What was typed over what was there: fields that the form does not show keep their values.</summary>
    public static IReadOnlyDictionary<string, string> Over(
        IReadOnlyDictionary<string, string> before, IReadOnlyList<CustomField> fields, IReadOnlyDictionary<string, string?>? texts, IReadOnlyDictionary<string, List<string>?>? several)
    {
        if (fields.Count == 0)
        {
            return before;
        }

        var values = new Dictionary<string, string>(before, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (Typed(field, texts, several) is { } typed)
            {
                values[field.Key] = typed;
            }
            else
            {
                values.Remove(field.Key);
            }
        }

        return values;
    }
}
