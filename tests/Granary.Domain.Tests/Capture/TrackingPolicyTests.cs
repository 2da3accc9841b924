using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class TrackingPolicyTests
{
    private static readonly TrackingPolicy Policy = TrackingPolicy.BuiltIn with { RedirectHosts = ["example.com"], Origins = ["https://www.example.com"] };

    [Theory]
    [InlineData("https://example.com/a?b=c", true)]
    [InlineData("https://www.EXAMPLE.com/", true)]
    [InlineData("/f/trial", true)]
    [InlineData("/f/", false)]
    [InlineData("/f/../settings", false)]
    [InlineData("/settings", false)]
    [InlineData("//evil.com/", false)]
    [InlineData("http://example.com/", false)]
    [InlineData("https://example.com.evil.com/", false)]
    [InlineData("https://notexample.com/", false)]
    [InlineData("https://example.com@evil.com/", false)]
    [InlineData("https://evil.com/?https://example.com", false)]
    [InlineData("https://evil.com\\@example.com/", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://example.com/ x", false)]
    public void A_link_leads_to_forms_of_ours_and_to_listed_hosts_only(string address, bool allowed) => Assert.Equal(allowed, Policy.AllowsTarget(address));

    [Theory]
    [InlineData("https://www.example.com", true)]
    [InlineData("https://example.com", false)]
    [InlineData("http://www.example.com", false)]
    [InlineData("null", false)]
    public void Only_listed_origins_report_touches(string origin, bool allowed) => Assert.Equal(allowed, Policy.AllowsOrigin(origin));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "zh-CN", false)]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605.1.15 MicroMessenger/8.0", "zh-CN", false)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1)", "en", true)]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0)", "zh-CN", true)]
    [InlineData("curl/8.5.0", "en", true)]
    [InlineData("Mozilla/5.0 HeadlessChrome/120.0", "en", true)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0)", null, true)]
    [InlineData("", "en", true)]
    [InlineData(null, "en", true)]
    public void Programs_are_known_by_their_name_or_by_what_they_do_not_say(string? agent, string? languages, bool program) => Assert.Equal(program, Policy.IsProgram(agent, languages));

    [Fact]
    public void Hosts_and_origins_are_checked_when_it_is_saved()
    {
        Assert.Empty(TrackingPolicy.BuiltIn.Validate());
        Assert.Empty(Policy.Validate());
        var errors = (Policy with { RedirectHosts = ["https://example.com", "localhost"], Origins = ["www.example.com", "https://a.com/path"], TouchesPerMinute = 0 }).Validate();
        Assert.Equal(["redirectHosts[0]", "redirectHosts[1]", "origins[0]", "origins[1]", "touchesPerMinute"], errors.Select(e => e.Field));
    }
}
