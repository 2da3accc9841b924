using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;

namespace Granary.Domain.Tests.Privacy;

public sealed class MaskRuleTests
{
    [Theory]
    [InlineData("+8613800138000", "138****8000")]
    [InlineData("+8651262345678", "0512-****5678")]
    [InlineData("+863106234567", "0310-****567")]
    [InlineData("+85212345678", "+852****5678")]
    [InlineData("+6591234567", "+659****567")]
    [InlineData("+864001234567", "400****567")]
    public void A_phone_shows_its_first_three_and_last_four_digits(string e164, string shown) =>
        Assert.Equal(shown, new PhoneNumber(e164, "8001").Masked(ContactMasks.BuiltIn.Phone));

    [Theory]
    [InlineData("z@example.com", "***@example.com")]
    [InlineData("zhang@example.com", "z***@example.com")]
    [InlineData("𠮷田@example.com", "𠮷***@example.com")]
    public void An_address_shows_its_first_character_and_its_domain(string value, string shown) =>
        Assert.Equal(shown, new EmailAddress(value).Masked(ContactMasks.BuiltIn.Email));

    [Theory]
    [InlineData("wxid_cat", "w***t")]
    [InlineData("36128", "3***8")]
    public void A_wechat_id_shows_its_ends(string value, string shown) => Assert.Equal(shown, new WeChatId(value).Masked(ContactMasks.BuiltIn.WeChat));

    [Theory]
    [InlineData("+8613800138000", "***")]
    [InlineData("+8651262345678", "***")]
    public void What_is_hidden_shows_nothing(string e164, string shown)
    {
        Assert.Equal(shown, new PhoneNumber(e164, null).Masked(ContactMasks.Hidden.Phone));
        Assert.Equal(shown, new EmailAddress("z@example.com").Masked(ContactMasks.Hidden.Email));
        Assert.Equal(shown, new WeChatId("wxid_cat").Masked(ContactMasks.Hidden.WeChat));
    }

    [Fact]
    public void An_area_code_is_the_beginning_of_its_number()
    {
        Assert.Equal("****5678", new PhoneNumber("+8651262345678", null).Masked(new MaskRule(0, 4)));
        Assert.Equal("010-********", new PhoneNumber("+861062345678", null).Masked(new MaskRule(3)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("12345678")]
    [InlineData("13800138000")]
    [InlineData("𠮷𠮷𠮷𠮷𠮷")]
    [InlineData("👩‍👩‍👧x")]
    [InlineData("é́é́")]
    public void Whatever_the_rule_says_at_least_half_or_four_characters_stay_hidden(string value)
    {
        for (var first = -1; first <= MaskRule.Most; first++)
        {
            for (var last = -1; last <= MaskRule.Most; last++)
            {
                var rule = new MaskRule(first, last);
                foreach (var shown in new[] { rule.Apply(value), rule.ApplyToDigits(value) })
                {
                    var left = shown.Replace("*", "", StringComparison.Ordinal);
                    var (whole, seen) = (Characters(value), Characters(left));
                    Assert.True(seen <= Math.Max(0, whole - Math.Min(4, (whole + 1) / 2)), $"{value} {rule} {shown}");
                    Assert.Contains('*', shown);
                    // No character is cut in two.
                    Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown)));
                    Assert.Equal(left, string.Concat(value[..Head(shown)], value[(value.Length - (left.Length - Head(shown)))..]));
                }
            }
        }
    }

    [Fact]
    public void A_place_follows_the_default_until_it_has_masks_of_its_own()
    {
        var policy = MaskingPolicy.BuiltIn with { Places = new Dictionary<MaskPlace, ContactMasks> { [MaskPlace.Pool] = ContactMasks.Hidden } };
        Assert.Same(policy.Default, policy.At(MaskPlace.List));
        Assert.True(policy.At(MaskPlace.Pool).Phone.Hidden);
        Assert.Empty(policy.Validate());
    }

    [Fact]
    public void Numbers_out_of_range_are_named_at_their_place()
    {
        var policy = new MaskingPolicy
        {
            Default = new ContactMasks { Phone = new MaskRule(21, -1) },
            Places = new Dictionary<MaskPlace, ContactMasks> { [MaskPlace.Export] = new() { WeChat = new MaskRule(0, 99) } },
            DailyReveals = new Dictionary<string, int> { ["sdr"] = -1 },
        };
        Assert.Equal(
            ["default.phone.first", "default.phone.last", "places.export.weChat.last", "dailyReveals.sdr"],
            policy.Validate().Select(e => e.Field));
    }

    [Fact]
    public void The_greatest_number_of_somebodys_roles_counts_and_other_roles_are_not_limited()
    {
        var policy = new MaskingPolicy { DailyReveals = new Dictionary<string, int> { ["sdr"] = 50, ["sales_representative"] = 100 } };
        Assert.Equal(100, policy.DailyLimit(["sdr", "sales_representative", "delivery"]));
        Assert.Null(policy.DailyLimit(["sales_supervisor"]));
    }

    [Fact]
    public void Supervisors_are_told_once_at_the_first_look_above_eighty_of_a_hundred()
    {
        var told = Enumerable.Range(0, 100).Where(used => new RevealQuota(100, used, default).NextIsMany);
        Assert.Equal([80], told);
        Assert.False(new RevealQuota(null, 1000, default).NextIsMany);
        Assert.Equal((0, 20, (int?)null), (new RevealQuota(100, 105, default).Left, new RevealQuota(100, 80, default).Left, new RevealQuota(null, 3, default).Left));
    }

    private static int Characters(string text) => System.Globalization.StringInfo.ParseCombiningCharacters(text).Length;

    private static int Head(string shown) => shown.IndexOf('*', StringComparison.Ordinal);
}
