using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Tests.Capture.Import;

public sealed class WorkbookTests
{
    [Fact]
    public void A_sheet_is_read_with_texts_of_all_kinds()
    {
        var file = new Xlsx()
            .Shared("<t>姓名</t>", "<r><t>张</t></r><r><t xml:space=\"preserve\">三 </t></r><rPh><t>zhang</t></rPh>", "<t>𠮷野家😀</t>", "<t>a_x000D_b_x005F_x</t>")
            .Sheet("""
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>备注</t></is></c><c r="D1" t="str"><f>"是"&amp;"否"</f><v>是否</v></c></row>
                <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="D3" t="b"><v>1</v></c></row>
                <row><c t="s"><v>3</v></c><c><v>1</v></c></row>
                """)
            .Build();
        using var table = Files.Open(file, "leads.xlsx");
        Assert.Equal(("xlsx", "线索"), (table.Format.Kind, table.Format.Sheet));
        Assert.Equal(["姓名", "备注", "[C]", "是否"], table.Headings);
        var rows = table.Rows().ToList();
        Assert.Equal(["张三 ", "𠮷野家😀", "∅", "TRUE"], rows[0].Cells());
        Assert.Equal(["a\rb_x", "1"], rows[1].Cells());
        Assert.Equal([3, 4], rows.Select(r => r.Number));
    }

    [Theory]
    [InlineData("13800138000", "0", "13800138000")]
    [InlineData("1.3800138E10", "0", "13800138000")]
    [InlineData("0.30000000000000004", "0", "0.3")]
    [InlineData("-12.5", "0", "-12.5")]
    [InlineData("46328", "1", "2026-11-02")]
    [InlineData("46328.395833333336", "1", "2026-11-02 09:30:00")]
    [InlineData("46328.395833333336", "2", "2026-11-02 09:30:00")]
    [InlineData("0.395833333333333", "3", "09:30:00")]
    [InlineData("46328", "4", "46328")]
    [InlineData("1.5", "5", "1.5")]
    [InlineData("59", "1", "1900-02-28")]
    [InlineData("61", "1", "1900-03-01")]
    [InlineData("99999999", "1", "99999999")]
    public void Numbers_become_text_as_their_style_means_them(string value, string style, string text)
    {
        var file = new Xlsx()
            .Styles(
                """<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="165" formatCode="[Red]#,##0.00&quot;days&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/>""",
                """<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="21"/><xf numFmtId="165"/><xf numFmtId="166"/>""")
            .Sheet($"""<row r="1"><c t="str"><v>值</v></c></row><row r="2"><c s="{style}"><v>{value}</v></c></row>""")
            .Build();
        Assert.Equal([text], Assert.Single(Files.Read(file)).Cells());
    }

    [Fact]
    public void Days_of_a_workbook_may_count_from_1904()
    {
        var file = new Xlsx()
            .Sheets("""<sheet name="a" sheetId="1" r:id="s1"/>""", """<workbookPr date1904="1"/>""")
            .Styles("", """<xf numFmtId="14"/>""")
            .Sheet("""<row r="1"><c t="str"><v>日期</v></c></row><row r="2"><c s="0"><v>44866</v></c></row>""")
            .Build();
        Assert.Equal(["2026-11-02"], Assert.Single(Files.Read(file)).Cells());
    }

    [Fact]
    public void A_formula_has_the_value_it_was_saved_with_or_costs_its_row()
    {
        var rows = Files.Read(Xlsx.Of(
            """
            <row r="1"><c t="str"><v>金额</v></c><c t="str"><v>备注</v></c></row>
            <row r="2"><c r="A2"><f>SUM(1,2)</f><v>3</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>
            <row r="3"><c r="A3"><f>SUM(1,2)</f></c></row>
            <row r="4"><c r="A4"><f>WEBSERVICE("http://example.com")</f><v></v></c><c r="B4" t="str"><v>x</v></c></row>
            <row r="5"><c r="A5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
            """));
        Assert.Equal(["3"], rows[0].Cells());
        Assert.Empty(rows[0].Errors);
        Assert.Equal([new RowError(3, "formula_without_value", "金额")], rows[1].Errors);
        Assert.Equal([new RowError(4, "formula_without_value", "金额")], rows[2].Errors);
        Assert.Equal([new RowError(5, "cell_holds_error", "金额")], rows[3].Errors);
    }

