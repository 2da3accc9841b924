using System.Text;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Capture.Import;

/// <summary>
/// Reads CSV and TSV (RFC 4180, with the usual leniency for quotes inside cells). Written here because a hostile file
/// must not fill the memory: however long a cell or a line is, only what may be kept is kept, and a quote left open
/// is an error of the row where it opens.
/// </summary>
internal sealed class DelimitedRows(TextReader reader, char delimiter, bool announced, ImportLimits limits) : RowSource
{
    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _cell = new();
    private int _at;
    private int _length;
    private int _row;
    private int _columns;

    private enum End
    {
        Cell,
        Row,
        File,
    }

    public override IEnumerable<RawRow> Read()
    {
        // The first line sep=; names the delimiter for spreadsheets and is no row of the table.
        if (announced)
        {
            ReadRow();
        }

        while (Peek() >= 0)
        {
            yield return ReadRow();
        }
    }

    public override void Dispose() => reader.Dispose();

    private RawRow ReadRow()
    {
        _row++;
        var cells = new List<string?>(_columns);
        List<CellFault>? faults = null;
        var (column, width) = (0, 0);
        End end;
        do
        {
            _cell.Clear();
            end = ReadCell(out var closed);
            var text = _cell.Length == 0 ? null : Skims ? "…" : _cell.ToString();
            if (column < limits.Columns)
            {
                cells.Add(text);
            }

            if (!closed && column < limits.Columns)
            {
                (faults ??= []).Add(new CellFault(column, RowCodes.QuoteNotClosed));
            }

            column++;
            width = string.IsNullOrWhiteSpace(text) ? width : column;
        }
        while (end == End.Cell);

        _columns = cells.Count;
        return new RawRow(_row, cells, width, faults ?? (IReadOnlyList<CellFault>)[]);
    }

    private End ReadCell(out bool closed)
    {
        closed = true;
        if (Peek() == '"')
        {
            _at++;
            closed = ReadQuoted();
        }

        while (true)
        {
            var rest = _buffer.AsSpan(_at, _length - _at);
            var stop = rest.IndexOfAny(delimiter, '\r', '\n');
            Keep(stop < 0 ? rest : rest[..stop]);
            if (stop >= 0)
            {
                var found = rest[stop];
                _at += stop + 1;
                if (found == delimiter)
                {
                    return End.Cell;
                }

                if (found == '\r' && Peek() == '\n')
                {
                    _at++;
                }

                return End.Row;
            }

            _at = _length;
            if (Peek() < 0)
            {
                return End.File;
            }
        }
    }

    private bool ReadQuoted()
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_at, _length - _at);
            var quote = rest.IndexOf('"');
            Keep(quote < 0 ? rest : rest[..quote]);
            _at += quote < 0 ? rest.Length : quote + 1;
            if (quote < 0)
            {
                continue;
            }

            if (Peek() != '"')
            {
                return true;
            }

            Keep("\"");
            _at++;
        }

        return false;
    }

    // One character more than allowed is kept, which shows that the cell is too long.
    private void Keep(ReadOnlySpan<char> text)
    {
        if (Skims)
        {
            text = text.TrimStart();
        }

        _cell.Append(text[..Math.Min(text.Length, Math.Max(0, (Skims ? 1 : limits.CellLength + 1) - _cell.Length))]);
    }

    private int Peek()
    {
        if (_at == _length)
        {
            _length = reader.Read(_buffer, 0, _buffer.Length);
            _at = 0;
        }

        return _at < _length ? _buffer[_at] : -1;
    }
}
