using System.Globalization;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Intake.Collect;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;

namespace Granary.Application.Demo;

/// <summary>What channels cost in the demo, and the links that representatives share, with clicks, visits and leads day by day.</summary>
internal sealed class DemoLinks(Store store, SettingCache settings, DemoClock clock, DemoLeads leads, Random random) : IAsyncDisposable
{
    private const int Days = 120;

    private static readonly (string Channel, string Keyword, int Cost)[] Spent = [("官网/百度搜索", "线索管理系统", 900), ("官网/百度搜索", "CRM 多少钱", 450), ("广告/抖音广告", "", 1_300)];

    private readonly CollectTouches _collect = new(store, settings, clock);
    private readonly List<TrackedLink> _links = [];

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _collect.DisposeAsync();

    /// <summary>What happened to links so many days before today.</summary>
    public async Task Live(LeadIntake intake, int daysAgo, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        if (setting.People.Values.FirstOrDefault(p => p.Roles.Contains("marketing_manager"))?.Id is not { } marketing || setting.ViewerOf(marketing) is not { } viewer)
        {
            return;
        }

        if (daysAgo == 24)
        {
            await AllowHosts(ct);
            await Share(await settings.Latest(ct), viewer, 3, new LinkInput { Name = "智造行业白皮书", Target = "https://www.example.com/whitepaper", Utm = new UtmTags("wechat", "employee", DemoNames.Paper, null, null), Campaign = DemoNames.Paper, Content = "白皮书" }, "内容/白皮书下载", ct);
        }
        else if (daysAgo == 11)
        {
            await Share(setting, viewer, 5, new LinkInput { Name = "智能制造展邀请函", Target = "https://www.example.com/expo", Utm = new UtmTags("wechat", "employee", DemoNames.Present, null, null), Campaign = DemoNames.Present }, "公众号/微信公众号", ct);
        }
        else if (daysAgo == 3)
        {
            await Spend(setting, marketing, ct);
        }

        await Click(intake, ct);
    }

    private Task AllowHosts(CancellationToken ct) => settings.Change(
        scope =>
        {
            var policy = TrackingPolicy.BuiltIn with { RedirectHosts = ["example.com"], Origins = ["https://www.example.com"] };
            scope.Db.Add(new PolicyVersion { Kind = PolicyKind.Tracking.Name, Version = 2, Body = Json.Write(policy), Note = "官网域名", CreatedAt = clock.Now, PublishedAt = clock.Now });
            return Task.CompletedTask;
        },
        ct);

    private async Task Spend(Setting setting, Guid marketing, CancellationToken ct)
    {
        var today = setting.Calendar.DateOf(clock.Now);
        var table = new StringBuilder("日期,渠道,关键词,花费,展现,点击\n");
        foreach (var (channel, keyword, cost) in Spent.Where(s => setting.Channels.Find(s.Channel) is not null))
        {
            for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
            {
                var amount = cost * (setting.Calendar.IsWorkingDay(day) ? 1m : 0.4m) * random.Next(80, 121) / 100m;
                var clicks = (int)(amount / 12);
                table.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{channel},{keyword},{amount:0.00},{clicks * random.Next(30, 60)},{clicks}\n");
            }
        }

        await using var file = new MemoryStream(Encoding.UTF8.GetBytes(table.ToString()));
        await new ImportCosts(store, settings, clock).Run(marketing, file, "costs.csv", null, ct);
    }

    private async Task Share(Setting setting, Viewer viewer, int sharers, LinkInput input, string channel, CancellationToken ct)
    {
        var save = new SaveLink(store, settings, clock);
        foreach (var person in setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.SalesRepresentative)).OrderBy(p => p.Email?.Length).ThenBy(p => p.Email, StringComparer.Ordinal).Take(sharers))
        {
            if (await save.Create(viewer, input with { UserId = person.Id, ChannelId = setting.Channels.Find(channel)?.Id }, ct) is LinkResult.Done([var link]))
            {
                _links.Add(link);
            }
        }
    }

    // Whoever clicks agreed to be known or not; of those who did, a few look on and leave their details.
    private async Task Click(LeadIntake intake, CancellationToken ct)
    {
        List<Report> reports = [];
        List<(TrackedLink Link, Guid Visitor)> stayed = [];
        foreach (var (i, link) in _links.Index())
        {
            for (var n = random.Next(0, 8 - (i % 5)); n > 0; n--)
            {
                Guid? visitor = random.Next(2) == 0 ? Clock.NewId(clock.Now) : null;
                var visit = visitor is { } id ? new Collected { VisitorId = id, Kind = TouchKind.ModuleClicked, At = clock.Now.AddMinutes(-9), Detail = link.Target["https://".Length..], ChannelId = link.ChannelId, Campaign = link.Campaign, Content = link.Content, LinkId = link.Id } : null;
                var stays = visitor is not null && random.Next(5) == 0;
                Collected[] touches = visit is null ? [] : stays
                    ? [visit, visit with { Kind = TouchKind.CorePageViewed, At = clock.Now.AddMinutes(-7), Detail = "www.example.com/price" }, visit with { Kind = TouchKind.Downloaded, At = clock.Now.AddMinutes(-4), Detail = "/whitepaper.pdf" }]
                    : [visit];
                reports.Add(new Report(touches, new LinkClick(link.Id, visitor)));
                if (stays)
                {
                    stayed.Add((link, visitor!.Value));
                }
            }
        }

        await Task.WhenAll(reports.Select(r => _collect.Submit(r, ct)));
        foreach (var (link, visitor) in stayed)
        {
            var path = (await settings.Get(ct)).Channels.Path(link.ChannelId ?? Guid.Empty);
            var lead = leads.Next(clock.Now);
            lead = lead with { Channel = path.Length > 0 ? path : lead.Channel, Campaign = link.Campaign, Content = link.Content, ReferredBy = link.UserId?.ToString(), Touches = [new SubmittedTouch(TouchKind.FormSubmitted, clock.Now)] };
            await intake.Submit(new IntakeRequest { Submission = lead, VisitorId = visitor, LinkId = link.Id }, ct);
        }
    }
}
