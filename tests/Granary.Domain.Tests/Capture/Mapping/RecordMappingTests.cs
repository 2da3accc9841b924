using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class RecordMappingTests
{
    private static readonly RecordField[] Fields =
    [
        new("name", "公司名称 客户名称 company"), new("creditCode", "信用代码 creditcode"), .. RecordField.Of([new CustomField { Key = "level_x", Name = "等级", EnglishName = "Level X", Owner = CustomFieldOwner.Account }]),
    ];

    [Fact]
    public void Headings_are_guessed_in_both_languages_and_custom_fields_by_their_names()
    {
        var mapping = RecordMapping.Guess(["公司 名称", "Credit Code", "level x", "备用", "Company"], Fields);

        Assert.Equal(["name", "creditCode", "custom.level_x", null, null], mapping.Columns.Values);
    }

    [Fact]
    public void A_mapping_is_read_as_it_was_written_and_what_is_wrong_is_said()
    {
        var mapping = RecordMapping.Guess(["公司名称", "x"], Fields);

        Assert.Equal(mapping.Columns, RecordMapping.Read(mapping.Write()).Mapping!.Columns);
        Assert.Equal("unknown_field", Assert.Single(RecordMapping.Read("""{ "rows": 1 }""").Errors).Code);
        Assert.Equal("invalid_json", Assert.Single(RecordMapping.Read("nothing").Errors).Code);
        Assert.Equal(
            [("columns.b", "duplicate"), ("columns.c", "unknown_target")],
            new RecordMapping { Columns = new Dictionary<string, string?> { ["a"] = "name", ["b"] = "name", ["c"] = "moon", ["d"] = null } }.Validate(Fields).Select(e => (e.Field, e.Code)));
    }

    [Fact]
    public void Empty_cells_say_nothing_and_errors_are_placed_at_their_column()
    {
        var reader = new RecordReader(RecordMapping.Guess(["公司名称", "信用代码", "备用"], Fields), ["公司名称", "信用代码", "备用"]);
        var row = reader.Read(new TableRow(7, [" 纷扬 ", "-", "x"], [new RowError(7, RowCodes.CellHoldsError, "备用"), new RowError(7, RowCodes.CellTooLong, "信用代码")]));

        Assert.Equal(("纷扬", null), (row["name"], row["creditCode"]));
        Assert.Equal(RowCodes.CellTooLong, Assert.Single(row.Errors).Code);
        Assert.Equal(new RowError(7, "credit_code", "信用代码", "creditCode"), reader.Locate(row.Row, new Granary.Domain.Policies.FieldError("creditCode", "credit_code")));
    }

    [Theory]
    [InlineData("50万", 500_000.0)]
    [InlineData("¥1,200.50", 1200.5)]
    [InlineData("-20", null)]
    [InlineData("30-50万", null)]
    [InlineData("待定", null)]
    public void An_amount_is_one_figure(string cell, double? amount) =>
        Assert.Equal(((decimal?)amount is not null, (decimal?)amount ?? 0), RecordCell.TryAmount(cell, out var read) ? (true, read) : (false, 0));

    [Fact]
    public void Days_counts_sizes_and_lists_are_read_as_people_write_them()
    {
        Assert.True(RecordCell.TryDate("2026年11月", out var day) && day == new DateOnly(2026, 11, 30));
        Assert.True(RecordCell.TryCount("1,200人", out var count) && count == 1200);
        Assert.False(RecordCell.TryCount("100-200", out _));
        Assert.True(RecordCell.TrySize("大型", out var size) && size == CompanySize.Large);
        Assert.Equal(["甲，一期", "乙"], RecordCell.Several("甲，一期；乙"));
        Assert.Equal(["甲", "乙"], RecordCell.Several("甲、乙"));
    }
}
