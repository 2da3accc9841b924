using System.Globalization;
using Granary.Domain.Policies;
using Granary.Web.Localisation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Tests.Localisation;

public sealed class ReasonTextTests
{
    private static readonly ReasonText Words = new(new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider()
        .GetRequiredService<IStringLocalizerFactory>());

    [Theory]
    [InlineData("zh-CN", "与 3 天前的线索电话相同：归集到该源线索，归属其负责人")]
    [InlineData("en", "A lead of 3 days ago has the same phone: linked to it, with its owner")]
    public void A_reason_is_said_in_the_readers_language_with_its_facts(string language, string said)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        Assert.Equal(said, Words.Of(Reason.Of("match", "linked_to_source", null, ("key", "phone"), ("days", "3"))));
    }

    [Fact]
    public void A_text_without_a_fact_for_its_placeholder_says_a_dash()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        Assert.StartsWith("A lead of – days ago", Words.Of(Reason.Of("match", "linked_to_source")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_without_words_is_shown_as_its_code() =>
        Assert.Equal("nobody_wrote_this", Words.Of(Reason.Of("match", "nobody_wrote_this")));

    [Fact]
    public void A_step_without_a_room_is_shown_as_its_code() => Assert.Equal("x", Words.Of(Reason.Of("dream", "x")));
}
