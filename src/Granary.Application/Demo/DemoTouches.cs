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

/// <summary>What channels cost in the demo, and the links that representatives share, with clicks, visits and leads.</summary>
internal sealed class DemoTouches(Store store, SettingCache settings, DemoClock clock, DemoLeads leads, Random random)
{
    private const int Days = 120, Sharers = 5;

    private static readonly (string Channel, string Keyword, int Cost)[] Spent = [("官网/百度搜索", "线索管理系统", 900), ("官网/百度搜索", "CRM 多少钱", 450), ("广告/抖音广告", "", 1_300)];

    /// <summary>Records costs, makes links, and lets visitors come by them.</summary>
    public async Task Make(LeadIntake intake, CancellationToken ct)
    {
        await settings.Change(
            scope =>
            {
                var policy = TrackingPolicy.BuiltIn with { RedirectHosts = ["example.com"], Origins = ["https://www.example.com"] };
                scope.Db.Add(new PolicyVersion { Kind = PolicyKind.Tracking.Name, Version = 2, Body = Json.Write(policy), Note = "官网域名", CreatedAt = clock.Now, PublishedAt = clock.Now });
                return Task.CompletedTask;
            },
            ct);
        var setting = await settings.Latest(ct);
        if (setting.People.Values.FirstOrDefault(p => p.Roles.Contains("marketing_manager"))?.Id is not { } marketing || setting.ViewerOf(marketing) is not { } viewer)
        {
            return;
        }

        await Spend(setting, marketing, ct);
        await Share(setting, viewer, intake, ct);
    }

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

    private async Task Share(Setting setting, Viewer viewer, LeadIntake intake, CancellationToken ct)
    {
        var save = new SaveLink(store, settings, clock);
        await using var collect = new CollectTouches(store, settings, clock);
        var today = setting.Calendar.DateOf(clock.Now);
        foreach (var (i, person) in setting.People.Values.Where(p => p.Roles.Contains(BuiltInRoles.SalesRepresentative)).OrderBy(p => p.Id, IdOrder.Instance).Take(Sharers).Index())
        {
            var input = new LinkInput { Name = "秋季增长大会报名", Target = "https://www.example.com/autumn", Utm = new UtmTags("wechat", "employee", "2026 秋季增长大会", null, null), Campaign = "2026 秋季增长大会", UserId = person.Id };
            if (await save.Create(viewer, input, ct) is not LinkResult.Done([var link]))
            {
                continue;
            }

            await store.Write(
                async scope =>
                {
                    for (var day = today.AddDays(-14); day < today; day = day.AddDays(1))
                    {
                        await LinkClicks.Count(scope, [.. Enumerable.Range(0, random.Next(1, 12 - i)).Select(n => new LinkClick(link.Id, n % 2 == 0 ? Guid.CreateVersion7(clock.Now) : null))], day, clock.Now, ct);
                    }
                },
                ct);
            for (var n = i; n < Sharers; n++)
            {
                var visitor = Guid.CreateVersion7(clock.Now);
                var visit = new Collected { VisitorId = visitor, Kind = TouchKind.ModuleClicked, At = clock.Now.AddMinutes(-9), Detail = "www.example.com/autumn", Campaign = link.Campaign, LinkId = link.Id };
                await collect.Submit(new Report([visit, visit with { Kind = TouchKind.CorePageViewed, At = clock.Now.AddMinutes(-7), Detail = "www.example.com/price" }, visit with { Kind = TouchKind.Downloaded, At = clock.Now.AddMinutes(-4), Detail = "/whitepaper.pdf" }]), ct);
                var submission = leads.Next(clock.Now) with { Campaign = link.Campaign, ReferredBy = person.Id.ToString(), Touches = [new SubmittedTouch(TouchKind.FormSubmitted, clock.Now)] };
                await intake.Submit(new IntakeRequest { Submission = submission, VisitorId = visitor, LinkId = link.Id }, ct);
            }
        }
    }
}
