using System.Globalization;
using System.Text;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Capture.Import;

/// <summary>
/// Writes the rows that were left out, as CSV in UTF-8 with a byte order mark: the original columns, the row's number and
/// the reason. It can be corrected and uploaded again. Cells that a spreadsheet would run get an apostrophe (§18), which
/// reading takes off again.
/// </summary>
public sealed class ErrorFile : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly Func<RowError, string> _reason;
    private readonly int _columns;

    /// <summary>Begins a file with its headings.</summary>
    /// <param name="stream">Where it is written; left open.</param>
    /// <param name="headings">The original headings.</param>
    /// <param name="numberHeading">Heading of the row's number in the reader's language.</param>
    /// <param name="reasonHeading">Heading of the reason.</param>
    /// <param name="reason">Words for an error.</param>
    public ErrorFile(Stream stream, IReadOnlyList<string> headings, string numberHeading, string reasonHeading, Func<RowError, string> reason)
    {
        _writer = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };
        _reason = reason;
        _columns = headings.Count;
        foreach (var heading in headings)
        {
            Cell(heading);
            _writer.Write(',');
        }

        Cell(numberHeading);
        _writer.Write(',');
        Cell(reasonHeading);
        _writer.WriteLine();
    }

    /// <summary>Number of rows written.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row that was left out.</summary>
    public void Add(TableRow row, IReadOnlyList<RowError> errors)
    {
        for (var i = 0; i < _columns; i++)
        {
            Cell(i < row.Cells.Count ? row.Cells[i] : null);
            _writer.Write(',');
        }

        _writer.Write(row.Number.ToString(CultureInfo.InvariantCulture));
        _writer.Write(',');
        Cell(string.Join("; ", errors.Select(_reason).Distinct()));
        _writer.WriteLine();
        Count++;
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        var neutral = SpreadsheetText.Neutral(text);
        if (neutral.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            _writer.Write(neutral);
            return;
        }

        _writer.Write('"');
        _writer.Write(neutral.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
