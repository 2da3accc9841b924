using System.Collections.Concurrent;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.Integration;
using Granary.Application.People;
using Granary.Application.Tests.Desk;
using Granary.Domain.Ownership;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Analytics;

public sealed class SendReportsTests
{
    private static readonly ReactivationSchedule Daily = new() { Every = ReactivationRhythm.Daily, At = new TimeOnly(10, 0), WorkingDaysOnly = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_due_report_goes_once_to_each_recipient_with_what_they_may_see_on_several_nodes(DatabaseKind kind)
    {
        await using var server = new SmallServers();
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        var (boss, rep) = (await shop.Hire("Boss", "operations"), await shop.Hire("Rep", "sales_supervisor"));
        var report = await Saved(shop, boss);
        Done(await Schedules(shop).Add(await shop.As(boss), new(report, Daily, NoticeChannelKind.Mail, [boss, rep, boss]), Ct));
        ConcurrentQueue<Guid> written = [];
        var (one, two) = (Sending(shop, server, written), Sending(other, server, written));
        Assert.Equal(0, await one.Sweep(Ct));

        clock.Advance(TimeSpan.FromHours(2));
        var sent = await Task.WhenAll(one.Sweep(Ct), two.Sweep(Ct));
        Assert.Equal(2, sent.Sum());
        Assert.Equal(2, server.Mails.Count);
        // As text and as a page beside it.
        Assert.All(server.Mails, m => Assert.Contains("multipart/alternative", m, StringComparison.Ordinal));
        Assert.Equal(new[] { boss, rep }.Order(), written.Order());
        // What passed while nothing ran becomes one.
        clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(2, (await Task.WhenAll(one.Sweep(Ct), two.Sweep(Ct))).Sum());
        Assert.Equal(0, await one.Sweep(Ct));
        var shown = Assert.Single(await Schedules(shop).Of(await shop.As(boss), Ct));
        Assert.Equal((4, true), (shown.Deliveries.Count, shown.Deliveries.All(d => d is { DeliveredAt: not null, Error: null, NextAt: null })));
        Assert.True(shown.Schedule.NextAt > clock.GetUtcNow());
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_sent_is_tried_for_a_day_then_given_up_shown_and_told(DatabaseKind kind)
    {
        await using var server = new SmallServers { Status = 500 };
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", "operations");
        Done(await Schedules(shop).Add(await shop.As(boss), new(await Saved(shop, boss), Daily with { Every = ReactivationRhythm.Monthly }, NoticeChannelKind.Webhook, [boss]), Ct));
        var sending = Sending(shop, server, []);
        clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, await sending.Sweep(Ct));
        Assert.Equal("address_missing", (await shop.Read(db => db.Set<ReportDelivery>().SingleAsync(Ct))).Error);

        Assert.Empty(await new NoticeChannels(shop.Store, shop.Vault, server.Sender).Choose(boss, [], [], server.Webhook, false, null, Ct));
        for (var i = 0; i < 20 && await shop.Read(db => db.Set<ReportDelivery>().Select(d => d.NextAt).SingleAsync(Ct)) is { } next; i++)
        {
            clock.MoveTo(next);
            await sending.Sweep(Ct);
        }

        var given = await shop.Read(db => db.Set<ReportDelivery>().SingleAsync(Ct));
        Assert.Equal((null, null, "refused_status"), (given.NextAt, given.DeliveredAt, given.Error));
        Assert.InRange(given.Attempts, 5, 15);
        Assert.Equal(NoticeKind.ReportUnsent, (await shop.Read(db => db.Set<Notice>().SingleAsync(n => n.UserId == boss, Ct))).Kind);
    }

    [Theory, OnBothDatabases]
    public async Task Only_who_may_read_reports_gets_one_and_who_no_longer_may_gets_none(DatabaseKind kind)
    {
        await using var server = new SmallServers();
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (boss, creator, leaver) = (await shop.Hire("Boss", "operations"), await shop.Hire("Creator", "lead_creator"), await shop.Hire("Leaver", "operations"));
        var report = await Saved(shop, boss);
        var refused = Assert.IsType<SavedReportResult.Refused>(await Schedules(shop).Add(await shop.As(boss), new(report, Daily with { Every = ReactivationRhythm.None }, NoticeChannelKind.Mail, [boss, creator]), Ct));
        Assert.Equal([("plan.every", "required"), ("recipients[1]", "may_not_read")], refused.Errors.Select(e => (e.Field, e.Code)));
        Assert.IsType<SavedReportResult.Refused>(await Schedules(shop).Add(await shop.As(leaver), new(report, Daily, NoticeChannelKind.Mail, [leaver]), Ct));

        Done(await Schedules(shop).Add(await shop.As(boss), new(report, Daily, NoticeChannelKind.Mail, [leaver]), Ct));
        await shop.Settings.Change(scope => scope.Db.UserRoles.Where(r => r.UserId == leaver).ExecuteDeleteAsync(Ct), Ct);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await Sending(shop, server, []).Sweep(Ct));
        Assert.Empty(server.Mails);
        Assert.Equal((null, "may_not_read"), (await shop.Read(db => db.Set<ReportDelivery>().SingleAsync(Ct))) is var d ? (d.NextAt, d.Error) : default);
    }

