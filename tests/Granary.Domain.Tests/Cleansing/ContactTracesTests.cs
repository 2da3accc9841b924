using Granary.Domain.Cleansing;

namespace Granary.Domain.Tests.Cleansing;

public sealed class ContactTracesTests
{
    [Theory]
    [InlineData("回电13800138000，约周四", "回电***，约周四")]
    [InlineData("139 0013 8000 或 138-0013-8000", "*** 或 ***")]
    [InlineData("座机 010-62345678 转 801", "座机 *** 转 801")]
    [InlineData("（0755）2345 6789", "***")]
    [InlineData("请拨 +86 138 0013 8000", "请拨 ***")]
    [InlineData("+1 (415) 555-0100 is hers", "*** is hers")]
    [InlineData("热线 400-820-1234", "热线 ***")]
    [InlineData("邮箱 zhang.san@example.com.cn。", "邮箱 ***。")]
    [InlineData("加微信：zhangsan_01 聊", "加微信：*** 聊")]
    [InlineData("WeChat wxid-12345678", "WeChat ***")]
    [InlineData("QQ号 123456789", "QQ号 ***")]
    [InlineData("电话 62345678", "电话 ***")]
    public void Contact_data_in_words_is_masked(string text, string hidden) => Assert.Equal(hidden, ContactTraces.Hidden(text));

    [Theory]
    [InlineData("预算 500000 元，2026-11-28 前签约")]
    [InlineData("预算 20000000，600 人，三个月内上线")]
    [InlineData("1,380,013,800 元")]
    [InlineData("微信沟通过一次，客户要资料")]
    [InlineData("电话沟通 30 分钟，约 14:30 再谈")]
    [InlineData("合同 V2.0.13800138000 版")]
    [InlineData("")]
    [InlineData(null)]
    public void Amounts_dates_and_plain_words_stay(string? text) => Assert.Equal(text, ContactTraces.Hidden(text));
}
