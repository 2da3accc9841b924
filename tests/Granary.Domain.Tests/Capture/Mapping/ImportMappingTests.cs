using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Domain.Tests.Capture.Mapping;

public sealed class ImportMappingTests
{
    [Fact]
    public void A_mapping_is_the_same_after_writing_and_reading()
    {
        var (mapping, _) = ImportMapping.Read(
            """
            { "columns": { "a": "contact.name", "b": { "to": "budget", "unit": "万" }, "c": null },
              "constants": { "channel": "官网" }, "templates": { "campaign": "{{{a}}}" }, "missing": ["-"] }
            """);
        var (again, errors) = ImportMapping.Read(mapping!.Write());
        Assert.Empty(errors);
        Assert.Equal(mapping.Write(), again!.Write());
        Assert.Equal("万", again.Columns["b"]!.Unit);
        Assert.Null(again.Columns["c"]);
    }

    [Theory]
    [InlineData("""{ "columns": { "a": "contact.nme" } }""", "columns.a", "unknown_target")]
    [InlineData("""{ "columns": { "a": "touches.danced" } }""", "columns.a", "unknown_target")]
    [InlineData("""{ "columns": { "a": "custom." } }""", "columns.a", "unknown_target")]
    [InlineData("""{ "columns": { "a": { "to": "budget", "unit": "斤" } } }""", "columns.a.unit", "unknown_unit")]
    [InlineData("""{ "columns": { "a": { "to": "tags", "split": "" } } }""", "columns.a.split", "required")]
    [InlineData("""{ "columns": { "a": { "to": "receivedAt", "format": "d" } } }""", "columns.a.format", "invalid_format")]
    [InlineData("""{ "constants": { "colour": "red" } }""", "constants.colour", "unknown_target")]
    [InlineData("""{ "constants": { "channel": " " } }""", "constants.channel", "required")]
    [InlineData("""{ "templates": { "contact.name": "x {a" } }""", "templates.contact.name", "invalid_template")]
    [InlineData("""{ "templates": { "contact.name": "{}" } }""", "templates.contact.name", "invalid_template")]
    [InlineData("""{ "columns": null }""", "$", "required")]
    [InlineData("""{ "column": {} }""", "$.column", "unknown_field")]
    [InlineData("""{ "columns": { "a": { "to": "tags", "splt": ";" } } }""", "$.columns.a", "unknown_field")]
    [InlineData("""{ "columns": { "a": { } } }""", "$.columns.a", "invalid_json")]
    [InlineData("""{ "columns": """, "$", "invalid_json")]
    [InlineData("null", "$", "invalid_json")]
    public void A_wrong_mapping_is_refused_with_the_place(string json, string field, string code)
    {
        var (mapping, errors) = ImportMapping.Read(json);
        Assert.Null(mapping);
        var error = Assert.Single(errors);
        Assert.Equal((code, true), (error.Code, error.Field.StartsWith(field, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_every_lead_needs_is_named_when_nothing_supplies_it()
    {
        var (mapping, _) = ImportMapping.Read("""{ "columns": { "姓名": "contact.name", "电话": "contact.phones" } }""");
        Assert.Equal(["channel"], mapping!.Unsupplied(["姓名", "电话"], RequiredFields.BuiltIn));
        Assert.Equal(
            ["channel", RequiredFields.AnyContact],
            mapping.Unsupplied(["姓名"], RequiredFields.BuiltIn));
        Assert.Equal(["电话"], mapping.Absent(["姓名"]));
    }

    [Fact]
    public void Constants_and_templates_supply_fields_too()
    {
        var (mapping, _) = ImportMapping.Read(
            """{ "columns": { "微信": "contact.wechat" }, "constants": { "channel.level1": "展会" }, "templates": { "contact.name": "客户 {编号}" } }""");
        Assert.Empty(mapping!.Unsupplied(["微信", "编号"], RequiredFields.BuiltIn));
        Assert.Equal(["contact.name"], mapping.Unsupplied(["微信"], RequiredFields.BuiltIn));
    }

    [Fact]
    public void Every_field_that_can_be_required_can_be_supplied()
    {
        var mapping = new ImportMapping
        {
            Columns = ImportTarget.All.ToDictionary(t => t.Path, ColumnRule? (t) => ColumnRule.For(t.Path)),
        };
        Assert.Empty(mapping.Unsupplied([.. ImportTarget.All.Select(t => t.Path)], new RequiredFields(RequiredFields.Known)));
    }

    [Fact]
    public void A_fingerprint_knows_a_kind_of_file_by_its_headings()
    {
        var one = MappingFingerprint.Of(["姓名", "Phone Number"]);
        Assert.Equal(one, MappingFingerprint.Of(["phone_number", "姓名"]));
        Assert.NotEqual(one, MappingFingerprint.Of(["姓名"]));
        Assert.NotEqual(one, MappingFingerprint.Of(["姓名", "Phone Number", "备注"]));
        Assert.Equal(64, one.Length);
    }
}
