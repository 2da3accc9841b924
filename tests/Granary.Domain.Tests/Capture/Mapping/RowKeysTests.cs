using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class RowKeysTests
{
    private static readonly ImportMapping Mapping = new()
    {
        Columns = new Dictionary<string, ColumnRule?> { ["姓名"] = ColumnRule.For("contact.name"), ["电话"] = ColumnRule.For("contact.phones") },
        Constants = new Dictionary<string, string> { ["channel"] = "展会" },
    };

    [Fact]
    public void An_extended_file_keeps_the_keys_of_its_old_rows() =>
        Prop.ForAll<(string, string)[], (string, string)[]>(static (old, added) =>
        {
            var before = Keys(Mapping, ["姓名", "电话"], old);
            var after = Keys(Mapping, ["姓名", "电话"], [.. old, .. added]);
            return before.SequenceEqual(after.Take(old.Length)) && after.Distinct().Count() == after.Count;
        }).Check(Run.Property);

    [Fact]
    public void Order_of_columns_unused_columns_and_spaces_do_not_matter()
    {
        var key = Keys(Mapping, ["姓名", "电话"], [("张三", "138")]);
        var other = new RowKeys(Mapping, ["电话", "备注", "姓名"]).Next(Rows.Of(9, " 138 ", "回访过", "张三"));
        Assert.Equal(key, [other]);
    }

    [Fact]
    public void Equal_rows_of_one_file_are_different_leads()
    {
        var keys = Keys(Mapping, ["姓名", "电话"], [("张三", "138"), ("张三", "138")]);
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public void Another_channel_is_another_lead()
    {
        var elsewhere = Mapping with { Constants = new Dictionary<string, string> { ["channel"] = "官网" } };
        Assert.NotEqual(Keys(Mapping, ["姓名", "电话"], [("张三", "138")]), Keys(elsewhere, ["姓名", "电话"], [("张三", "138")]));
    }

    [Fact]
    public void Cells_do_not_flow_into_each_other() =>
        Assert.NotEqual(Keys(Mapping, ["姓名", "电话"], [("ab", "c")]), Keys(Mapping, ["姓名", "电话"], [("a", "bc")]));

    private static List<string> Keys(ImportMapping mapping, string[] headings, (string, string)[] rows)
    {
        var keys = new RowKeys(mapping, headings);
        return [.. rows.Select((r, i) => keys.Next(Rows.Of(i + 2, r.Item1, r.Item2)))];
    }
}
