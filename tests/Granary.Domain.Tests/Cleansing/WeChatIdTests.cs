using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;

namespace Granary.Domain.Tests.Cleansing;

public sealed class WeChatIdTests
{
    [Theory]
    [InlineData("Zhang_San01", "zhang_san01")]
    [InlineData(" wxid_abc-123 ", "wxid_abc-123")]
    [InlineData("138 0013 8000", "13800138000")]
    [InlineData("+8613800138000", "13800138000")]
    [InlineData("36128904", "36128904")]
    public void An_id_is_lower_cased_and_a_bound_number_accepted(string raw, string value)
    {
        Assert.True(WeChatId.TryParse(raw, out var id, out _));
        Assert.Equal(value, id.Value);
        Assert.DoesNotContain(value[2..^2], id.Masked(ContactMasks.BuiltIn.WeChat));
    }

    [Theory]
    [InlineData(null, WeChatFault.Syntax)]
    [InlineData("无", WeChatFault.Syntax)]
    [InlineData("abc", WeChatFault.Syntax)]
    [InlineData("zhang san 01", WeChatFault.Syntax)]
    [InlineData("abcdefghijklmnopqrstu", WeChatFault.Syntax)]
    [InlineData("_zhang01", WeChatFault.Syntax)]
    [InlineData("123456", WeChatFault.MadeUp)]
    [InlineData("13888888888", WeChatFault.MadeUp)]
    public void A_refused_id_names_the_rule(string? raw, string expected)
    {
        Assert.False(WeChatId.TryParse(raw, out _, out var fault));
        Assert.Equal(expected, fault);
    }
}
