using Granary.Application.Desk;
using Granary.Application.Integration;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

public sealed class NoticesOutboxTests
{
    [Theory, OnBothDatabases]
    public async Task A_notice_goes_to_the_channels_that_its_reader_chose_with_company_and_deadline_and_no_contact_data(DatabaseKind kind)
    {
        await using var server = new SmallServers();
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Hire("张伟");
        var outbox = Outbox(shop, server);
        await outbox.Sweep(Shop.Ct);
        Assert.Empty(await Channels(shop, server).Choose(zhang, [NoticeKind.LeadAssigned], [NoticeKind.LeadAssigned, NoticeKind.LeadLinked], server.Webhook, false, "en", Shop.Ct));
        clock.Advance(TimeSpan.FromSeconds(1));
        var lead = (await shop.Submit(shop.Lead(company: "常州恒远智联新能源有限公司"))).LeadId;
        await shop.Deadline(lead, new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero), "response_high");

        Assert.Equal(2, await outbox.Sweep(Shop.Ct));
        var posted = Assert.Single(server.Posts);
        Assert.Contains("\"kind\":\"leadAssigned\"", posted, StringComparison.Ordinal);
        Assert.Contains("常州恒远智联新能源有限公司", posted, StringComparison.Ordinal);
        Assert.Contains(" in en", posted, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", posted, StringComparison.Ordinal);
        Assert.Contains($"RCPT TO:<{zhang:N}@example.com>", Assert.Single(server.Mails), StringComparison.OrdinalIgnoreCase);
        // Once is enough.
        clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, await outbox.Sweep(Shop.Ct));
        Assert.Single(server.Posts);
    }

    [Theory, OnBothDatabases]
    public async Task What_does_not_arrive_is_tried_again_later_and_later_and_given_up_after_three_days(DatabaseKind kind)
    {
        await using var server = new SmallServers { Status = 500 };
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Hire("张伟");
        var outbox = Outbox(shop, server);
        await outbox.Sweep(Shop.Ct);
        await Channels(shop, server).Choose(zhang, [], [NoticeKind.LeadAssigned], server.Webhook, false, null, Shop.Ct);
        await shop.Submit(shop.Lead());
        var begun = clock.GetUtcNow();
        List<int> tried = [];
        while (clock.GetUtcNow() - begun < TimeSpan.FromDays(4))
        {
            var before = server.Posts.Count;
            await outbox.Sweep(Shop.Ct);
            if (server.Posts.Count > before)
            {
                tried.Add((int)(clock.GetUtcNow() - begun).TotalMinutes);
            }

            var next = await shop.Read(db => db.Set<NoticeDelivery>().Select(d => d.NextAt).SingleAsync(Shop.Ct));
            clock.MoveTo(next ?? begun.AddDays(4));
        }

        Assert.Equal([0, 1, 6, 21, 81, 261, 621, 1341], tried.Take(8));
        var given = await shop.Read(db => db.Set<NoticeDelivery>().SingleAsync(Shop.Ct));
        Assert.Equal((null, null, "refused_status"), (given.NextAt, given.DeliveredAt, given.Error));
        Assert.InRange(tried[^1], 3 * 24 * 60, (3 * 24 * 60) + 720);
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_send_each_notice_once(DatabaseKind kind)
    {
        await using var server = new SmallServers();
        await using var shop = await Shop.Open(kind);
        await using var _ = new Closing(await shop.SecondNode(), out var second);
        var zhang = await shop.Hire("张伟");
        var (one, two) = (Outbox(shop, server), Outbox(second, server));
        await one.Sweep(Shop.Ct);
        await Channels(shop, server).Choose(zhang, [], [NoticeKind.LeadAssigned], server.Webhook, false, null, Shop.Ct);
        for (var i = 0; i < 12; i++)
        {
            await shop.Submit(shop.Lead());
        }

        await Task.WhenAll(one.Sweep(Shop.Ct), two.Sweep(Shop.Ct));
        Assert.Equal(12, server.Posts.Count);
    }

    [Theory, OnBothDatabases]
    public async Task The_address_is_sealed_and_one_within_the_own_network_is_refused(DatabaseKind kind)
    {
        await using var server = new SmallServers();
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("张伟");
        var channels = Channels(shop, server);
        foreach (var (address, code) in ((string, string)[])
            [("nothing", "address_invalid"), ("ftp://example.com/", "address_invalid"), ("http://example.com/hook", "address_not_allowed"), ("https://10.1.2.3/hook", "address_not_allowed"), ("https://[::1]/hook", "address_not_allowed"), ("https://user:secret@example.com/", "address_invalid")])
        {
            Assert.Equal(code, Assert.Single(await channels.Choose(zhang, [], [NoticeKind.LeadAssigned], address, false, null, Shop.Ct)).Code);
        }

        Assert.Equal("address_missing", Assert.Single(await channels.Choose(zhang, [], [NoticeKind.LeadAssigned], " ", false, null, Shop.Ct)).Code);
        Assert.Empty(await channels.Choose(zhang, [], [NoticeKind.LeadAssigned], server.Webhook, false, null, Shop.Ct));
        Assert.Equal("localhost", (await channels.Of(zhang, Shop.Ct)).Host);
        Assert.Null(await channels.Try(zhang, new WebhookMessage("test", "测试", null, null, null, shop.Time.Now), Shop.Ct));
        // What is left empty stays; what is forgotten goes.
        Assert.Empty(await channels.Choose(zhang, [], [NoticeKind.LeadLinked], null, false, null, Shop.Ct));
        Assert.Equal([NoticeKind.LeadLinked], (await channels.Of(zhang, Shop.Ct)).Webhook);
        Assert.Empty(await channels.Choose(zhang, [], [], null, true, null, Shop.Ct));
        Assert.Null((await channels.Of(zhang, Shop.Ct)).Host);
    }

    private static NoticesOutbox Outbox(Shop shop, SmallServers server) => new(
        shop.Store, shop.Settings, shop.Vault, new MailSender(server.MailOptions), server.Sender, f => new NoticeText($"{f.Kind} {f.Company}", $"{f.Kind} {f.Company} {f.DeadlineAt:O} in {f.Language}", null), shop.Time);

    private static NoticeChannels Channels(Shop shop, SmallServers server) => new(shop.Store, shop.Vault, server.Sender);

    private sealed class Closing : IAsyncDisposable
    {
        private readonly Shop _shop;

        public Closing(Shop shop, out Shop same) => same = _shop = shop;

        public async ValueTask DisposeAsync() => await _shop.Close();
    }
}
