using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Settings;

/// <summary>Reads values of custom fields as they were typed, sent or imported (§3). What no field is defined for is kept as text.</summary>
public static class CustomValues
{
    /// <summary>The values in the form in which they are kept, and what is wrong with them; a wrong one stays as it was typed.</summary>
    /// <param name="setting">The settings.</param>
    /// <param name="owner">What they belong to.</param>
    /// <param name="typed">Values by key.</param>
    /// <param name="kept">Values that were there before: what stays the same is not refused, whatever the field has become.</param>
    public static (IReadOnlyDictionary<string, string> Values, IReadOnlyList<FieldError> Errors) Read(
        Setting setting, CustomFieldOwner owner, IReadOnlyDictionary<string, string> typed, IReadOnlyDictionary<string, string>? kept = null)
    {
        if (typed.Count == 0 || setting.Fields.Of(owner) is not { Count: > 0 } fields)
        {
            return (typed, []);
        }

        var values = new Dictionary<string, string>(typed, StringComparer.Ordinal);
        List<FieldError> errors = [];
        foreach (var field in fields)
        {
            if (!typed.TryGetValue(field.Key, out var text) || (kept is not null && kept.TryGetValue(field.Key, out var before) && before == text))
            {
                continue;
            }

            var value = field.Read(field.Kind == CustomFieldKind.User ? Person(setting, text) : text, out var error);
            if (error is null && value is not null && field.Kind == CustomFieldKind.User && !setting.People.ContainsKey(Guid.Parse(value)))
            {
                error = new FieldError($"custom.{field.Key}", "not_a_user");
            }

            if (error is not null)
            {
                errors.Add(error);
            }
            else if (value is null)
            {
                values.Remove(field.Key);
            }
            else
            {
                values[field.Key] = value;
            }
        }

        return (values, errors);
    }

    // Who types a name, or imports one, means the one person of that name.
    private static string Person(Setting setting, string text) =>
        Guid.TryParse(text, out _) ? text : setting.People.Values.Where(p => p.Name == text.Trim()).Take(2).ToList() is [var only] ? only.Id.ToString() : text;
}
