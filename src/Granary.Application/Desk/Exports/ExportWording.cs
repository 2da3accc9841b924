using Granary.Application.Capture;
using Granary.Application.Settings;

namespace Granary.Application.Desk.Exports;

/// <summary>Puts what an export holds into words.</summary>
public sealed record ExportWording
{
    /// <summary>Heading of a column, one that an import knows again.</summary>
    public required Func<string, string> Heading { get; init; }

    /// <summary>A choice of a column's field in words; null leaves the cell empty.</summary>
    public required Func<string, Lead, string?> Word { get; init; }

    /// <summary>The mark: who took it out, when, under which number, how many rows.</summary>
    public required Func<string, string, Guid, int, string> Watermark { get; init; }
}

/// <summary>The words of a language, as the settings stand.</summary>
public delegate ExportWording ExportWordings(string language, Setting setting);
