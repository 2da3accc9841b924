using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Capture.Import;

/// <summary>Text for a file that a spreadsheet may open (§18).</summary>
public static class SpreadsheetText
{
    /// <summary>The text, with an apostrophe before it where a spreadsheet would take it for a formula.</summary>
    public static string Neutral(string text) =>
        FormulaText.Runs(text) ? "'" + text : text;
}
