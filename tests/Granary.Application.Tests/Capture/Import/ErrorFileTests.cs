using System.Text;
using Granary.Application.Capture.Import;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Tests.Capture.Import;

public sealed class ErrorFileTests
{
    [Fact]
    public void Rows_left_out_are_written_with_number_and_reason()
    {
        var text = Write(
            ["姓名", "备注"],
            (new TableRow(7, ["张三", "a,\"b\"\nc"], []), [new RowError(7, "invalid_date", "时间", "receivedAt"), new RowError(7, "too_many_cells")]));
        Assert.Equal("\uFEFF姓名,备注,行号,原因\r\n张三,\"a,\"\"b\"\"\nc\",7,invalid_date; too_many_cells\r\n", text);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+8613800138000")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("＝1+1")]
    public void Cells_that_a_spreadsheet_would_run_are_neutralised_and_come_back_as_they_were(string cell)
    {
        var text = Write(["=姓名"], (new TableRow(2, [cell], []), [new RowError(2, "x")]));
        Assert.StartsWith("\uFEFF'=姓名,", text, StringComparison.Ordinal);
        using var table = Files.Open(text);
        var row = Assert.Single(table.Rows());
        Assert.Equal("'" + cell, row.Cells[0]);
        var mapping = new ImportMapping { Columns = new Dictionary<string, ColumnRule?> { [table.Headings[0]] = ColumnRule.For("contact.name") } };
        Assert.Equal(cell.Trim(), new RowParser(mapping, table.Headings, TimeZoneInfo.Utc).Parse(row).Submission!.Contact.Name);
    }

    private static string Write(string[] headings, params (TableRow Row, RowError[] Errors)[] rows)
    {
        var stream = new MemoryStream();
        using (var file = new ErrorFile(stream, headings, "行号", "原因", e => e.Code))
        {
            foreach (var (row, errors) in rows)
            {
                file.Add(row, errors);
            }

            Assert.Equal(rows.Length, file.Count);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
