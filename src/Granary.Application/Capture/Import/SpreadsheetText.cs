namespace Granary.Application.Capture.Import;

/// <summary>Text for a file that a spreadsheet may open (§18).</summary>
public static class SpreadsheetText
{
    /// <summary>The text, with an apostrophe before it where a spreadsheet would take it for a formula.</summary>
    public static string Neutral(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + text : text;
}
