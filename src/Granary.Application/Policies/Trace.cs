using System.Text.Json.Serialization;
using Granary.Domain.Policies;

namespace Granary.Application.Policies;

/// <summary>What is stored of an explanation.</summary>
/// <param name="Versions">Versions of the policies that decided, by kind.</param>
/// <param name="Reasons">The reasons in order.</param>
public sealed record Trace(IReadOnlyDictionary<string, int> Versions, [property: JsonConverter(typeof(ReasonLines))] IReadOnlyList<Reason> Reasons)
{
    /// <summary>Reasons as a piece of a trace in UTF-8, to be joined by <see cref="Join"/>.</summary>
    internal static byte[] Write(IReadOnlyList<Reason> reasons) => ReasonLines.Piece(reasons);

    /// <summary>The trace as stored JSON, from pieces that were written before.</summary>
    internal static string Join(string versions, params ReadOnlySpan<byte[]> pieces) => ReasonLines.Join($$"""{"versions":{{versions}},"reasons":[""", pieces, "]}");
}
