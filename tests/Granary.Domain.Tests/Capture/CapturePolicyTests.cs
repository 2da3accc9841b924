using System.Text.Json;
using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class CapturePolicyTests
{
    private static readonly CapturePolicy Policy = CapturePolicy.BuiltIn with
    {
        Channels = new Dictionary<string, RequiredFields>
        {
            ["展会"] = new(["company.name"]),
            ["展会/名单"] = new(["contact.name"]),
        },
    };

    [Theory]
    [InlineData("展会", "company.name")]
    [InlineData("展会/深圳", "company.name")]
    [InlineData(" 展会/名单 ", "contact.name")]
    [InlineData("展会场", "channel,contact.name,anyContact")]
    [InlineData("官网/百度搜索", "channel,contact.name,anyContact")]
    [InlineData(null, "channel,contact.name,anyContact")]
    public void The_most_exact_name_of_a_channel_chooses_the_set(string? channel, string fields) =>
        Assert.Equal(fields, string.Join(',', Policy.For(channel, isEnteredByStaff: false).Fields));

    [Fact]
    public void Leads_entered_by_staff_must_fill_both_sets() =>
        Assert.Equal(
            ["company.name", "company.industry", "company.size", "requirement"],
            Policy.For("展会", isEnteredByStaff: true).Fields);

    [Fact]
    public void Every_field_can_be_required_and_a_custom_one_too()
    {
        var all = new RequiredFields([.. RequiredFields.Known, "custom.地区"]);
        Assert.Empty(all.Validate("default"));
        Assert.Equal(all.Fields.Count, all.Missing(new LeadSubmission()).Count());
        Assert.Empty(new RequiredFields(["custom.地区"]).Missing(new LeadSubmission { Channel = "官网", Custom = new Dictionary<string, string> { ["地区"] = "华东" } }));
    }

    [Fact]
    public void A_channel_is_required_whatever_the_policy_says() =>
        Assert.Equal("channel", Assert.Single(new RequiredFields([]).Missing(new LeadSubmission())).Field);

    [Fact]
    public void A_name_that_no_field_bears_cannot_be_published()
    {
        Assert.Empty(Policy.Validate());
        var bad = Policy with { Default = new RequiredFields(["channel", "compny.name", "custom."]) };
        Assert.Equal(["default[1]", "default[2]"], bad.Validate().Select(static error => error.Field));
    }

    [Fact]
    public void The_policy_survives_being_stored()
    {
        var json = JsonSerializer.Serialize(Policy, JsonSerializerOptions.Web);
        Assert.Equivalent(Policy, JsonSerializer.Deserialize<CapturePolicy>(json, JsonSerializerOptions.Web), strict: true);
    }
}
