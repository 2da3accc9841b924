using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Analytics.Reports;
using Granary.Application.Analytics.Retrospectives;
using Granary.Application.Analytics.Watching;
using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Analytics;

public sealed class ReportTablesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_status_matrix_counts_each_ownership_once_and_adds_up(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, zhang) = (await shop.Hire("Boss", "operations"), await shop.Hire("张伟"));
        List<Guid> leads = [];
        for (var i = 0; i < 4; i++)
        {
            leads.Add((await shop.Submit(shop.Lead())).LeadId);
        }

        await shop.Returning.Return(await shop.As(zhang), leads[0], "不在本区域", ct: Ct);
        await shop.Gather();
        var body = await shop.Report(new StatusReport(), boss);

        Assert.Equal((4m, 3m, 1m), (body.Cell("ways", "total", "total"), body.Cell("ways", "total", "outcome.open"), body.Cell("ways", "total", "outcome.returned")));
        var lines = body.Tables.Single(t => t.Key == "ownerByWay");
        Assert.Equal(2 * lines.Total!.Cells[^1].Value, lines.Rows.Sum(r => r.Cells[^1].Value));
        Assert.Equal(leads[0], Assert.Single(await shop.Records(new StatusReport(), boss, $"{zhang:N}.all.returned")).Id);
        Assert.Null(await new BuildReport(shop.Store, shop.Settings, []).Records(await shop.As(boss), new StatusReport(), new() { From = new(2026, 1, 1), To = new(2026, 12, 31) }, "x.y.z", null, 10, Ct));
        // With a filter of channels only what came by them; whose own reports reach themselves sees none of it.
        Assert.Equal(0m, (await shop.Report(new StatusReport(), boss, q => q with { Channels = ["展会"] })).Figures[0].Value);
    }

    [Theory, OnBothDatabases]
    public async Task Efficiency_agrees_with_the_supervision_page(DatabaseKind kind)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 6, 10, 0, 0, TimeSpan.Zero));
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", "operations");
        var (zhang, li) = (await shop.Hire("张伟"), await shop.Hire("李娜"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var from = new DateTimeOffset(2026, 3, 3, 1, 0, 0, TimeSpan.Zero);
        int?[] answered = [30, 90, 300, null, 45];
        await shop.Store.Write(
            async scope =>
            {
                Guid[] held = [.. answered.Select(_ => Guid.CreateVersion7(from))];
                scope.Db.AddRange(held.Select((id, i) => new OwnershipRecord { Id = id, LeadId = lead, OwnerId = i < 4 ? zhang : li, Acquired = Acquired.Claimed, From = from, Ended = Ended.Returned, To = from.AddHours(8) }));
                scope.Db.AddRange(answered.Select((a, i) => new LeadResponse
                {
                    OwnershipId = held[i],
                    LeadId = lead,
                    OwnerId = i < 4 ? zhang : li,
                    From = from,
                    RuleId = "r",
                    RespondBy = from.AddMinutes(120),
                    RespondedAt = a is { } m ? from.AddMinutes(m) : null,
                }));
                scope.Db.AddRange(Enumerable.Range(0, 5).Select(i => new FollowUpRecord
                {
                    Id = Guid.CreateVersion7(from.AddMinutes(i)),
                    LeadId = lead,
                    AuthorId = zhang,
                    At = from,
                    RecordedAt = from.AddMinutes(i),
                    Method = i == 0 ? FollowUpMethod.Visit : FollowUpMethod.Call,
                    Content = "-",
                    Counted = i != 4,
                }));
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
        await shop.Gather();
        var (monday, friday) = (new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 6));
        var report = new EfficiencyReport(shop.Time);
        var body = await shop.Report(report, boss, q => q with { From = monday, To = friday });
        var page = await new Supervision(shop.Store, shop.Settings, shop.Time).Read(await shop.As(boss), monday, friday, Ct);

        foreach (var (name, line) in new[] { ("张伟", page.People.Single(p => p.Id == zhang)), ("李娜", page.People.Single(p => p.Id == li)), ("total", page.Total) })
        {
            Assert.Equal((line.Timeliness, line.MedianMinutes, (decimal?)line.FollowUps, (decimal?)line.OpenViolations), (
                (double?)body.Cell("people", name, "timeliness"), (double?)body.Cell("people", name, "median"), body.Cell("people", name, "followUps"), body.Cell("people", name, "violations")));
        }

        Assert.Equal((300m, 3m, 1m), (body.Cell("people", "张伟", "p90"), body.Cell("people", "张伟", "calls"), body.Cell("people", "张伟", "visits")));
        Assert.Equal((decimal?)await shop.Read(db => db.Set<OwnershipRecord>().CountAsync(Ct)), body.Cell("people", "total", "received"));
        Assert.NotEmpty(await shop.Records(report, boss, $"{zhang:N}-late", q => q with { From = monday, To = friday }));
        // Rollups say what the rows say that a filter makes it count.
        string[] channels = [.. (await shop.Settings.Get(Ct)).Channels.All.Select(c => c.Path)];
        var filtered = await shop.Report(report, boss, q => q with { From = monday, To = friday, Channels = channels });
        Assert.Equal(body.Tables[0].Rows.SelectMany(r => r.Cells.Select(c => c.Value)), filtered.Tables[0].Rows.SelectMany(r => r.Cells.Select(c => c.Value)));
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);

        // A response that another consumer changes behind the event is counted, too.
        await shop.Store.Write(
            async scope =>
            {
                await scope.Db.Set<LeadResponse>().Where(r => r.OwnerId == li).ExecuteUpdateAsync(r => r.SetProperty(x => x.RespondedAt, from.AddMinutes(180)), Ct);
                scope.Db.Add(new ResponseChange { Id = Guid.CreateVersion7(), LeadId = lead });
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
        await shop.Gather();
        Assert.Equal(0m, (await shop.Report(report, boss, q => q with { From = monday, To = friday })).Cell("people", "李娜", "timeliness"));
        // A supervisor without a team sees nobody's.
        Assert.Empty((await shop.Report(report, await shop.Hire("Lone", "sales_supervisor"), q => q with { From = monday, To = friday })).Tables[0].Rows);
    }

    [Theory, OnBothDatabases]
    public async Task Invalid_leads_stand_by_reason_and_channel_and_agree_with_their_records(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, zhang) = (await shop.Hire("Boss", "operations"), await shop.Hire("张伟"));
        List<Guid> leads = [];
        foreach (var channel in new[] { "官网/百度搜索", "展会/上海", "展会/上海" })
        {
            leads.Add((await shop.Submit(shop.Lead(channel: channel))).LeadId);
        }

        foreach (var (i, reason) in new[] { "unreachable", "unreachable", "competitor" }.Index())
        {
            await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == leads[i]).ExecuteUpdateAsync(l => l.SetProperty(x => x.Status, LeadStatus.Invalid).SetProperty(x => x.InvalidReason, reason), Ct), Ct);
        }

        await shop.Gather();
        var body = await shop.Report(new InvalidReport(), boss);
        Assert.Equal((2m, 1m, 3m), (body.Cell("reasons", "unreachable", "count"), body.Cell("reasons", "competitor", "count"), body.Cell("reasons", "total", "count")));
        Assert.Equal(1m, body.Cell("reasons", "total", "share"));
        foreach (var cell in body.Tables.SelectMany(t => t.Rows).SelectMany(r => r.Cells).Where(c => c.Records is not null))
        {
            Assert.Equal(cell.Value, (await shop.Records(new InvalidReport(), boss, cell.Records!)).Count);
        }

        Assert.NotEqual(Guid.Empty, zhang);
    }

    [Theory, OnBothDatabases]
    public async Task A_fall_of_a_rate_is_kept_told_once_and_explained_by_its_channel(DatabaseKind kind)
    {
        // Monday 2026-11-30 in China; facts are as a consumer left them.
        var clock = new FakeClock(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero));
        await using var shop = await Shop.Open(kind, clock);
        var (boss, rep, other) = (await shop.Hire("Boss", "operations"), await shop.Hire("张伟"), await shop.Hire("李娜"));
        await shop.Gather();
        var monday = new DateOnly(2026, 11, 30);
        Guid[] channels = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];
        await shop.Settings.Change(scope => { scope.Db.AddRange(channels.Select((id, i) => new Channel { Id = id, Path = $"渠道/{i}", Confirmed = true })); return Task.CompletedTask; }, Ct);
        await new FillFacts(shop.Store).Put(
            [
                .. from week in Enumerable.Range(0, 9)
                   from c in Enumerable.Range(0, 4)
                   from i in Enumerable.Range(0, 25)
                   let day = monday.AddDays(-7 * week)
                   select new LeadFact { LeadId = Guid.CreateVersion7(), OwnerId = i % 3 == 0 ? other : rep, ChannelId = channels[c], ReceivedOn = day, RecordedOn = day, MqlOn = i < 10 && !(week == 0 && c == 2) ? day : null },
            ],
            [], [], Ct);
        var watch = new WatchRates(shop.Store, shop.Settings, shop.Time);
        Assert.Equal(1, await watch.Sweep(Ct));
        Assert.Equal(0, await watch.Sweep(Ct));

        var alert = await shop.Read(db => db.Set<RateAlert>().SingleAsync(Ct));
        Assert.Equal(("mql", monday, 100, 30, 0.4, "channel", channels[2].ToString("N")), (alert.Step, alert.FromOn, alert.Base, alert.Reached, Math.Round(alert.Median, 9), alert.Dimension, alert.Segment));
        Assert.Equal(-0.1, alert.RateEffect!.Value, 6);
        Assert.Equal(boss, (await shop.Read(db => db.Set<Notice>().SingleAsync(n => n.Kind == NoticeKind.RateAlert, Ct))).UserId);
        var body = await shop.Report(new FluctuationReport(), boss, q => q with { From = monday.AddDays(-6), To = monday });
        Assert.Equal(1m, body.Figures.Single(f => f.Key == "alerts").Value);
        Assert.Equal(-0.1m, Math.Round(body.Tables.Single(t => t.Key == "causes").Rows[0].Cells[4].Value!.Value, 6));

        // Of that channel alone those who work it explain it, and within a team's reach the channel does, too.
        var team = await shop.Hire("Team", "sales_supervisor");
        await shop.Team(team, rep, other);
        string[] path = [(await shop.Settings.Get(Ct)).Channels.Path(channels[2])];
        var narrow = await shop.Report(new FluctuationReport(), boss, q => q with { From = monday, To = monday, Channels = path });
        Assert.Equal("owner", Cause(narrow).Kind);
        Assert.Equal((path[0], "channel"), Cause(await shop.Report(new FluctuationReport(), team, q => q with { From = monday, To = monday })));

        static (string? Of, string? Kind) Cause(ReportBody body) => body.Tables.Single(t => t.Key == "causes").Rows[0].Label is var label ? (label.Text, label.BesideWord) : default;
    }

    [Theory, OnBothDatabases]
    public async Task Demand_supply_kpi_retrospective_and_packs_are_built_of_what_there_is(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "operations");
        for (var i = 0; i < 3; i++)
        {
            await shop.Submit(shop.Lead(channel: "展会/上海") with { Requirement = "需要数据安全的方案", Products = ["CRM"] });
        }

        await shop.Deal();
        await shop.Gather();
        var demand = await shop.Report(new DemandReport(), boss);
        Assert.Equal((3m, 3m), (demand.Cell("demand.product", "CRM", "leads"), demand.Cell("terms", "数据安全", "texts")));
        var supply = await shop.Report(new SupplyReport(shop.Time), boss);
        Assert.Equal((4m, 1m), (supply.Cell("sources", "total", "leads"), supply.Cell("sources", "total", "opportunity")));
        var flows = supply.Charts.Single(c => c.Key == "flows");
        Assert.Equal(flows.Flows.Where(f => f.To == "owners").Sum(f => f.Value), flows.Flows.Where(f => f.From == "owners").Sum(f => f.Value));
        foreach (var report in new Report[] { new KpiReport(), new RetrospectiveReport(), new MeetingReport(shop.Time) })
        {
            foreach (var option in report.Options.SelectMany(o => o.Choices.Select(c => (o.Name, c))))
            {
                var body = await shop.Report(report, boss, q => (q with { Compare = ReportCompare.Previous }).With(option.Name, option.c));
                foreach (var figure in body.Figures.Where(f => f is { Records: not null, Unit: ReportUnit.Count }))
                {
                    Assert.Equal(figure.Value, (await shop.Records(report, boss, figure.Records!, q => q.With(option.Name, option.c))).Count);
                }
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_retrospective_is_written_once_for_a_team_by_who_reaches_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, rep) = (await shop.As(await shop.Hire("Boss", "operations")), await shop.Hire("张伟"));
        var notes = new Retrospectives(shop.Store, shop.Settings, shop.Time);
        var (from, to) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 3, 31));
        Assert.Null((await notes.Read(boss, from, to, RetrospectiveNote.Everybody, Ct))!.Note);
        Assert.Null(await notes.Read(boss, from, to, Guid.NewGuid(), Ct));
        Assert.Null(await notes.Read(await shop.As(rep), from, to, RetrospectiveNote.Everybody, Ct));

        Assert.Equal(new RetrospectiveResult.Done(1), await notes.Write(boss, from, to, RetrospectiveNote.Everybody, new("早接触决策人", [new("每周复核", rep, to)], null), Ct));
        Assert.Equal(new RetrospectiveResult.Done(2), await notes.Write(boss, from, to, RetrospectiveNote.Everybody, new("早接触决策人", [new("每周复核", rep, to, true), new("案例", rep)], 1), Ct));
        Assert.Equal(new RetrospectiveResult.Stale(2), await notes.Write(boss, from, to, RetrospectiveNote.Everybody, new("另一份", [], 1), Ct));
        var sheet = (await notes.Read(boss, from, to, RetrospectiveNote.Everybody, Ct))!;
        Assert.Equal(("早接触决策人", 2, true), (sheet.Note!.Factors, sheet.Measures.Count, sheet.Measures[0].Done));
        var refused = Assert.IsType<RetrospectiveResult.Refused>(await notes.Write(boss, from, to, RetrospectiveNote.Everybody, new(new string('x', 4001), [new(" ", Guid.NewGuid())], 2), Ct));
        Assert.Equal([("factors", "too_long"), ("measures[0].text", "required"), ("measures[0].ownerId", "unknown")], refused.Errors.Select(e => (e.Field, e.Code)));
        Assert.Equal(2, (await shop.Read(db => db.Set<RetrospectiveNote>().SingleAsync(Ct))).Version);
    }
}
