using System.Buffers;
using System.Globalization;
using System.Text;
using Granary.Application.Capture.Import;

namespace Granary.Application.Privacy.Exports;

/// <summary>CSV in UTF-8 with a byte order mark, by which Excel knows the encoding.</summary>
internal sealed class CsvExport : ExportWriter
{
    private static readonly SearchValues<char> Cutting = SearchValues.Create(",;\"\r\n\t");

    private readonly StreamWriter _writer;

    public CsvExport(Stream stream) => _writer = new StreamWriter(stream, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\r\n" };

    public override void Row(IReadOnlyList<ExportCell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
            {
                _writer.Write(',');
            }

            if (cells[i].Number is { } number)
            {
                _writer.Write(number.ToString(CultureInfo.InvariantCulture));
            }
            else if (cells[i].Text is { Length: > 0 } text)
            {
                Text(SpreadsheetText.Neutral(text));
            }
        }

        _writer.WriteLine();
    }

    public override void Flush() => _writer.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _writer.Dispose();
        }
    }

    // Everything that a reader with another separator would cut is quoted.
    private void Text(string text)
    {
        if (text.AsSpan().IndexOfAny(Cutting) < 0)
        {
            _writer.Write(text);
            return;
        }

        _writer.Write('"');
        _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }
}
