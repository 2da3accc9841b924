using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class LinkTests
{
    private static readonly UtmTags Utm = new("wechat", "social", "春季", null, "");

    [Fact]
    public void The_whole_address_has_the_parameters_and_the_code() => Assert.Equal(
        "https://example.com/p?utm_source=wechat&utm_medium=social&utm_campaign=%E6%98%A5%E5%AD%A3&glink=abc", LinkAddress.Of("https://example.com/p", Utm, "abc"));

    [Fact]
    public void What_the_target_has_already_stays_and_what_the_link_sets_is_replaced() => Assert.Equal(
        "/f/trial?lang=en&utm_term=x&utm_source=wechat&utm_medium=social&utm_campaign=%E6%98%A5%E5%AD%A3#top", LinkAddress.Of("/f/trial?lang=en&utm_source=old&utm_term=x#top", Utm, null));

    [Fact]
    public void Codes_have_no_letters_that_look_alike_and_skip_bytes_that_would_favour_some()
    {
        Assert.DoesNotContain(LinkCode.Letters, c => "01oil".Contains(c, StringComparison.Ordinal));
        Assert.Equal(31, LinkCode.Letters.Distinct().Count());
        Assert.Equal("222222223", LinkCode.Of([255, 0, 0, 31, 62, 250, 0, 0, 0, 0, 1]));
        Assert.Null(LinkCode.Of([0, 1, 2]));
    }

    [Theory]
    [InlineData(" ABCDEFGHJ ", "abcdefghj")]
    [InlineData("abcdefgh1", null)]
    [InlineData("abc", null)]
    [InlineData(null, null)]
    public void A_code_is_read_as_people_type_it(string? typed, string? code) => Assert.Equal(code, LinkCode.Read(typed));

    [Theory]
    [InlineData("https://www.example.com/price?phone=13800138000#x", "www.example.com/price")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("nonsense", null)]
    public void A_page_is_known_without_what_may_name_a_person(string address, string? page) => Assert.Equal(page, PageTouch.Page(address, 200));

    [Theory]
    [InlineData(TouchKind.PageVisited, true)]
    [InlineData(TouchKind.Downloaded, true)]
    [InlineData(TouchKind.WebinarAttended, false)]
    [InlineData(TouchKind.CallAnswered, false)]
    [InlineData(TouchKind.MailReplied, false)]
    [InlineData(TouchKind.FormSubmitted, false)]
    [InlineData(TouchKind.MailOpened, false)]
    public void A_page_claims_only_what_a_page_can_know(TouchKind kind, bool may) => Assert.Equal(may, PageTouch.Kinds.Contains(kind));
}
