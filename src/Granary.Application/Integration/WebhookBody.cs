using System.Text.Json;
using Granary.Application.Storage;

namespace Granary.Application.Integration;

/// <summary>What a webhook is told.</summary>
/// <param name="Kind">What it is about, as a stable name.</param>
/// <param name="Text">In words.</param>
/// <param name="Company">The lead's company.</param>
/// <param name="DeadlineAt">By when something has to be done.</param>
/// <param name="Url">Where it is looked at.</param>
/// <param name="At">When it happened.</param>
public sealed record WebhookMessage(string Kind, string Text, string? Company, DateTimeOffset? DeadlineAt, string? Url, DateTimeOffset At);

/// <summary>Bodies as chat robots want them; whoever is no robot that we know gets the message itself.</summary>
public static class WebhookBody
{
    /// <summary>The body for a host.</summary>
    public static string Of(string host, WebhookMessage message) => host.ToLowerInvariant() switch
    {
        "qyapi.weixin.qq.com" or "oapi.dingtalk.com" or "api.dingtalk.com" => Json.Write(new { msgtype = "text", text = new { content = message.Text } }),
        "open.feishu.cn" or "open.larksuite.com" => Json.Write(new { msg_type = "text", content = new { text = message.Text } }),
        _ => Json.Write(message),
    };

    /// <summary>Whether an answer of status 200 means what it seems: robots say refusals in their body.</summary>
    public static bool Accepted(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind != JsonValueKind.Object || (Zero(json.RootElement, "errcode") && Zero(json.RootElement, "code"));
        }
        catch (JsonException)
        {
            return true;
        }

        static bool Zero(JsonElement said, string name) => !said.TryGetProperty(name, out var code) || code.ValueKind != JsonValueKind.Number || code.GetDouble() == 0;
    }
}
