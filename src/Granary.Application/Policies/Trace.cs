using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Application.Policies;

/// <summary>What is stored of an explanation.</summary>
/// <param name="Versions">Versions of the policies that decided, by kind.</param>
/// <param name="Reasons">The reasons in order.</param>
public sealed record Trace(IReadOnlyDictionary<string, int> Versions, IReadOnlyList<Reason> Reasons)
{
    /// <summary>Reasons as a piece of a trace, to be joined by <see cref="Join"/>.</summary>
    internal static string Write(IReadOnlyList<Reason> reasons) => reasons.Count == 0 ? "" : Json.Write(reasons)[1..^1];

    /// <summary>The trace as stored JSON, from pieces that were written before.</summary>
    internal static string Join(string versions, params ReadOnlySpan<string> pieces)
    {
        var some = new List<string>(pieces.Length);
        foreach (var piece in pieces)
        {
            if (piece.Length > 0)
            {
                some.Add(piece);
            }
        }

        return $$"""{"versions":{{versions}},"reasons":[{{string.Join(',', some)}}]}""";
    }
}
