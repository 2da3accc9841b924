using Granary.Domain.Cleansing;

namespace Granary.Domain.Tests.Cleansing;

public sealed class BlacklistTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("13800138000", true)]
    [InlineData("0512-62345678-9", true)]
    [InlineData("13800138001", false)]
    public void A_phone_is_found_however_it_was_listed_and_whatever_its_extension(string typed, bool isListed)
    {
        var list = new Blacklist([Entry(BlacklistKind.Phone, "+86 138-0013-8000"), Entry(BlacklistKind.Phone, "051262345678")]);
        Assert.True(PhoneNumber.TryParse(typed, out var phone, out _));
        Assert.Equal(isListed, list.Find(phone, Now) is not null);
    }

    [Theory]
    [InlineData("spy@rival.example", BlacklistKind.Email)]
    [InlineData("other@rival.example", null)]
    [InlineData("any@spam.example", BlacklistKind.Domain)]
    [InlineData("any@mx.spam.example", BlacklistKind.Domain)]
    [InlineData("any@notspam.example", null)]
    public void An_address_is_found_by_itself_or_by_its_domain(string typed, BlacklistKind? kind)
    {
        var list = new Blacklist([Entry(BlacklistKind.Email, "Spy@Rival.example"), Entry(BlacklistKind.Domain, "@SPAM.example")]);
        Assert.True(EmailAddress.TryParse(typed, out var email, out _));
        Assert.Equal(kind, list.Find(email, Now)?.Kind);
    }

    [Theory]
    [InlineData("北京某某科技(集团)有限公司", true)]
    [InlineData("北京某某科技（集团） 有限公司", true)]
    [InlineData("北京某某科技有限公司", false)]
    public void A_company_is_found_by_its_whole_name_punctuation_aside(string name, bool isListed)
    {
        var list = new Blacklist([Entry(BlacklistKind.Company, "北京某某科技（集团）有限公司")]);
        Assert.Equal(isListed, list.FindCompany(name, Now) is not null);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.0/24")]
    [InlineData("203.0.113.200", "203.0.113.128/25")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.0/24")]
    [InlineData("198.51.100.1", "198.51.100.1/32")]
    [InlineData("198.51.100.2", null)]
    [InlineData("2001:db8:1::9", "2001:db8::/32")]
    [InlineData("2001:db9::9", null)]
    [InlineData("not an address", null)]
    public void An_address_is_found_in_the_narrowest_listed_range(string address, string? range)
    {
        var list = new Blacklist([
            Entry(BlacklistKind.Ip, "203.0.113.9/24"), Entry(BlacklistKind.Ip, "203.0.113.128/25"),
            Entry(BlacklistKind.Ip, "198.51.100.1"), Entry(BlacklistKind.Ip, "2001:db8::/32")]);
        Assert.Equal(range, list.FindAddress(address, Now)?.Value);
    }

    [Fact]
    public void An_entry_ends_when_it_expires_and_the_longer_of_two_counts()
    {
        Assert.True(PhoneNumber.TryParse("13800138000", out var phone, out _));
        var brief = new Blacklist([Entry(BlacklistKind.Phone, "13800138000", Now.AddHours(1))]);
        Assert.NotNull(brief.Find(phone, Now));
        Assert.Null(brief.Find(phone, Now.AddHours(1)));
        var both = new Blacklist([Entry(BlacklistKind.Phone, "13800138000"), Entry(BlacklistKind.Phone, "13800138000", Now)]);
        Assert.NotNull(both.Find(phone, Now));
    }

    [Theory]
    [InlineData(BlacklistKind.Phone, "123", "phone_length")]
    [InlineData(BlacklistKind.Email, "nobody", "email_syntax")]
    [InlineData(BlacklistKind.Domain, "nowhere", "email_domain")]
    [InlineData(BlacklistKind.Company, "（）", "company_name")]
    [InlineData(BlacklistKind.Ip, "203.0.113.0/33", "ip_range")]
    [InlineData(BlacklistKind.Ip, "203.0.113.0/-1", "ip_range")]
    [InlineData(BlacklistKind.Ip, " ", "required")]
    public void A_value_that_could_never_match_is_refused(BlacklistKind kind, string value, string code)
    {
        Assert.False(BlacklistEntry.TryCreate(kind, value, "恶意竞争", "李四", null, out _, out var error));
        Assert.Equal(("value", code), (error!.Field, error.Code));
    }

    [Fact]
    public void An_entry_needs_a_reason()
    {
        Assert.False(BlacklistEntry.TryCreate(BlacklistKind.Ip, "203.0.113.1", " ", "李四", null, out _, out var error));
        Assert.Equal(("reason", "required"), (error!.Field, error.Code));
    }

    private static BlacklistEntry Entry(BlacklistKind kind, string value, DateTimeOffset? expiresAt = null)
    {
        Assert.True(BlacklistEntry.TryCreate(kind, value, "恶意竞争", "李四", expiresAt, out var entry, out _));
        return entry!;
    }
}
