using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Granary.Application.Capture.Import;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Tests.Capture.Import;

public sealed class DelimitedFileTests
{
    [Theory]
    [InlineData("姓名,电话\n张三,138\n", ',')]
    [InlineData("姓名;电话\r\n张三;138,5\r\n", ';')]
    [InlineData("姓名\t电话\r张三\t138", '\t')]
    [InlineData("sep=|\r\n姓名|电话\r\n张三|138", '|')]
    [InlineData("姓名,\"需求;说明;备注\"\n张三,\"a;b;c\"\n李四,d", ',')]
    public void The_delimiter_is_found(string text, char delimiter)
    {
        using var table = Files.Open(text);
        Assert.Equal(delimiter, table.Format.Delimiter);
        Assert.Equal("姓名", table.Headings[0]);
        Assert.Equal("张三", table.Rows().First().Cells[0]);
    }

    [Fact]
    public void A_tsv_file_has_tabs_even_where_commas_are_more()
    {
        using var table = Files.Open("a\tb,c,d\n1\t2,3,4", "leads.tsv");
        Assert.Equal(("tsv", 2), (table.Format.Kind, table.Headings.Count));
    }

    [Fact]
    public void Quotes_hold_delimiters_line_breaks_and_quotes()
    {
        var rows = Files.Read("a,b,c\n\"1,5\",\"two\nlines\",\"say \"\"hi\"\"\"\n27\" screen,\"x\"y,\n");
        Assert.Equal(["1,5", "two\nlines", "say \"hi\""], rows[0].Cells());
        Assert.Equal(["27\" screen", "xy", "∅"], rows[1].Cells());
        Assert.Equal([2, 3], rows.Select(r => r.Number));
    }

    [Fact]
    public void Blank_rows_are_passed_over_and_still_counted()
    {
        var rows = Files.Read("\n  \na,b\n\n,\n1,2\n \n3,4\n\n");
        Assert.Equal([(6, "1"), (8, "3")], rows.Select(r => (r.Number, r.Cells[0]!)));
    }

    [Fact]
    public void A_short_row_is_complete_and_a_long_one_is_refused()
    {
        var rows = Files.Read("a,b\n1\n1,2,,\n1,2,,4\n");
        Assert.Empty(rows[0].Errors);
        Assert.Empty(rows[1].Errors);
        Assert.Equal([new RowError(4, "too_many_cells", null, null, "2")], rows[2].Errors);
    }

    [Fact]
    public void Control_characters_are_refused_with_row_and_column()
    {
        var rows = Files.Read("姓名,备注\n张三,a\u0007b\n李四,\"a\tb\nc\"\n王五,\u0085\n");
        Assert.Equal([new RowError(2, "control_character", "备注")], rows[0].Errors);
        Assert.Empty(rows[1].Errors);
        Assert.Equal("control_character", Assert.Single(rows[2].Errors).Code);
    }

    [Fact]
    public void An_open_quote_costs_its_row_and_not_the_memory()
    {
        var text = "a,b\n1,2\n3,\"four\n" + string.Concat(Enumerable.Repeat("5,6\n", 200_000));
        var rows = Files.Read(text);
        Assert.Equal(2, rows.Count);
        Assert.Contains(new RowError(3, "quote_not_closed", "b"), rows[1].Errors);
        Assert.Contains(new RowError(3, "cell_too_long", "b", null, "32767"), rows[1].Errors);
        Assert.True(rows[1].Cells[1]!.Length < 33_000);
    }

    [Fact]
    public void Repeated_and_blank_headings_get_names_of_their_own()
    {
        using var table = Files.Open("电话,,电话 (2),电话,\"公司\n名称\",电话\n1,2,3,4,5,6\n");
        Assert.Equal(["电话", "[B]", "电话 (2)", "电话 (3)", "公司 名称", "电话 (4)"], table.Headings);
        Assert.Equal(["blank_heading", "duplicate_heading", "duplicate_heading"], table.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        Assert.Equal("empty_file", Files.Refused("").Code);
        Assert.Equal("empty_file", Files.Refused(" \r\n\r\n , ,\r\n").Code);
        Assert.Equal("empty_file", Files.Refused([0xEF, 0xBB, 0xBF]).Code);
    }

    [Fact]
    public void Headings_without_rows_are_no_error()
    {
        using var table = Files.Open("姓名,电话");
        Assert.Equal(["姓名", "电话"], table.Headings);
        Assert.Empty(table.Rows());
    }

    [Theory]
    [InlineData("张三,13800138000\n李四,13900139000")]
    [InlineData("张三,zhang@example.com")]
    [InlineData("1,2,3")]
    public void A_file_without_headings_is_refused(string text) => Assert.Equal("no_headings", Files.Refused(text).Code);

    [Fact]
    public void Too_many_columns_are_refused_whatever_their_number()
    {
        var refused = Files.Refused(string.Join(',', Enumerable.Range(0, 201).Select(i => $"c{i}")));
        Assert.Equal(("too_many_columns", "201"), (refused.Code, refused.Facts["count"]));
        Assert.Equal("too_many_columns", Files.Refused("a" + new string(',', 5_000_000) + "b").Code);
    }

    [Theory]
    [InlineData("%PDF-1.7 ...")]
    [InlineData("<html><table><tr><td>姓名</td></tr></table>")]
    [InlineData("<?xml version='1.0'?><x/>")]
    [InlineData("a,b\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,2\n1,\0")]
    public void What_is_no_table_is_refused(string text) => Assert.Equal("unknown_format", Files.Refused(text).Code);

    [Fact]
    public void The_old_workbook_format_is_refused() =>
        Assert.Equal("unknown_format", Files.Refused([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "leads.xls").Code);

    [Fact]
    public void Rows_are_read_once()
    {
        using var table = Files.Open("a\nb");
        Assert.Single(table.Rows());
        Assert.Throws<InvalidOperationException>(() => table.Rows().Count());
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4")]
    [InlineData("a,b\n\n1,2\n , \n\t,\r\n3,4\n\n")]
    [InlineData("a,b\n\"1\n2\",3\n\" \",\n\"\",\"\"\n \"x\",")]
    [InlineData("a,b\n1,2\n\"never closed")]
    [InlineData("a,b\n\"")]
    [InlineData("a,b\n")]
    public void Rows_are_counted_as_they_are_read(string text)
    {
        using var table = Files.Open(text);
        Assert.Equal(Files.Read(text).Count, table.Count());
        Assert.Throws<InvalidOperationException>(table.Rows);
    }

    [Fact]
    public void What_is_written_with_quotes_is_read_back() =>
        Prop.ForAll<NonEmptyArray<string?>[]>(static rows =>
        {
            var width = rows.Length == 0 ? 1 : rows.Max(r => r.Get.Length);
            var text = new StringBuilder().AppendJoin(',', Enumerable.Range(0, width).Select(i => $"h{i}")).Append('\n');
            foreach (var row in rows)
            {
                text.AppendJoin(',', row.Get.Select(c => $"\"{c?.Replace("\"", "\"\"")}\"")).Append('\n');
            }

            var expected = rows.Where(r => r.Get.Any(c => !string.IsNullOrWhiteSpace(c))).Select(r => string.Join('|', r.Get.Select(c => c ?? "")));
            using var table = TableFile.Open(new MemoryStream(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text.ToString())).ToArray()), "x.csv");
            return table.Format.Delimiter != ',' || expected.SequenceEqual(table.Rows().Select(r => string.Join('|', r.Cells.Select(c => c ?? ""))));
        }).Check(Config.QuickThrowOnFailure);
}
