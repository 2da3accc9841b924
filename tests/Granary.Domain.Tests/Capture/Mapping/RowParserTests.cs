using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class RowParserTests
{
    [Fact]
    public void A_row_becomes_a_submission()
    {
        var lead = Parse(
            """
            { "columns": {
                "来源": "channel", "时间": "receivedAt", "编号": "externalId", "公司": "company.name", "地区": "company.region",
                "姓名": "contact.name", "手机": "contact.phones", "座机": "contact.phones", "邮箱": "contact.emails",
                "需求": "requirement", "备注": "requirement", "产品": "products", "访问": "touches.pageVisited", "部门": "custom.部门" } }
            """,
            ("来源", "官网 / 百度搜索"), ("时间", "2026-11-02 09:30"), ("编号", "A-1"), ("公司", " 北京纷扬科技有限公司　"), ("地区", "江苏/苏州"),
            ("姓名", "张三"), ("手机", "13800138000；13900139000"), ("座机", "010-88888888"), ("邮箱", "zhang@example.com"),
            ("需求", "采购 CRM"), ("备注", "𠮷野家也在用😀"), ("产品", "CRM、ERP,CRM"), ("访问", "6"), ("部门", "研发")).Submission!;

        Assert.Equal("官网/百度搜索", lead.Channel);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 1, 30, 0, TimeSpan.Zero), lead.ReceivedAt);
        Assert.Equal("A-1", lead.ExternalId);
        Assert.Equal("北京纷扬科技有限公司", lead.Company.Name);
        Assert.Equal(("江苏", "苏州"), (lead.Company.Province, lead.Company.City));
        Assert.Equal("张三", lead.Contact.Name);
        Assert.Equal(["13800138000", "13900139000", "010-88888888"], lead.Contact.Phones);
        Assert.Equal(["zhang@example.com"], lead.Contact.Emails);
        Assert.Equal("采购 CRM\n𠮷野家也在用😀", lead.Requirement);
        Assert.Equal(["CRM", "ERP"], lead.Products);
        Assert.Equal([new SubmittedTouch(TouchKind.PageVisited, null, 6)], lead.Touches);
        Assert.Equal("研发", lead.Custom["部门"]);
    }

    [Fact]
    public void A_field_takes_its_column_before_its_template_before_its_constant()
    {
        const string Mapping =
            """
            { "columns": { "a": "contact.name" }, "templates": { "contact.name": "from {b}" }, "constants": { "contact.name": "constant" } }
            """;
        Assert.Equal("column", Parse(Mapping, ("a", "column"), ("b", "template")).Submission!.Contact.Name);
        Assert.Equal("from template", Parse(Mapping, ("a", null), ("b", "template")).Submission!.Contact.Name);
        Assert.Equal("constant", Parse(Mapping, ("a", null), ("b", "  ")).Submission!.Contact.Name);
    }

    [Fact]
    public void Values_are_translated_and_missing_ones_count_as_empty()
    {
        const string Mapping =
            """
            { "columns": { "Budget": { "to": "budget.match", "values": { "Ja": "full", "Vielleicht": "partial", "egal": "" } },
                           "City": "company.city" },
              "missing": ["Select", "n/a"] }
            """;
        Assert.Equal(BudgetMatch.Full, Parse(Mapping, ("Budget", "JA"), ("City", "select")).Submission!.Budget.Match);
        Assert.Null(Parse(Mapping, ("Budget", "egal"), ("City", "Ｓelect")).Submission!.Company.City);
        Assert.Null(Parse(Mapping, ("Budget", "N/A"), ("City", "苏州")).Submission!.Budget.Match);
        Assert.Equal("unknown_value", Assert.Single(Parse(Mapping, ("Budget", "Nein"), ("City", "")).Errors).Code);
    }

    [Theory]
    [InlineData("官网", "百度", "官网/百度")]
    [InlineData("官网", null, "官网")]
    [InlineData("官网/百度", "搜狗", "官网/百度")]
    [InlineData("官网／百度", null, "官网/百度")]
    [InlineData(null, "百度", null)]
    public void Two_levels_make_a_channel(string? first, string? second, string? channel)
    {
        const string Mapping = """{ "columns": { "a": "channel.level1", "b": "channel.level2" } }""";
        Assert.Equal(channel, Parse(Mapping, ("a", first), ("b", second)).Submission!.Channel);
    }

    [Theory]
    [InlineData("江苏省苏州市", "江苏", "苏州")]
    [InlineData("江苏/苏州", "江苏", "苏州")]
    [InlineData("深圳", "广东", "深圳")]
    [InlineData("北京市", "北京", null)]
    [InlineData("Maharashtra/Mumbai", "Maharashtra", "Mumbai")]
    [InlineData("New York", "New York", null)]
    public void Province_and_city_may_share_a_cell(string cell, string province, string? city)
    {
        var company = Cell.Taken("company.region", cell).Company;
        Assert.Equal((province, city), (company.Province, company.City));
    }

    [Fact]
    public void Every_bad_cell_of_a_row_is_named()
    {
        const string Mapping = """{ "columns": { "时间": "receivedAt", "预算": "budget", "规模": "company.size", "姓名": "contact.name" } }""";
        var parsed = Parse(Mapping, ("时间", "昨天"), ("预算", "很多"), ("规模", "600人"), ("姓名", "张三"));
        Assert.Null(parsed.Submission);
        Assert.Equal(
            [new RowError(2, "invalid_date", "时间", "receivedAt"), new RowError(2, "invalid_amount", "预算", "budget")],
            parsed.Errors);
    }

    [Fact]
    public void A_fault_in_a_column_that_nothing_uses_does_not_matter()
    {
        var mapping = Read("""{ "columns": { "姓名": "contact.name" }, "templates": { "campaign": "{活动}" } }""");
        var parser = new RowParser(mapping, ["姓名", "活动", "其他"], Rows.Shanghai);
        var unused = new TableRow(2, ["张三", "展会", "x\u0001"], [new RowError(2, RowCodes.ControlCharacter, "其他")]);
        var used = new TableRow(3, ["张三", "展\u0001", "x"], [new RowError(3, RowCodes.ControlCharacter, "活动")]);
        var whole = new TableRow(4, ["张三", "展会", "x", "y"], [new RowError(4, RowCodes.TooManyCells)]);
        Assert.NotNull(parser.Parse(unused).Submission);
        Assert.Equal(used.Errors, parser.Parse(used).Errors);
        Assert.Equal(whole.Errors, parser.Parse(whole).Errors);
    }

    [Theory]
    [InlineData("1.38E+10")]
    [InlineData("13800138000；1.38e+10")]
    public void A_number_that_a_spreadsheet_rounded_is_refused(string cell) =>
        Assert.Equal(RowCodes.DigitsLost, Cell.Refused("contact.phones", cell));

    [Fact]
    public void A_number_that_a_data_frame_gave_a_decimal_place_is_mended() =>
        Assert.Equal(["13800138000"], Cell.Taken("contact.phones", "13800138000.0").Contact.Phones);

    [Fact]
    public void The_apostrophe_of_an_error_file_is_taken_off() =>
        Assert.Equal(["+8613800138000"], Cell.Taken("contact.phones", "'+8613800138000").Contact.Phones);

    [Theory]
    [InlineData("是", true)]
    [InlineData("No", false)]
    public void A_recorded_no_is_no_consent(string cell, bool given) =>
        Assert.Equal(given ? new Consent("sales_contact", null, null) : null, Cell.Taken("consent.given", cell).Consent);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("No", 0)]
    [InlineData("Yes", 1)]
    [InlineData("12.0", 12)]
    public void A_count_of_touches_is_a_number_or_an_answer(string cell, int count) =>
        Assert.Equal(count, Cell.Taken("touches.downloaded", cell).Touches.Sum(t => t.Count));

    [Theory]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("10001")]
    [InlineData("often")]
    public void What_is_no_count_is_refused(string cell) => Assert.Equal(RowCodes.NotANumber, Cell.Refused("touches.downloaded", cell));

    [Fact]
    public void Bounds_of_a_budget_may_stand_in_two_columns()
    {
        const string Mapping = """{ "columns": { "低": { "to": "budget.min", "unit": "万" }, "高": "budget.max" } }""";
        Assert.Equal(new Budget(300_000, 500_000, null), Parse(Mapping, ("低", "30"), ("高", "500,000")).Submission!.Budget);
    }

    [Theory]
    [InlineData("contact.phones[1]", "手机")]
    [InlineData("budget.min", "预算")]
    [InlineData("channel", "二级来源")]
    [InlineData("company.name", null)]
    public void What_is_wrong_with_a_field_is_said_of_its_column(string field, string? heading)
    {
        var mapping = Read("""{ "columns": { "手机": "contact.phones", "预算": "budget", "二级来源": "channel.level2" } }""");
        var parser = new RowParser(mapping, ["手机", "预算", "二级来源"], Rows.Shanghai);
        Assert.Equal(new RowError(7, "too_long", heading, field, "60"), parser.Locate(7, new FieldError(field, "too_long", "60")));
    }

    [Fact]
    public void Headings_are_found_whatever_their_case_width_and_punctuation()
    {
        var mapping = Read("""{ "columns": { "Company Name": "company.name" } }""");
        var parser = new RowParser(mapping, ["ｃompany_name"], Rows.Shanghai);
        Assert.Equal("华为", parser.Parse(Rows.Of(2, "华为")).Submission!.Company.Name);
    }

    private static ImportMapping Read(string json)
    {
        var (mapping, errors) = ImportMapping.Read(json);
        Assert.Empty(errors);
        return mapping!;
    }

    private static ParsedRow Parse(string mapping, params (string Heading, string? Cell)[] row) =>
        new RowParser(Read(mapping), [.. row.Select(c => c.Heading)], Rows.Shanghai).Parse(Rows.Of(2, [.. row.Select(c => c.Cell)]));
}