    [Fact]
    public void The_first_visible_sheet_is_read_and_others_are_named()
    {
        var file = new Xlsx()
            .Sheets("""<sheet name="参数" sheetId="1" state="hidden" r:id="s1"/><sheet name="线索" sheetId="2" r:id="s2"/><sheet name="说明" sheetId="3" r:id="s1"/>""")
            .Sheet("""<row><c t="str"><v>hidden</v></c></row>""")
            .Sheet("""<row><c t="str"><v>姓名</v></c></row>""", 2)
            .Build();
        using var table = Files.Open(file);
        Assert.Equal(["姓名"], table.Headings);
        Assert.Equal(("other_sheets_ignored", "说明"), (table.Warnings[0].Code, table.Warnings[0].Detail));
    }

    [Fact]
    public void Control_characters_and_half_characters_are_refused()
    {
        var rows = Files.Read(Xlsx.Of(
            """
            <row r="1"><c t="str"><v>姓名</v></c></row>
            <row r="2"><c t="inlineStr"><is><t>a_x0007_</t></is></c></row>
            <row r="3"><c t="inlineStr"><is><t>a_xD83D_</t></is></c></row>
            """));
        Assert.Equal(["control_character", "unreadable_characters"], rows.Select(r => Assert.Single(r.Errors).Code));
    }

    [Fact]
    public void A_cell_far_to_the_right_makes_too_many_cells_and_not_many_cells()
    {
        var row = Assert.Single(Files.Read(Xlsx.Of("""<row r="1"><c t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="XFD2"><v>2</v></c></row>""")));
        Assert.Equal("too_many_cells", Assert.Single(row.Errors).Code);
        Assert.Single(row.Cells);
    }

    [Fact]
    public void Too_many_columns_of_a_workbook_are_refused() =>
        Assert.Equal("too_many_columns", Files.Refused(Xlsx.Of("""<row r="1"><c t="str"><v>a</v></c><c r="ZZ1" t="str"><v>b</v></c></row>""")).Code);

    [Fact]
    public void An_empty_workbook_is_refused() => Assert.Equal("empty_file", Files.Refused(Xlsx.Of("""<row r="1"><c r="A1" s="1"/></row>""")).Code);

    [Fact]
    public void An_archive_that_is_no_workbook_is_refused()
    {
        Assert.Equal("unknown_format", Files.Refused(new Xlsx().Part("_rels/.rels", "<Relationships/>").Build()).Code);
        Assert.Equal("unknown_format", Files.Refused(new Xlsx().Sheets("").Build()).Code);
    }

    [Fact]
    public void A_broken_workbook_is_refused()
    {
        var whole = Xlsx.Of("""<row r="1"><c t="str"><v>a</v></c></row>""");
        Assert.Equal("workbook_broken", Files.Refused(whole[..^100]).Code);
        Assert.Equal("workbook_broken", Files.Refused(new Xlsx().Build()).Code);
        Assert.Equal("workbook_broken", Files.Refused(Xlsx.Of("""<row r="1"><c t="str"><v>a</v></row>""")).Code);
        Assert.Equal("workbook_broken", Files.Refused(Xlsx.Of("""<row r="1"><c t="s"><v>7</v></c></row>""")).Code);
        Assert.Equal("workbook_broken", Files.Refused(Xlsx.Of("""<row r="1"><c r="ZZZZ1" t="str"><v>7</v></c></row>""")).Code);
    }

    [Fact]
    public void A_workbook_never_reads_outside_itself()
    {
        var file = new Xlsx().Part("xl/worksheets/sheet1.xml", """<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>""").Build();
        Assert.Equal("workbook_broken", Files.Refused(file).Code);
    }
}
