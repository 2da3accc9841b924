namespace Granary.Domain.Capture.Mapping;

/// <summary>One row of an imported table, cells as text (§3 Import).</summary>
/// <param name="Number">The row's number as a spreadsheet shows it: 1 for the first row of the file, blank rows counted.</param>
/// <param name="Cells">Cells as found, at least one for each heading; null for an empty cell.</param>
/// <param name="Errors">What was wrong with the row or a cell when it was read; the row cannot be used if such a cell is needed.</param>
public sealed record TableRow(int Number, IReadOnlyList<string?> Cells, IReadOnlyList<RowError> Errors)
{
    /// <summary>The cell of a column, trimmed; null when it is empty.</summary>
    internal string? Cell(int column) => column < Cells.Count ? CellText.Clean(Cells[column]) : null;
}

/// <summary>Why a row was left out. Never carries the cell itself, which may be contact data.</summary>
/// <param name="Row">The row's number, see <see cref="TableRow.Number"/>.</param>
/// <param name="Code">Stable code, see <see cref="RowCodes"/>.</param>
/// <param name="Heading">Heading of the column; null when the whole row is meant.</param>
/// <param name="Field">Path of the target field; null before mapping.</param>
/// <param name="Limit">The bound that was overstepped, where there is one.</param>
public sealed record RowError(int Row, string Code, string? Heading = null, string? Field = null, string? Limit = null);

/// <summary>Codes of <see cref="RowError"/>: part of the contract, never renamed.</summary>
public static class RowCodes
{
    /// <summary>A cell holds a control character other than tab and line break.</summary>
    public const string ControlCharacter = "control_character";

    /// <summary>A cell holds bytes that are no text in the file's encoding, or half a character.</summary>
    public const string UnreadableCharacters = "unreadable_characters";

    /// <summary>The row has more filled cells than there are headings.</summary>
    public const string TooManyCells = "too_many_cells";

    /// <summary>A cell is longer than a cell may be.</summary>
    public const string CellTooLong = "cell_too_long";

    /// <summary>A quote opens a cell and is never closed, so that the rest of the file is part of it.</summary>
    public const string QuoteNotClosed = "quote_not_closed";

    /// <summary>A formula cell was saved without its value; formulas are never evaluated.</summary>
    public const string FormulaWithoutValue = "formula_without_value";

    /// <summary>A cell shows an error such as <c>#N/A</c>.</summary>
    public const string CellHoldsError = "cell_holds_error";

    /// <summary>Not a date, or a form of date that could be read in two ways.</summary>
    public const string InvalidDate = "invalid_date";

    /// <summary>Not an amount of money.</summary>
    public const string InvalidAmount = "invalid_amount";

    /// <summary>Not a whole number, or not within its range.</summary>
    public const string NotANumber = "not_a_number";

    /// <summary>Not one of the field's choices.</summary>
    public const string UnknownValue = "unknown_value";

    /// <summary>A long number that a spreadsheet rounded, such as <c>1.38E+10</c>: its digits are lost.</summary>
    public const string DigitsLost = "digits_lost";
}
