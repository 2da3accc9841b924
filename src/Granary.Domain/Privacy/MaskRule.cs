using System.Globalization;
using System.Text;

namespace Granary.Domain.Privacy;

/// <summary>How much of a value is left when it is masked (§18). Whatever it says, a value never shows as a whole.</summary>
/// <param name="First">Characters left at the beginning, 0 to 20.</param>
/// <param name="Last">Characters left at the end, 0 to 20.</param>
/// <param name="Hidden">Whether nothing is left.</param>
public sealed record MaskRule(int First = 0, int Last = 0, bool Hidden = false)
{
    /// <summary>Most characters that can be left at an end.</summary>
    public const int Most = 20;

    /// <summary>What stands for a value of which nothing is left.</summary>
    public const string Nothing = "***";

    // A phone number keeps four of its eleven digits for itself; shorter values keep half.
    private const int Kept = 4;

    /// <summary>The value with its middle hidden by three stars, whatever its length was: <c>w***t</c>.</summary>
    public string Apply(string value) => Apply(value, static _ => Nothing);

    /// <summary>The value with a star for each hidden character: <c>138****8000</c>.</summary>
    public string ApplyToDigits(string value) => Apply(value, static hidden => new string('*', hidden));

    private string Apply(string value, Func<int, string> stars)
    {
        if (Hidden || string.IsNullOrEmpty(value))
            return Nothing;
        // Characters as people count them, so that none is cut in two.
        var starts = StringInfo.ParseCombiningCharacters(value);
        var shown = starts.Length - Math.Min(Kept, (starts.Length + 1) / 2);
        var first = Math.Clamp(First, 0, shown);
        var last = Math.Clamp(Last, 0, shown - first);
        var text = new StringBuilder();
        text.Append(value.AsSpan(0, starts[first]));
        text.Append(stars(starts.Length - first - last));
        return last == 0 ? text.ToString() : text.Append(value.AsSpan(starts[^last])).ToString();
    }
}
