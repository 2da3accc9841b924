namespace Granary.Application.Capture.Import;

/// <summary>A row before headings are known.</summary>
/// <param name="Number">Number as a spreadsheet shows it.</param>
/// <param name="Cells">Cells up to the allowed number of columns.</param>
/// <param name="Width">Columns up to the last one with content, allowed or not.</param>
/// <param name="Faults">What was wrong with single cells.</param>
internal sealed record RawRow(int Number, IReadOnlyList<string?> Cells, int Width, IReadOnlyList<CellFault> Faults)
{
    public bool IsBlank => Width == 0 && Faults.Count == 0;
}

/// <summary>A cell that cannot be used; the column counts from 0.</summary>
internal readonly record struct CellFault(int Column, string Code);

/// <summary>Rows of a file, read forward once.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>Whether no more is asked of a row than whether it is blank.</summary>
    public bool Skims { get; set; }

    public abstract IEnumerable<RawRow> Read();

    public abstract void Dispose();
}
