using System.IO.Compression;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>The parts of a workbook by path, and the relations between them.</summary>
internal sealed class WorkbookArchive : IDisposable
{
    /// <summary>Most relations of a part, and most sheets.</summary>
    public const int MostRelations = 1_000;

    private readonly ZipArchive _zip;
    private readonly UnpackBudget _budget;

    public WorkbookArchive(Stream stream, ImportLimits limits)
    {
        ZipDirectory.Check(stream);
        _budget = new UnpackBudget(stream.Length, limits);
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read);
            if (_zip.Entries.Sum(static e => Math.Max(0, e.Length)) > limits.UnpackedBytes)
            {
                throw UnpackBudget.TooLarge(limits.UnpackedBytes);
            }
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }
    }

    /// <summary>Opens a part; null when there is none of that path.</summary>
    public PartReader? Open(string path)
    {
        var entry = _zip.GetEntry(path) ?? _zip.Entries.FirstOrDefault(e => e.FullName.Equals(path, StringComparison.OrdinalIgnoreCase));
        if (entry is null)
        {
            return null;
        }

        try
        {
            return new PartReader(new UnpackedPart(entry.Open(), _budget));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }
    }

    /// <summary>Relations of a part; of the package for an empty path.</summary>
    public IReadOnlyList<Relation> Relations(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        using var part = Open($"{path[..slash]}_rels/{path[slash..]}.rels");
        var relations = new List<Relation>();
        while (part?.Read() == true)
        {
            if (part.Starts("Relationship")
                && part.Attribute("Id") is { } id
                && part.Attribute("Type") is { } type
                && part.Attribute("Target") is { } target
                && part.Attribute("TargetMode") != "External")
            {
                if (relations.Count == MostRelations)
                {
                    throw UnpackBudget.TooMany(MostRelations);
                }

                relations.Add(new Relation(id, type[(type.LastIndexOf('/') + 1)..], Resolve(path[..slash], target)));
            }
        }

        return relations;
    }

    public void Dispose() => _zip.Dispose();

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        while (target.StartsWith("../", StringComparison.Ordinal))
        {
            target = target[3..];
            folder = folder.Length == 0 ? folder : folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)];
        }

        return folder + target;
    }

    /// <summary>A relation to another part.</summary>
    /// <param name="Id">Id within its source.</param>
    /// <param name="Kind">Last segment of its type, such as <c>worksheet</c>.</param>
    /// <param name="Path">Path of the part.</param>
    internal sealed record Relation(string Id, string Kind, string Path);
}
