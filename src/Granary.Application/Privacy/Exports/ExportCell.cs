namespace Granary.Application.Privacy.Exports;

/// <summary>A cell: a text, or a number that stays one.</summary>
/// <param name="Text">The text; null leaves it empty where there is no number either.</param>
/// <param name="Number">The number.</param>
public readonly record struct ExportCell(string? Text, decimal? Number)
{
    /// <summary>A text.</summary>
    public static ExportCell Of(string? text) => new(text, null);

    /// <summary>A number.</summary>
    public static ExportCell Of(decimal? number) => new(null, number);
}

/// <summary>Writes rows into a file, forward and with bounded memory; a text that a spreadsheet would run gets an apostrophe (§18).</summary>
public abstract class ExportWriter : IDisposable
{
    /// <summary>The writer of a format.</summary>
    /// <param name="format">Format.</param>
    /// <param name="stream">Where it is written; left open.</param>
    public static ExportWriter Of(ExportFormat format, Stream stream) => format == ExportFormat.Csv ? new CsvExport(stream) : new SheetExport(stream);

    /// <summary>Media type of a format.</summary>
    public static string TypeOf(ExportFormat format) =>
        format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes a row.</summary>
    public abstract void Row(IReadOnlyList<ExportCell> cells);

    /// <summary>Writes what has gathered, so that it can be taken from the stream.</summary>
    public abstract void Flush();

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the file.</summary>
    protected abstract void Dispose(bool disposing);
}
