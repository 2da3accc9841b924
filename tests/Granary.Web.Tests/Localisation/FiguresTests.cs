using System.Globalization;
using Granary.Web.Localisation;

namespace Granary.Web.Tests.Localisation;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("zh-CN", 9_999, "¥9,999")]
    [InlineData("zh-CN", 10_000, "¥1 万")]
    [InlineData("zh-CN", 3_942_000_000, "¥39.42 亿")]
    [InlineData("zh-CN", -82_000, "−¥8.2 万")]
    [InlineData("en", 82_000, "¥82K")]
    [InlineData("en", 4_300_000, "¥4.3M")]
    [InlineData("en", 3_942_000_000, "¥3.94B")]
    public void Large_money_is_short_in_the_units_of_the_language(string language, long amount, string said)
    {
        Speak(language);
        Assert.Equal(said, Figures.ShortMoney(amount));
    }

    [Fact]
    public void Money_in_full_shows_decimals_only_where_there_are_any()
    {
        Speak("zh-CN");
        Assert.Equal("¥1,999,999.90", Figures.Money(1_999_999.9m));
        Assert.Equal("¥2,000,000", Figures.Money(2_000_000m));
    }

    [Theory]
    [InlineData(10_000, "10,000")]
    [InlineData(10_001, "10,000+")]
    public void Lists_are_counted_exactly_up_to_ten_thousand(long count, string said)
    {
        Speak("en");
        Assert.Equal(said, Figures.Total(count));
    }

    private static void Speak(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
}
