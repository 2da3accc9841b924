using System.Net;
using Granary.Application.Integration;

namespace Granary.Application.Tests.Integration;

public sealed class WebhookTests
{
    private static readonly WebhookMessage Message = new("leadAssigned", "有线索分配给您", "甲公司", null, null, DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("qyapi.weixin.qq.com", """{"msgtype":"text","text":{"content":"有线索分配给您"}}""")]
    [InlineData("oapi.dingtalk.com", """{"msgtype":"text","text":{"content":"有线索分配给您"}}""")]
    [InlineData("open.feishu.cn", """{"msg_type":"text","content":{"text":"有线索分配给您"}}""")]
    [InlineData("hooks.example.com", """{"kind":"leadAssigned","text":"有线索分配给您","company":"甲公司","at":"1970-01-01T00:00:00+00:00"}""")]
    public void A_robot_gets_the_body_that_it_understands(string host, string body) => Assert.Equal(body, WebhookBody.Of(host, Message));

    [Theory]
    [InlineData("{\"errcode\":0,\"errmsg\":\"ok\"}", true)]
    [InlineData("{\"errcode\":93000}", false)]
    [InlineData("{\"code\":19024,\"msg\":\"Key Words Not Found\"}", false)]
    [InlineData("ok", true)]
    [InlineData("", true)]
    public void A_refusal_in_the_body_of_a_success_is_a_refusal(string answer, bool accepted) => Assert.Equal(accepted, WebhookBody.Accepted(answer));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("64:ff9b::7f00:1")]
    public void An_address_of_a_closed_network_is_not_public(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2400:3200::1")]
    public void An_address_of_the_internet_is_public(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_into_the_own_network_is_refused_when_it_is_connected_to()
    {
        using var sender = new WebhookSender(new WebhookOptions(new HashSet<string>()));
        Assert.Equal("address_not_allowed", await sender.Send("https://localhost/hook", Message, TestContext.Current.CancellationToken));
    }
}
