using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Application.Policies;

/// <summary>
/// Reads the body of a policy that somebody wrote. Its shape is held against the policy's type first, so that what is left
/// out, empty, misspelt or of another type is named at its place before any rule looks at it.
/// </summary>
internal static partial class PolicyDocument
{
    private static readonly JsonSerializerOptions Strict = new(Json.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>
    /// What is wrong with a body: <c>invalid_json</c>, <c>required</c> (missing or null), <c>unknown_field</c>, <c>wrong_type</c>, else
    /// what the policy's own rules find.
    /// </summary>
    public static IReadOnlyList<FieldError> Errors<T>(string body, Func<T, IReadOnlyList<FieldError>> validate)
    {
        List<FieldError> errors = [];
        try
        {
            using var document = JsonDocument.Parse(body);
            Shape(document.RootElement, Strict.GetTypeInfo(typeof(T)), "", errors);
            return errors.Count > 0 ? errors : validate(JsonSerializer.Deserialize<T>(document.RootElement, Strict)!);
        }
        catch (JsonException e)
        {
            return [e.Path is null ? new FieldError("$", "invalid_json") : new FieldError(Path(e.Path), "wrong_type")];
        }
    }

    private static void Shape(JsonElement element, JsonTypeInfo type, string path, List<FieldError> errors)
    {
        var wanted = type.Kind switch { JsonTypeInfoKind.Enumerable => JsonValueKind.Array, JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => JsonValueKind.Object, _ => element.ValueKind };
        if (element.ValueKind != wanted)
        {
            errors.Add(new FieldError(path.Length == 0 ? "$" : path, element.ValueKind == JsonValueKind.Null ? "required" : "wrong_type"));
        }
        else if (type.Kind == JsonTypeInfoKind.Object)
        {
            Members(element, type, path, errors);
        }
        else if (type is { Kind: JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary, ElementType: { } of })
        {
            var each = Strict.GetTypeInfo(of);
            foreach (var (at, value) in element.ValueKind == JsonValueKind.Array
                ? element.EnumerateArray().Select((item, i) => ($"{path}[{i}]", item))
                : element.EnumerateObject().Select(item => (Join(path, item.Name), item.Value)))
            {
                Value(value, each, at, nullable: false, errors);
            }
        }
    }

    private static void Members(JsonElement element, JsonTypeInfo type, string path, List<FieldError> errors)
    {
        var left = type.Properties.Where(p => p.IsRequired).ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject())
        {
            left.Remove(member.Name);
            if (type.Properties.FirstOrDefault(p => string.Equals(p.Name, member.Name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                errors.Add(new FieldError(Join(path, member.Name), "unknown_field"));
            }
            else
            {
                Value(member.Value, Strict.GetTypeInfo(known.PropertyType), Join(path, known.Name), known.IsSetNullable || Nullable.GetUnderlyingType(known.PropertyType) is not null, errors);
            }
        }

        errors.AddRange(left.Keys.Select(name => new FieldError(Join(path, name), "required")));
    }

    private static void Value(JsonElement value, JsonTypeInfo type, string path, bool nullable, List<FieldError> errors)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            Shape(value, type, path, errors);
        }
        else if (!nullable)
        {
            errors.Add(new FieldError(path, "required"));
        }
    }

    // "$.rules[0]['name']" → "rules[0].name"
    private static string Path(string path) => Quoted().Replace(path, ".$1").TrimStart('$').TrimStart('.') is { Length: > 0 } inner ? inner : "$";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    [GeneratedRegex(@"\['(.*?)'\]")]
    private static partial Regex Quoted();
}
