using System.Buffers;
using System.Globalization;
using System.Text;

namespace Granary.Domain.Cleansing;

/// <summary>The normal form of typed text (§4.1): NFKC, trimmed, white space collapsed, invisible format characters left out. Blank is null.</summary>
public static class CleanText
{
    // Characters that NFKC leaves alone in any company: most text has no others and is spared the normaliser.
    private static readonly SearchValues<char> Settled = SearchValues.Create(
        [.. Range(' ', '~'), .. Range('\u4E00', '\u9FFF'), .. Range('\u3001', '\u3003'), .. Range('\u3008', '\u3011'), '\u2014', '\u2018', '\u2019', '\u201C', '\u201D']);

    /// <summary>A text of one line: every run of white space is one space.</summary>
    public static string? Line(string? text) => Clean(text, keepLines: false);

    /// <summary>A text of several lines: line breaks are kept as <c>\n</c>, at most one empty line in a row.</summary>
    public static string? Lines(string? text) => Clean(text, keepLines: true);

    /// <summary>NFKC of any text; halves of surrogate pairs, which have no normal form, become U+FFFD.</summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Settled))
            return text;
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text)).Normalize(NormalizationForm.FormKC);
        }
    }

    private static string? Clean(string? text, bool keepLines)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (IsClean(text))
            return text;
        var composed = Compose(text);
        var clean = new StringBuilder(composed.Length);
        var (spaces, breaks) = (false, 0);
        foreach (var c in composed)
        {
            if (keepLines && c == '\n')
                breaks++;
            else if (char.IsWhiteSpace(c) || char.IsControl(c))
                spaces = true;
            else if (!IsInvisible(c))
            {
                if (clean.Length > 0 && breaks > 0)
                    clean.Append('\n', Math.Min(breaks, 2));
                else if (clean.Length > 0 && spaces)
                    clean.Append(' ');
                (spaces, breaks) = (false, 0);
                clean.Append(c);
            }
        }

        return clean.Length == 0 ? null : clean.ToString();
    }

    private static bool IsClean(ReadOnlySpan<char> text) =>
        text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal) && !text.ContainsAnyExcept(Settled);

    // Joiners stay: they hold emoji and some scripts together.
    private static bool IsInvisible(char c) =>
        c > '\u007F' && c is not ('\u200C' or '\u200D') && char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static IEnumerable<char> Range(char first, char last)
    {
        for (int c = first; c <= last; c++)
            yield return (char)c;
    }
}
