namespace Granary.Domain.Capture.Mapping;

/// <summary>Text that a spreadsheet would take for a formula (§18).</summary>
public static class FormulaText
{
    /// <summary>
    /// Whether a spreadsheet may run it: its first sign behind blanks and quotes is = + - or @, also in full width, or a tab or
    /// line break stands before anything else.
    /// </summary>
    /// <param name="text">The text of a cell.</param>
    public static bool Runs(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
            {
                return true;
            }

            if (!IsBlank(c) && c is not ('\'' or '"' or '`' or '‘' or '’' or '“' or '”' or '＇' or '＂'))
            {
                return false;
            }
        }

        return false;
    }

    internal static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';
}
