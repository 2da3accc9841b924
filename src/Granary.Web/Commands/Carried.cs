using System.Text.Json.Serialization;

namespace Granary.Web.Commands;

/// <summary>A command handed to the server that has the data.</summary>
/// <param name="Arguments">What was typed.</param>
/// <param name="Directory">Where it was typed.</param>
public sealed record CarryRequest(string[] Arguments, string Directory)
{
    /// <summary>Where it is handed in.</summary>
    public const string Path = "/local/commands";

    /// <summary>The header with the token of the data folder.</summary>
    public const string TokenHeader = "Granary-Token";
}

/// <summary>A line of the answer: something for the person to read, or the end.</summary>
/// <param name="Out">Written to the output.</param>
/// <param name="Error">Written to the error output.</param>
/// <param name="Exit">The exit code; the last line.</param>
public sealed record CarryLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Out = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Exit = null);
