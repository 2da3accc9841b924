using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class DuplicatePolicyTests
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    [Fact]
    public void The_built_in_policies_are_valid()
    {
        Assert.Empty(DuplicatePolicies.BuiltIn.Validate());
        Assert.Empty(DuplicatePolicy.Consumer.Validate());
    }

    [Fact]
    public void A_policy_survives_being_stored()
    {
        var policies = DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy("小程序", DuplicatePolicy.Consumer)] };

        var stored = JsonSerializer.Serialize(policies, Wire);
        var read = JsonSerializer.Deserialize<DuplicatePolicies>(stored, Wire)!;

        Assert.Equal(stored, JsonSerializer.Serialize(read, Wire));
        Assert.Contains("\"action\":\"convertToExisting\"", stored, StringComparison.Ordinal);
        Assert.Equal(90, read.For("小程序/商城").Rules[0].LookBackDays);
    }

    [Theory]
    [InlineData("小程序", "consumer")]
    [InlineData("小程序/商城", "consumer")]
    [InlineData("小程序商店/首页", "business")]
    [InlineData("官网/百度搜索", "business")]
    [InlineData(null, "business")]
    public void A_channel_has_the_policy_of_the_first_entry_that_covers_it(string? channel, string expected)
    {
        var policies = DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy("小程序", DuplicatePolicy.Consumer)] };

        Assert.Equal(expected, policies.For(channel).Name);
    }

    [Fact]
    public void A_broken_policy_tells_every_field()
    {
        var rule = DuplicatePolicy.Business.Rules[0];
        var policy = new DuplicatePolicy
        {
            Name = " ",
            Rules =
            [
                rule with { Keys = [] },
                rule with { Keys = [MatchKeyKind.Phone], LookBackDays = 0 },
                rule with { Name = "b", Action = DuplicateAction.Refresh, LookBackDays = 90 },
                rule with { Name = "c", CompanyLevel = MatchLevel.None },
            ],
        };

        Assert.Equal(
            [
                ("name", "required"),
                ("rules[0].keys", "required"),
                ("rules[1].keys", "not_allowed"),
                ("rules[1].lookBackDays", "out_of_range"),
                ("rules[1].name", "duplicate"),
                ("rules[2].lookBackDays", "not_allowed"),
                ("rules[2].action", "not_allowed"),
                ("rules[3].companyLevel", "out_of_range"),
            ],
            policy.Validate().Select(error => (error.Field, error.Code)));
    }

    [Fact]
    public void An_error_in_a_channels_policy_names_the_channel()
    {
        var policies = DuplicatePolicies.BuiltIn with
        {
            Channels = [new ChannelDuplicatePolicy("", DuplicatePolicy.Business with { Rules = [] })],
        };

        Assert.Equal(["channels[0].channel", "channels[0].policy.rules"], policies.Validate().Select(error => error.Field));
    }
}
