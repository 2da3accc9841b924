using System.Collections.Frozen;
using System.Text.Json;

namespace Granary.Domain.Capture.Mapping;

/// <summary>A field of a lead that a column can fill; the path is the API's.</summary>
public sealed record ImportTarget
{
    private const string CustomPrefix = "custom.";
    private const string TouchPrefix = "touches.";

    private static readonly FrozenDictionary<string, ImportTarget> Fixed =
        TargetWriters.All.Select(static w => new ImportTarget(w.Path, w.Many, w.Write)).ToFrozenDictionary(static t => t.Path, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, TouchKind> Kinds =
        Enum.GetValues<TouchKind>().ToFrozenDictionary(static k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()), StringComparer.Ordinal);

    private ImportTarget(string path, bool many, CellWriter write)
    {
        Path = path;
        Many = many;
        Write = write;
    }

    /// <summary>All targets with a fixed path, in the order in which they are offered; beside them <c>custom.{name}</c> and <c>touches.{kind}</c>.</summary>
    public static IReadOnlyList<ImportTarget> All { get; } = [.. TargetWriters.All.Select(static w => Fixed[w.Path])];

    /// <summary>The path, such as <c>contact.phones</c>.</summary>
    public string Path { get; }

    /// <summary>Whether several columns add up in this field; else the first filled one wins.</summary>
    public bool Many { get; }

    internal CellWriter Write { get; }

    /// <summary>The target of a path; null when there is none.</summary>
    public static ImportTarget? Find(string path)
    {
        if (Fixed.TryGetValue(path, out var target))
        {
            return target;
        }

        if (path.StartsWith(CustomPrefix, StringComparison.Ordinal) && path.Length > CustomPrefix.Length)
        {
            var name = path[CustomPrefix.Length..];
            return new ImportTarget(path, false, (SubmissionDraft draft, in MappedCell cell) => draft.SetCustom(name, cell.Value));
        }

        if (path.StartsWith(TouchPrefix, StringComparison.Ordinal) && Kinds.TryGetValue(path[TouchPrefix.Length..], out var kind))
        {
            return new ImportTarget(path, true, (SubmissionDraft draft, in MappedCell cell) => draft.AddTouches(kind, cell.Value));
        }

        return null;
    }
}

/// <summary>Writes a cell into the draft; null when it was taken, else a code of <see cref="RowCodes"/>.</summary>
internal delegate string? CellWriter(SubmissionDraft draft, in MappedCell cell);

/// <summary>A cell that is not empty, on its way into a field.</summary>
internal readonly record struct MappedCell(string Value, ColumnRule Rule, TimeZoneInfo Zone);
