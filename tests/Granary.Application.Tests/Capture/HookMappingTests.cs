using System.Text.Json;
using Granary.Application.Capture;
using Granary.Domain.Capture;

namespace Granary.Application.Tests.Capture;

public sealed class HookMappingTests
{
    private static readonly Dictionary<string, string> Mapping = new()
    {
        ["contact.name"] = "data.user.name",
        ["contact.phones"] = "$.data.phones",
        ["company.size"] = "data.answers[1].value",
        ["budget"] = "data.budget",
        ["keyword"] = "data.missing.word",
    };

    [Fact]
    public void Values_are_found_by_their_paths_and_read_as_cells_are()
    {
        using var delivery = JsonDocument.Parse(
            """{ "data": { "user": { "name": "王敏" }, "phones": ["13800138000", "010-62511111"], "answers": [ {"value": 1}, {"value": "大型"} ], "budget": "30万" } }""");

        var read = HookMapping.Read(Mapping, delivery.RootElement, TimeZoneInfo.Utc).Submission!;

        Assert.Equal("王敏", read.Contact.Name);
        Assert.Equal(["13800138000", "010-62511111"], read.Contact.Phones);
        Assert.Equal(CompanySize.Large, read.Company.Size);
        Assert.Equal(300_000, read.Budget.Max);
        Assert.Null(read.Keyword);
    }

    [Fact]
    public void A_value_that_cannot_be_read_names_its_field()
    {
        using var delivery = JsonDocument.Parse("""{ "data": { "budget": "看情况" } }""");

        var error = Assert.Single(HookMapping.Read(Mapping, delivery.RootElement, TimeZoneInfo.Utc).Errors);

        Assert.Equal("budget", error.Field);
    }

    [Theory]
    [InlineData("nothing", "data.name", "unknown_target")]
    [InlineData("contact.name", " ", "required")]
    [InlineData("contact.name", "data..name", "invalid_format")]
    [InlineData("contact.name", "data[x]", "invalid_format")]
    [InlineData("contact.name", "data[0", "invalid_format")]
    public void A_mapping_that_leads_nowhere_is_refused(string field, string path, string code) =>
        Assert.Equal((field, code), HookMapping.Validate(new Dictionary<string, string> { [field] = path }).Select(e => (e.Field["mapping.".Length..], e.Code)).Single());
}
