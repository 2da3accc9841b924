using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

/// <summary>A file of one column and one row, and what becomes of its cell.</summary>
internal static class Cell
{
    public static LeadSubmission Taken(string target, string cell) => Taken(ColumnRule.For(target), cell);

    public static LeadSubmission Taken(ColumnRule rule, string cell)
    {
        var parsed = Parse(rule, cell);
        Assert.Empty(parsed.Errors);
        return parsed.Submission!;
    }

    public static string Refused(string target, string cell) => Refused(ColumnRule.For(target), cell);

    public static string Refused(ColumnRule rule, string cell)
    {
        var parsed = Parse(rule, cell);
        Assert.Null(parsed.Submission);
        var error = Assert.Single(parsed.Errors);
        Assert.Equal((2, "column", rule.To), (error.Row, error.Heading, error.Field));
        return error.Code;
    }

    private static ParsedRow Parse(ColumnRule rule, string cell)
    {
        var mapping = new ImportMapping { Columns = new Dictionary<string, ColumnRule?> { ["column"] = rule } };
        return new RowParser(mapping, ["column"], Rows.Shanghai).Parse(Rows.Of(2, cell));
    }
}

/// <summary>Rows as a file would give them.</summary>
internal static class Rows
{
    public static TimeZoneInfo Shanghai { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static TableRow Of(int number, params string?[] cells) => new(number, cells, []);
}
