using System.Text;

namespace Granary.Application.Tests.Capture.Import;

public sealed class TextEncodingTests
{
    private const string Text = "姓名,公司名称,备注\n张三,北京纷扬科技有限公司,𠮷野家😀\n李四,上海某某有限公司,两点，四十分。\n";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8-bom")]
    [InlineData("utf-16le")]
    [InlineData("utf-16be")]
    [InlineData("utf-16le without mark")]
    [InlineData("utf-16be without mark")]
    [InlineData("gb18030")]
    public void An_encoding_is_recognised_and_every_character_kept(string name)
    {
        byte[] bytes = name switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(Text),
            "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)],
            "utf-16le" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)],
            "utf-16be" => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            "utf-16le without mark" => Encoding.Unicode.GetBytes(Text),
            "utf-16be without mark" => Encoding.BigEndianUnicode.GetBytes(Text),
            _ => Files.Gb18030.GetBytes(Text),
        };
        using var table = Files.Open(bytes);
        Assert.Equal(name.Split(' ')[0], table.Format.Encoding);
        Assert.Equal(["姓名", "公司名称", "备注"], table.Headings);
        var rows = table.Rows().ToList();
        Assert.Equal(["张三", "北京纷扬科技有限公司", "𠮷野家😀"], rows[0].Cells());
        Assert.All(rows, r => Assert.Empty(r.Errors));
    }

    [Fact]
    public void A_quoted_first_heading_after_a_mark_is_read()
    {
        using var table = Files.Open([0xEF, 0xBB, 0xBF, .. "\"姓名\",电话\n"u8]);
        Assert.Equal(["姓名", "电话"], table.Headings);
    }

    [Fact]
    public void Chinese_far_from_the_beginning_still_decides()
    {
        var ascii = "name,note\n" + string.Concat(Enumerable.Repeat("Smith,plain text\n", 300_000));
        using var table = Files.Open(Files.Gb18030.GetBytes(ascii + "张三,要求报价\n"));
        Assert.Equal("gb18030", table.Format.Encoding);
        Assert.Equal("张三", table.Rows().Last().Cells[0]);
    }

    [Fact]
    public void Characters_that_meet_the_border_of_a_block_are_whole()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var text = "h" + new string('x', shift) + ",n\n" + string.Concat(Enumerable.Repeat("纷扬😀,1\n", 60_000));
            Assert.All(Files.Read(text), r => Assert.Equal("纷扬😀", r.Cells[0]));
            Assert.All(Files.Read(Files.Gb18030.GetBytes(text)), r => Assert.Equal("纷扬😀", r.Cells[0]));
        }
    }

    [Fact]
    public void A_few_damaged_bytes_cost_their_row_only()
    {
        var text = string.Concat(Enumerable.Repeat("张三,需要报价\n", 100));
        var bytes = Encoding.UTF8.GetBytes("姓名,备注\n" + text).Concat<byte>([0xE5, 0xBC, (byte)',', (byte)'x', (byte)'\n']).Concat(Encoding.UTF8.GetBytes(text)).ToArray();
        var rows = Files.Read(bytes);
        Assert.Equal(201, rows.Count);
        var bad = Assert.Single(rows, r => r.Errors.Count > 0);
        Assert.Equal((102, "unreadable_characters", "姓名"), (bad.Number, bad.Errors[0].Code, bad.Errors[0].Heading));
    }

    [Fact]
    public void Damaged_GB18030_costs_its_row_only()
    {
        var text = string.Concat(Enumerable.Repeat("张三,需要报价\n", 100));
        byte[] bytes = [.. Files.Gb18030.GetBytes("姓名,备注\n" + text), 0xD5, (byte)'\n', .. Files.Gb18030.GetBytes(text)];
        var rows = Files.Read(bytes);
        Assert.Equal("unreadable_characters", Assert.Single(Assert.Single(rows, r => r.Errors.Count > 0).Errors).Code);
    }

    [Theory]
    [InlineData("windows-1252", "name,city\nMüller,Köln\nJosé,Málaga\nFrançois,Orléans\n")]
    [InlineData("big5", "姓名,公司,備註\n陳小明,台灣積體電路製造股份有限公司,請與我聯絡，謝謝您的協助\n")]
    [InlineData("shift_jis", "氏名,会社\n田中太郎,株式会社テスト\nお問い合わせありがとうございます,カタカナ\n")]
    public void Text_in_an_unknown_encoding_is_refused_rather_than_turned_into_other_characters(string encoding, string text) =>
        Assert.Equal("encoding_unknown", Files.Refused(CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text)).Code);

    [Fact]
    public void Half_a_character_is_refused()
    {
        byte[] bytes = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a,b\nx,"), 0x3D, 0xD8, .. Encoding.Unicode.GetBytes("y\n")];
        Assert.Equal("unreadable_characters", Assert.Single(Files.Read(bytes)[0].Errors).Code);
    }
}
