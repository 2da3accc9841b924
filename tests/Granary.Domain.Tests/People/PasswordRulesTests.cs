using Granary.Domain.People;

namespace Granary.Domain.Tests.People;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short pw1", "too_short")]
    [InlineData("woaini1314", "password_common")]
    [InlineData("WoAiNi1314", "password_common")]
    [InlineData("5201314520", "password_common")]
    [InlineData("a123456789", "password_common")]
    [InlineData("123456789a", "password_common")]
    [InlineData("qwer123456", "password_common")]
    [InlineData("P@ssw0rd2026!", "password_common")]
    [InlineData("dragon20261128", "password_common")]
    [InlineData("woaimimi1woaimimi1", null)]
    [InlineData("iloveyouiloveyou", "password_common")]
    [InlineData("2026zhangwei", "password_common")]
    [InlineData("bbbbbbbbbbbbb", "password_pattern")]
    [InlineData("xyxyxyxyxyxy", "password_pattern")]
    [InlineData("abc9abc9abc9", "password_pattern")]
    [InlineData("1234567890123", "password_pattern")]
    [InlineData("zyxwvutsrqpo", "password_pattern")]
    [InlineData("1qaz2wsx3edc4rfv", "password_pattern")]
    [InlineData("poiuytrewqlkj", "password_pattern")]
    [InlineData("correct horse battery", null)]
    [InlineData("granary-demo-2026", null)]
    [InlineData("归仓是一个线索管理系统", null)]
    [InlineData("mX7#kq2Lp!", null)]
    public void A_password_is_judged_by_how_soon_it_would_be_tried(string password, string? code) =>
        Assert.Equal(code, PasswordRules.Check("password", password)?.Code);

    [Theory]
    [InlineData("fangwang@example.com")]
    [InlineData("fang.wang-2026")]
    [InlineData("Fang Wang 1988")]
    [InlineData("fangwang2026!")]
    public void Ones_own_name_and_address_do_not_do(string password) =>
        Assert.Equal("password_own", PasswordRules.Check("password", password, "Fang Wang", "fangwang@example.com")?.Code);

    [Fact]
    public void A_long_sentence_with_ones_name_in_it_does() =>
        Assert.Null(PasswordRules.Check("password", "fang walks the dog at seven", "Fang", "fang@example.com"));

    [Fact]
    public void There_is_an_end_to_length()
    {
        var sentence = string.Concat(Enumerable.Range(0, 40).Select(i => (char)('a' + (i * 7 % 26)))) + " and so on";
        Assert.Null(PasswordRules.Check("password", (sentence + sentence + sentence)[..128]));
        Assert.Equal("too_long", PasswordRules.Check("password", (sentence + sentence + sentence)[..129])?.Code);
    }
}
