using System.Globalization;
using System.Text.RegularExpressions;

namespace Granary.Application.Capture.Import;

/// <summary>Something about a file that a human should know; the file can be used.</summary>
/// <param name="Code">Stable code: <c>duplicate_heading</c>, <c>blank_heading</c> or <c>other_sheets_ignored</c>.</param>
/// <param name="Detail">The heading, or the names of the sheets.</param>
public sealed record FileWarning(string Code, string Detail);

/// <summary>Makes column names of the first row: each is there, and no two are alike.</summary>
internal static partial class Headings
{
    /// <exception cref="UnusableFileException"><c>too_many_columns</c>, <c>no_headings</c>.</exception>
    public static IReadOnlyList<string> Of(RawRow row, ImportLimits limits, List<FileWarning> warnings)
    {
        if (row.Width > limits.Columns)
        {
            throw new UnusableFileException(FileCodes.TooManyColumns, ("count", Text(row.Width)), ("limit", Text(limits.Columns)));
        }

        var names = new List<string>(row.Width);
        for (var i = 0; i < row.Width; i++)
        {
            names.Add(Tidy(row.Cells[i]));
        }

        if (names.Exists(static n => Contact().IsMatch(n)) || names.TrueForAll(static n => n.Length == 0 || Number().IsMatch(n)))
        {
            throw new UnusableFileException(FileCodes.NoHeadings, ("row", Text(row.Number)));
        }

        return Distinct(names, warnings);
    }

    /// <summary>The letter of a column, counted from 0: A … Z, AA …</summary>
    public static string Letter(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letter((column / 26) - 1) + (char)('A' + (column % 26));

    private static List<string> Distinct(List<string> names, List<FileWarning> warnings)
    {
        var taken = names.Where(static n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0)
            {
                names[i] = $"[{Letter(i)}]";
                warnings.Add(new FileWarning("blank_heading", names[i]));
            }

            if (seen.Add(names[i]))
            {
                continue;
            }

            var original = names[i];
            for (var n = 2; !seen.Add(names[i]); n++)
            {
                var candidate = $"{original} ({Text(n)})";
                names[i] = taken.Contains(candidate) ? original : candidate;
            }

            warnings.Add(new FileWarning("duplicate_heading", original));
        }

        return names;
    }

    // A heading may be broken over lines or padded; it is one line here.
    private static string Tidy(string? cell) =>
        cell is null ? "" : Gaps().Replace(cell, " ").Trim(' ', '\uFEFF', '\u200B', '*');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^((\+?86[- ]?)?1[3-9]\d{9}|[^\s@]+@[^\s@]+\.[^\s@]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Contact();

    [GeneratedRegex(@"^[-+]?[\d.,/:%]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Gaps();
}
