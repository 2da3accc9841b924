using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class CreditCodeTests
{
    [Theory]
    [InlineData("914403001922038216")]
    [InlineData("91330100799655058B")]
    [InlineData("91110000802100433B")]
    public void A_code_with_its_right_check_digit_is_valid(string code) => Assert.True(CreditCode.IsValid(code));

    [Theory]
    [InlineData("")]
    [InlineData("91440300192203821")]
    [InlineData("9144030019220382166")]
    [InlineData("91440300I922038216")]
    public void A_code_of_another_shape_is_refused(string code) => Assert.False(CreditCode.IsValid(code));

    [Fact]
    public void One_changed_character_is_always_found()
    {
        const string code = "91330100799655058B";
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for (var at = 0; at < code.Length; at++)
        {
            foreach (var other in alphabet)
            {
                if (other != code[at])
                    Assert.False(CreditCode.IsValid(code[..at] + other + code[(at + 1)..]));
            }
        }
    }

    [Fact]
    public void A_code_is_compared_half_width_upper_case_and_without_spaces() =>
        Assert.Equal("91330100799655058B", CreditCode.Normalise(" 9133 0100 7996 5505 ８ｂ"));
}
