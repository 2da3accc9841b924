namespace Granary.Application.Capture.Import;

/// <summary>Bounds on what one file may ask of the server.</summary>
public sealed record ImportLimits
{
    /// <summary>The bounds in force unless a test narrows them.</summary>
    public static ImportLimits Default { get; } = new();

    /// <summary>Most columns.</summary>
    public int Columns { get; init; } = 200;

    /// <summary>Most characters in a cell; a spreadsheet's own bound.</summary>
    public int CellLength { get; init; } = 32_767;

    /// <summary>Most bytes that a workbook's parts may unpack to.</summary>
    public long UnpackedBytes { get; init; } = 500L << 20;

    /// <summary>Most bytes unpacked for each byte of the file, looked at once <see cref="RatioFrom"/> bytes are unpacked.</summary>
    public int UnpackRatio { get; init; } = 100;

    /// <summary>Unpacked bytes below which the ratio does not matter.</summary>
    public long RatioFrom { get; init; } = 32L << 20;

    /// <summary>Most bytes of texts shared between cells, which have to be kept in memory.</summary>
    public int SharedTextBytes { get; init; } = 96 << 20;

    /// <summary>Most rows of a workbook; a spreadsheet's own bound.</summary>
    public int WorkbookRows { get; init; } = 1_048_576;

    /// <summary>Most texts shared between cells.</summary>
    public int SharedTexts { get; init; } = 3_000_000;
}
