using Granary.Domain.Policies;

namespace Granary.Domain.Capture.Mapping;

/// <summary>A row of a file of accounts or opportunities.</summary>
/// <param name="Row">The row as it stands in the file.</param>
/// <param name="Values">Its filled cells by path of their field, trimmed.</param>
/// <param name="Errors">Why it cannot be read; none when it can.</param>
public sealed record RecordRow(TableRow Row, IReadOnlyDictionary<string, string> Values, IReadOnlyList<RowError> Errors)
{
    /// <summary>What a field says; null where its cell is empty.</summary>
    public string? this[string path] => Values.GetValueOrDefault(path);
}

/// <summary>Reads rows by a mapping; columns the file lacks are passed over.</summary>
public sealed class RecordReader
{
    private static readonly HashSet<string> Missing = new(["-", "--", "—", "/", "n/a", "na", "null", "无", "暂无"], StringComparer.Ordinal);

    private readonly (int At, string Path, string Heading)[] _columns;

    /// <summary>A reader for files with these headings.</summary>
    public RecordReader(RecordMapping mapping, IReadOnlyList<string> headings)
    {
        var index = new HeadingIndex(headings);
        _columns = [.. mapping.Columns.Where(c => c.Value is not null).Select(c => (At: index.Find(c.Key), Path: c.Value!, c.Key)).Where(c => c.At >= 0).Select(c => (c.At, c.Path, headings[c.At]))];
    }

    /// <summary>Reads a row. What is wrong with a cell that no field needs is passed over.</summary>
    public RecordRow Read(TableRow row)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (at, path, _) in _columns)
        {
            if (row.Cell(at) is { } cell && !Missing.Contains(CellText.Fold(cell)))
            {
                values[path] = cell;
            }
        }

        return new RecordRow(row, values, [.. row.Errors.Where(e => e.Heading is null || _columns.Any(c => c.Heading == e.Heading))]);
    }

    /// <summary>What is wrong with a field as an error of its row and column.</summary>
    public RowError Locate(TableRow row, FieldError error)
    {
        var path = error.Field.Split('[')[0];
        var heading = _columns.FirstOrDefault(c => c.Path == path).Heading;
        return new RowError(row.Number, error.Code, heading, path.Length == 0 ? null : path, error.Limit);
    }
}

/// <summary>Cells as people write them; each answers whether the cell could be read.</summary>
public static class RecordCell
{
    /// <summary>An amount of money: <c>50万</c>, <c>¥500,000</c>; a range is none.</summary>
    public static bool TryAmount(string cell, out decimal amount)
    {
        var read = AmountCell.Read(cell, null, out var min, out var max) is null && min is not null && min == max;
        amount = min ?? 0;
        return read;
    }

    /// <summary>A day; a month without a day is its last day.</summary>
    public static bool TryDate(string cell, out DateOnly day) => DateCell.TryDate(cell, null, out day);

    /// <summary>A whole number: <c>1,200</c>, <c>300人</c>; a range is none.</summary>
    public static bool TryCount(string cell, out int count)
    {
        var read = NumberRange.TryParse(cell, ["人", "名"], 1, out var range) && range.Min is { } min && min == range.Max && min == decimal.Truncate(min) && min is >= int.MinValue and <= int.MaxValue;
        count = read ? (int)range.Min!.Value : 0;
        return read;
    }

    /// <summary>A size class in words: <c>大型</c>, <c>medium</c>.</summary>
    public static bool TrySize(string cell, out CompanySize size) => ChoiceCell.TrySize(cell, out size);

    /// <summary>A cell with several values, by semicolons and line breaks; where it has none of them, by 、 and the bar.</summary>
    public static IReadOnlyList<string> Several(string cell) =>
        [.. cell.Split(cell.IndexOfAny(['\n', ';', '；']) >= 0 ? ['\n', '\r', ';', '；'] : new[] { '、', '|' }, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Letters and digits of a word, folded, as names are compared.</summary>
    public static string Folded(string word) => CellText.Fold(word);
}
