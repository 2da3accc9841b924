using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Intake.Collect;
using Granary.Application.Privacy;
using Granary.Application.Scoring;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class VisitorPrivacyTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Touches_of_visitors_nobody_knows_go_after_ninety_days(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = new CollectTouches(shop.Store, shop.Settings, shop.Time);
        var privacy = new PrivacyShop(shop);
        await collect.Submit(new Report([Touch(Guid.NewGuid())], new LinkClick(Guid.NewGuid(), Guid.NewGuid()), Guid.NewGuid()), Ct);
        _clock.Advance(TimeSpan.FromDays(60));
        await collect.Submit(new Report([Touch(Guid.NewGuid())]), Ct);
        _clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal(3, await privacy.Retention.Run(Ct));
        Assert.Equal(0, await privacy.Retention.Run(Ct));

        Assert.Equal((1, 0, 0), (await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)), await shop.Read(db => db.Set<LinkVisitor>().CountAsync(Ct)), await shop.Read(db => db.Set<Visitor>().CountAsync(Ct))));
        Assert.Equal(1, await shop.Read(db => db.Set<LinkDay>().SumAsync(d => d.Visitors, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Who_asks_to_be_forgotten_is_forgotten_as_a_visitor_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = new CollectTouches(shop.Store, shop.Settings, shop.Time);
        var privacy = new PrivacyShop(shop);
        var officer = await privacy.Officer();
        var (visitor, phone) = (Guid.NewGuid(), shop.NewPhone());
        await shop.Intake.Submit(new IntakeRequest { Submission = shop.Lead(phone), VisitorId = visitor }, Ct);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await collect.Submit(new Report([Touch(visitor)]), Ct);

        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await collect.Submit(new Report([Touch(visitor)]), Ct);

        Assert.Equal(0, await shop.Read(db => db.Set<Visitor>().CountAsync(Ct)));
        var touch = await shop.Read(db => db.Set<Touch>().SingleAsync(Ct));
        Assert.Null(touch.VisitorId);
        Assert.Null(touch.Detail);
    }

    private Collected Touch(Guid visitor) => new() { VisitorId = visitor, Kind = TouchKind.PageVisited, At = _clock.GetUtcNow(), Detail = "www.example.com/" };
}
