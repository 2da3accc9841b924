using System.Text.Json;
using System.Text.RegularExpressions;
using Granary.Domain.Policies;

namespace Granary.Web.Hosting;

/// <summary>What is wrong with JSON that could not be read, as a problem that names the member.</summary>
public static partial class JsonFault
{
    /// <summary>The problem of a failed reading.</summary>
    public static Problem Of(JsonException fault)
    {
        var (code, field) = Tell(fault);
        return code == "broken_json"
            ? new Problem(code, StatusCodes.Status400BadRequest)
            : new Problem(code, StatusCodes.Status422UnprocessableEntity, Errors: [new FieldError(field, code)]);
    }

    private static (string Code, string Field) Tell(JsonException fault)
    {
        // The reader's own faults are wrapped by the serializer, or come bare from a document.
        if (fault.InnerException is JsonException || fault.GetType() != typeof(JsonException) || Duplicate().IsMatch(fault.Message))
        {
            return ("broken_json", "");
        }

        var path = Path(fault.Path);
        if (Unmapped().Match(fault.Message) is { Success: true } unmapped)
        {
            var name = unmapped.Groups[1].Value;
            return ("unknown_field", path == name || path.EndsWith("." + name, StringComparison.Ordinal) ? path : Join(path, name));
        }

        return Missing().Match(fault.Message) is { Success: true } missing ? ("required", Join(path, missing.Groups[1].Value)) : ("wrong_type", path);
    }

    // "$.contact.phones[0]" → "contact.phones[0]"; unusual names come as $['name'].
    private static string Path(string? path) => path is null ? "" : Quoted().Replace(path, ".$1").TrimStart('$').TrimStart('.');

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    [GeneratedRegex(@"The JSON property '(.*?)' could not be mapped to any \.NET member")]
    private static partial Regex Unmapped();

    [GeneratedRegex(@"missing required properties including: '(.*?)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"^Duplicate property")]
    private static partial Regex Duplicate();

    [GeneratedRegex(@"\['(.*?)'\]")]
    private static partial Regex Quoted();
}
