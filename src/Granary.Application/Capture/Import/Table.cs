using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Capture.Import;

/// <summary>
/// An opened file: its headings, and its rows as a stream that is read forward once. Memory does not grow with the
/// number of rows.
/// </summary>
public sealed class Table : IDisposable
{
    private readonly RowSource _source;
    private readonly IEnumerator<RawRow> _rows;
    private readonly ImportLimits _limits;
    private readonly List<FileWarning> _warnings = [];
    private bool _read;

    internal Table(RowSource source, TableFormat format, ImportLimits limits)
    {
        _source = source;
        _limits = limits;
        Format = format;
        _rows = source.Read().GetEnumerator();
        if (format.OtherSheets.Count > 0)
        {
            _warnings.Add(new FileWarning("other_sheets_ignored", string.Join(", ", format.OtherSheets)));
        }

        do
        {
            if (!_rows.MoveNext())
            {
                throw new UnusableFileException(FileCodes.EmptyFile);
            }
        }
        while (_rows.Current.IsBlank);

        Headings = Import.Headings.Of(_rows.Current, limits, _warnings);
    }

    /// <summary>What kind of file it is.</summary>
    public TableFormat Format { get; }

    /// <summary>Names of the columns, no two alike; a repeated one is numbered as in <c>电话 (2)</c>.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>What a human should know about the file.</summary>
    public IReadOnlyList<FileWarning> Warnings => _warnings;

    /// <summary>The rows below the headings, blank ones left out.</summary>
    /// <exception cref="UnusableFileException">While reading: a workbook turns out to be broken or too large.</exception>
    /// <exception cref="InvalidOperationException">The rows were read before.</exception>
    public IEnumerable<TableRow> Rows()
    {
        Begin();
        return ReadRows();
    }

    /// <summary>How many <see cref="Rows"/> there are; they are read through and none is made.</summary>
    /// <exception cref="UnusableFileException">While reading: a workbook turns out to be broken or too large.</exception>
    /// <exception cref="InvalidOperationException">The rows were read before.</exception>
    public int Count()
    {
        Begin();
        _source.Skims = true;
        var count = 0;
        while (_rows.MoveNext())
        {
            count += _rows.Current.IsBlank ? 0 : 1;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _source.Dispose();
    }

    private void Begin()
    {
        if (_read)
        {
            throw new InvalidOperationException("Rows are read once; open the file again.");
        }

        _read = true;
    }

    private IEnumerable<TableRow> ReadRows()
    {
        while (_rows.MoveNext())
        {
            if (!_rows.Current.IsBlank)
            {
                yield return Checked(_rows.Current);
            }
        }
    }

    private TableRow Checked(RawRow row)
    {
        List<RowError>? errors = null;
        foreach (var fault in row.Faults)
        {
            (errors ??= []).Add(new RowError(row.Number, fault.Code, Heading(fault.Column)));
        }

        if (row.Width > Headings.Count)
        {
            (errors ??= []).Add(new RowError(row.Number, RowCodes.TooManyCells, null, null, Text(Headings.Count)));
        }

        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (row.Cells[i] is { } cell && CellCheck.Fault(cell, _limits) is { } code)
            {
                var limit = code == RowCodes.CellTooLong ? Text(_limits.CellLength) : null;
                (errors ??= []).Add(new RowError(row.Number, code, Heading(i), null, limit));
            }
        }

        return new TableRow(row.Number, row.Cells, errors ?? (IReadOnlyList<RowError>)[]);
    }

    private string Heading(int column) => column < Headings.Count ? Headings[column] : $"[{Import.Headings.Letter(column)}]";

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What kind of file a table was read from.</summary>
/// <param name="Kind"><c>csv</c>, <c>tsv</c> or <c>xlsx</c>.</param>
/// <param name="Encoding">Encoding of a text file: <c>utf-8</c>, <c>utf-8-bom</c>, <c>utf-16le</c>, <c>utf-16be</c> or <c>gb18030</c>.</param>
/// <param name="Delimiter">Delimiter of a text file.</param>
/// <param name="Sheet">Name of the sheet of a workbook that is read.</param>
public sealed record TableFormat(string Kind, string? Encoding, char? Delimiter, string? Sheet)
{
    /// <summary>The kind of a workbook.</summary>
    public const string Workbook = "xlsx";

    /// <summary>Visible sheets that are not read.</summary>
    public IReadOnlyList<string> OtherSheets { get; init; } = [];
}
