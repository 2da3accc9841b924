using System.Text;

namespace Granary.Domain.Capture.Mapping;

/// <summary>Finds columns by heading: as written, else without regard to case, width, spaces and punctuation.</summary>
internal sealed class HeadingIndex
{
    private readonly Dictionary<string, int> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _loose = new(StringComparer.Ordinal);

    public HeadingIndex(IReadOnlyList<string> headings)
    {
        for (var i = 0; i < headings.Count; i++)
        {
            _exact.TryAdd(headings[i], i);
            _loose.TryAdd(Loose(headings[i]), i);
        }
    }

    /// <summary>The column; −1 when there is none.</summary>
    public int Find(string heading) =>
        _exact.TryGetValue(heading, out var at) || _loose.TryGetValue(Loose(heading), out at) ? at : -1;

    /// <summary>Letters and digits of a heading, folded. A heading without any stays as it is.</summary>
    public static string Loose(string heading)
    {
        var folded = CellText.Fold(heading);
        var kept = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (char.IsLetterOrDigit(c))
            {
                kept.Append(c);
            }
        }

        return kept.Length == 0 ? folded : kept.ToString();
    }
}
