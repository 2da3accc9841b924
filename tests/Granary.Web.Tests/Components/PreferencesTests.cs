using Granary.Web.Components;

namespace Granary.Web.Tests.Components;

public sealed class PreferencesTests
{
    [Theory]
    [InlineData("/leads?q=%E5%8C%97%E4%BA%AC", "/leads?q=%E5%8C%97%E4%BA%AC")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("leads", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void The_way_back_never_leads_to_another_site(string? asked, string taken) => Assert.Equal(taken, Preferences.Local(asked));
}
