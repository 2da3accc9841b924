using System.Text;
using Granary.Domain.People;

namespace Granary.Domain.Tests.People;

/// <summary>The vectors of RFC 6238 and RFC 4648.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void A_code_is_what_every_app_shows(long second, string code) => Assert.Equal(code, Totp.Code(Secret, Totp.Step(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void A_phone_may_be_half_a_minute_off(int seconds, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Assert.Equal(accepted, Totp.Match(Secret, Totp.Code(Secret, Totp.Step(now.AddSeconds(seconds))), now, 0) is not null);
    }

    [Fact]
    public void A_code_that_was_used_counts_no_more_and_neither_do_earlier_ones()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var code = Totp.Code(Secret, Totp.Step(now));
        var used = Totp.Match(Secret, code[..3] + " " + code[3..], now, 0);
        Assert.Equal(Totp.Step(now), used);
        Assert.Null(Totp.Match(Secret, code, now, used!.Value));
        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, Totp.Step(now) - 1), now, used.Value));
        Assert.NotNull(Totp.Match(Secret, Totp.Code(Secret, Totp.Step(now) + 1), now, used.Value));
    }

    [Fact]
    public void The_address_names_the_organisation_and_the_person() => Assert.Equal(
        "otpauth://totp/%E5%BD%92%E4%BB%93:wang%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%BD%92%E4%BB%93",
        Totp.Address("归仓", "wang@example.com", Secret));

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_that_of_the_standard(string plain, string written)
    {
        Assert.Equal(written, Base32.Write(Encoding.ASCII.GetBytes(plain)));
        Assert.Equal(plain, Encoding.ASCII.GetString(Base32.Read(written.ToLowerInvariant())!));
    }

    [Fact]
    public void What_is_not_base_32_is_told() => Assert.Null(Base32.Read("MZXW0"));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome · Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50", "WeChat · iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari · macOS")]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData(null, "")]
    public void A_browser_is_told_in_few_words(string? agent, string name) => Assert.Equal(name, AgentName.Of(agent));
}
