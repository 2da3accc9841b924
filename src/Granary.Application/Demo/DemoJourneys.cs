using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Demo;

/// <summary>
/// The way of customers in the demo before they became opportunities: first an advertisement or a search, then papers and broadcasts, last an
/// event or a word of a customer. Marketing's own tools report it over the API, each touch with its channel and campaign.
/// </summary>
internal sealed class DemoJourneys(Store store, SettingCache settings, DemoClock clock, Random random)
{
    private static readonly (string Channel, string? Campaign, TouchKind Kind, string Detail)[] Ways =
    [
        ("广告/百度推广", "品牌专区", TouchKind.CorePageViewed, "www.example.com/crm"),
        ("官网/百度搜索", null, TouchKind.PageVisited, "www.example.com/solutions"),
        ("内容/白皮书下载", DemoNames.Paper, TouchKind.Downloaded, "智造行业白皮书.pdf"),
        ("公众号/微信公众号", DemoNames.Paper, TouchKind.AccountFollowed, "公众号"),
        ("内容/线上直播", "数字化工厂公开课", TouchKind.WebinarAttended, "第三讲：线索到回款"),
        ("展会/行业展会", DemoNames.Past, TouchKind.OfflineEventAttended, "上海世博中心"),
        ("转介绍/客户转介绍", DemoNames.Referral, TouchKind.ServiceConsulted, "老客户介绍"),
    ];

    private readonly TouchLead _touch = new(new LeadVerb(store, settings, clock));

    /// <summary>Reports what a customer did in the weeks before now.</summary>
    public async Task Tell(Viewer reporter, Lead lead, CancellationToken ct)
    {
        var steps = Enumerable.Range(0, Ways.Length).OrderBy(_ => random.Next()).Take(random.Next(3, 6)).Order().ToList();
        for (var (i, days) = (0, random.Next(18, 45)); i < steps.Count; i++, days = Math.Max(1, days - random.Next(4, 12)))
        {
            var (channel, campaign, kind, detail) = Ways[steps[i]];
            await _touch.Touch(reporter, lead.Id, kind, clock.Now.AddDays(-days).AddMinutes(7 * i), detail, null, new TouchOrigin(channel, campaign), ct);
        }
    }
}