    [Theory, OnBothDatabases]
    public async Task A_saved_report_is_ones_own_or_shared_and_holds_no_contact_data(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, li) = (await shop.As(await shop.Hire("Zhang", "operations")), await shop.As(await shop.Hire("Li", "operations")));
        var saved = Reporting(shop);
        var own = Done(await saved.Save(zhang, new("周报", "funnel", "?period=lastWeek"), Ct));
        var shared = Done(await saved.Save(zhang, new("月报", "funnel", "period=lastMonth", Shared: true), Ct));
        Assert.Equal(own, Done(await saved.Save(zhang, new(" 周报 ", "funnel", "period=yesterday"), Ct)));
        Assert.Equal("period=yesterday", (await saved.Find(zhang, own, Ct))!.Query);
        Assert.Equal([shared], (await saved.Of(li, Ct)).Select(r => r.Id));
        Assert.Null(await saved.Find(li, own, Ct));
        Assert.False(await saved.Delete(li, shared, Ct));
        Assert.IsType<SavedReportResult.Missing>(await saved.Change(li, shared, new("月报", "funnel", ""), Ct));
        Assert.Equal([("name", "taken")], Errors(await saved.Change(zhang, own, new("月报", "funnel", ""), Ct)));
        Assert.Equal([("name", "required"), ("report", "unknown"), ("query", "contact_data")], Errors(await saved.Save(zhang, new(" ", "nothing", "campaign=13800138000"), Ct)));
        Assert.Equal([("name", "too_long"), ("report", "required"), ("query", "too_long")], Errors(await saved.Save(zhang, new(new string('x', 61), null, new string('x', 2001)), Ct)));
        Assert.True(await saved.Delete(zhang, own, Ct));
    }

    private static List<(string, string)> Errors(SavedReportResult result) => [.. Assert.IsType<SavedReportResult.Refused>(result).Errors.Select(e => (e.Field, e.Code))];

    private static Guid Done(SavedReportResult result) => Assert.IsType<SavedReportResult.Done>(result).Id;

    private static SavedReports Reporting(Shop shop) => new(shop.Store, new ReportNames(new HashSet<string> { "funnel" }), shop.Time);

    private static ScheduleReports Schedules(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private static async Task<Guid> Saved(Shop shop, Guid user) => Done(await Reporting(shop).Save(await shop.As(user), new("周报", "funnel", "period=lastWeek"), Ct));

    private static SendReports Sending(Shop shop, SmallServers server, ConcurrentQueue<Guid> written) => new(
        shop.Store, shop.Settings, shop.Vault, new MailSender(server.MailOptions), server.Sender,
        (viewer, report, _, due, _) =>
        {
            written.Enqueue(viewer.UserId);
            return Task.FromResult<ReportText?>(new($"{report.Name} {due:O}", report.Query, report.Query, $"<p>{report.Name}</p>", null));
        },
        shop.Time);
}
