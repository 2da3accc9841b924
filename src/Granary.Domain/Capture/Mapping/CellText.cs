using System.Buffers;
using System.Text;

namespace Granary.Domain.Capture.Mapping;

/// <summary>Text of cells and headings, freed from what people and programs put around it.</summary>
internal static class CellText
{
    private static readonly SearchValues<char> ListSeparators = SearchValues.Create("；;、,，/|\n\r");

    /// <summary>
    /// Trims white space and zero-width marks; null when nothing is left. The apostrophe that an error file puts before
    /// text a spreadsheet would run (<c>'+86…</c>) is taken off again, so that a corrected file can be uploaded.
    /// </summary>
    public static string? Clean(string? raw)
    {
        if (raw is null)
        {
            return null;
        }

        var (start, end) = (0, raw.Length);
        SkipBlanks(raw, ref start, end);
        while (end > start && IsBlank(raw[end - 1]))
        {
            end--;
        }

        if (end - start > 1 && raw[start] == '\'' && FormulaText.Runs(raw.AsSpan(start + 1, end - start - 1)))
        {
            start++;
            SkipBlanks(raw, ref start, end);
        }

        return start == end ? null : end - start == raw.Length ? raw : raw[start..end];
    }

    /// <summary>Half-width, lower case, trimmed: the form in which words and numbers are compared.</summary>
    public static string Fold(string text) =>
        (IsHalfWidth(text) ? text : text.Normalize(NormalizationForm.FormKC)).Trim().ToLowerInvariant();

    /// <summary>The values of a cell with several, by <paramref name="separator"/> or the usual ones (；;、,，/| and line breaks).</summary>
    public static void Split(string value, string? separator, List<string> into)
    {
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            var at = separator is null ? rest.IndexOfAny(ListSeparators) : rest.IndexOf(separator, StringComparison.Ordinal);
            var part = (at < 0 ? rest : rest[..at]).Trim();
            if (!part.IsEmpty)
            {
                into.Add(part.Length == value.Length ? value : part.ToString());
            }

            rest = at < 0 ? [] : rest[(at + (separator?.Length ?? 1))..];
        }
    }

    // ASCII and the common hanzi are their own normal form: most cells need no look at the tables.
    private static bool IsHalfWidth(string text)
    {
        foreach (var c in text)
        {
            if (c is not (< '\u0080' or >= '\u4E00' and <= '\u9FFF'))
            {
                return false;
            }
        }

        return true;
    }

    private static void SkipBlanks(string text, ref int start, int end)
    {
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\uFEFF';
}
