using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Intake.Collect;
using Granary.Application.Scoring;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Collect;

public sealed class CollectTouchesTests
{
    private readonly FakeClock _clock = new();
    private readonly Guid _visitor = Guid.NewGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_a_visitor_did_before_they_said_who_they_are_goes_to_the_lead_and_counts_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        await Visit(collect, TouchKind.CorePageViewed, TouchKind.Downloaded);
        Assert.Equal(2, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
        Assert.Equal(0, await shop.Read(db => db.Set<Touch>().CountAsync(Ct)));

        var landing = await Submit(shop, shop.Lead());

        // 5 for the core page and 10 for the download, besides what the form itself counts.
        Assert.Equal(15, landing.Score!.Behaviour);
        var touches = await shop.Read(db => db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == landing.LeadId).ToListAsync(Ct));
        Assert.Equal([TouchKind.FormSubmitted, TouchKind.CorePageViewed, TouchKind.Downloaded], touches.Select(t => t.Kind).Order());
        Assert.All(touches, t => Assert.Equal(_visitor, t.VisitorId));
        Assert.Equal(0, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
        Assert.Equal(15, await shop.Read(db => db.Set<Lead>().Where(l => l.Id == landing.LeadId).Select(l => l.BehaviourScore).SingleAsync(Ct)));
        Assert.Equal(0, await new RecountTouchDays(shop.Store, shop.Settings).Run(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Later_touches_go_straight_to_the_lead_and_score_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        var landing = await Submit(shop, shop.Lead());
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Visit(collect, TouchKind.CorePageViewed);

        Assert.Equal(0, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
        Assert.Equal(landing.Score!.Behaviour + 5, await shop.Read(db => db.Set<Lead>().Select(l => l.BehaviourScore).SingleAsync(Ct)));
        Assert.Equal(0, await new RecountTouchDays(shop.Store, shop.Settings).Run(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_touch_that_carries_a_lead_over_the_pass_mark_assigns_it_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        var rep = await shop.Hire("Zhang");
        await using var collect = Collector(shop);
        // 20 for its size and 30 for a decision maker: below 60.
        var landing = await Submit(shop, shop.Lead() with { Budget = Budget.Unknown });
        Assert.Null(landing.OwnerId);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Visit(collect, TouchKind.Downloaded);

        Assert.Equal(rep, await shop.Read(db => db.Set<Lead>().Select(l => l.OwnerId).SingleAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Two_people_on_one_device_are_never_mixed_when_the_second_says_who_they_are(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        await Visit(collect, TouchKind.PageVisited);
        var first = await Submit(shop, shop.Lead());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Visit(collect, TouchKind.PageVisited);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var second = await Submit(shop, shop.Lead());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Visit(collect, TouchKind.Downloaded);
        // A touch of the time before that comes late is nobody's.
        await collect.Submit(new Report([Touch(TouchKind.ArticleClicked) with { At = _clock.GetUtcNow().AddMinutes(-2) }]), Ct);

        Assert.Equal([TouchKind.FormSubmitted, TouchKind.PageVisited, TouchKind.PageVisited], await Kinds(shop, first.LeadId));
        Assert.Equal([TouchKind.FormSubmitted, TouchKind.Downloaded], await Kinds(shop, second.LeadId));
        Assert.Equal(TouchKind.ArticleClicked, await shop.Read(db => db.Set<VisitorTouch>().Select(t => t.Kind).SingleAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task After_a_sign_off_touches_reach_the_second_person_only(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        var first = await Submit(shop, shop.Lead());
        _clock.Advance(TimeSpan.FromMinutes(1));
        await collect.Submit(new Report([], SignedOff: _visitor), Ct);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Visit(collect, TouchKind.Downloaded);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var second = await Submit(shop, shop.Lead());

        Assert.Equal([TouchKind.FormSubmitted], await Kinds(shop, first.LeadId));
        Assert.Equal([TouchKind.FormSubmitted, TouchKind.Downloaded], await Kinds(shop, second.LeadId));
    }

    [Theory, OnBothDatabases]
    public async Task What_somebody_did_who_signed_off_without_saying_who_they_are_stays_nobodys(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        await Visit(collect, TouchKind.Downloaded);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await collect.Submit(new Report([], SignedOff: _visitor), Ct);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var second = await Submit(shop, shop.Lead());

        Assert.Equal([TouchKind.FormSubmitted], await Kinds(shop, second.LeadId));
        Assert.Equal(1, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_person_who_comes_in_again_goes_on(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        var phone = shop.NewPhone();
        await Submit(shop, shop.Lead(phone));
        _clock.Advance(TimeSpan.FromMinutes(1));

        var again = await Submit(shop, shop.Lead(phone));
        await collect.Submit(new Report([Touch(TouchKind.Downloaded) with { At = _clock.GetUtcNow().AddSeconds(-30) }]), Ct);

        Assert.Contains(TouchKind.Downloaded, await Kinds(shop, again.LeadId));
        Assert.Equal(0, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Of_who_does_not_want_it_nothing_is_recorded(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        var landing = await Submit(shop, shop.Lead());
        await shop.Store.Write(scope => scope.Db.Set<Lead>().ExecuteUpdateAsync(l => l.SetProperty(x => x.Privacy, LeadPrivacy.Restricted), Ct), Ct);
        _clock.Advance(TimeSpan.FromMinutes(1));

        await Visit(collect, TouchKind.Downloaded);

        Assert.Equal([TouchKind.FormSubmitted], await Kinds(shop, landing.LeadId));
        Assert.Equal(0, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_mail_that_is_opened_again_tells_nothing_new(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        var landing = await Submit(shop, shop.Lead());
        var opened = new Collected { LeadId = landing.LeadId, Kind = TouchKind.MailOpened, At = _clock.GetUtcNow(), Detail = "a mail" };

        await collect.Submit(new Report([opened]), Ct);
        await collect.Submit(new Report([opened]), Ct);

        Assert.Equal([TouchKind.FormSubmitted, TouchKind.MailOpened], (await Kinds(shop, landing.LeadId)).Order());
    }

    [Theory, OnBothDatabases]
    public async Task Clicks_are_counted_by_day_and_each_visitor_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        var link = Guid.NewGuid();
        await collect.Submit(new Report([], new LinkClick(link, _visitor)), Ct);
        await collect.Submit(new Report([], new LinkClick(link, _visitor)), Ct);
        await collect.Submit(new Report([], new LinkClick(link, null)), Ct);
        _clock.Advance(TimeSpan.FromDays(1));
        await collect.Submit(new Report([], new LinkClick(link, _visitor)), Ct);

        var days = await shop.Read(db => db.Set<LinkDay>().AsNoTracking().OrderBy(d => d.Day).ToListAsync(Ct));
        Assert.Equal([(3L, 1L), (1L, 0L)], days.Select(d => (d.Clicks, d.Visitors)));
    }

    [Theory, OnBothDatabases]
    public async Task Many_reports_at_once_are_all_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        await using var collect = Collector(shop);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => collect.Submit(new Report([.. Enumerable.Range(0, 5).Select(_ => Touch(TouchKind.PageVisited) with { VisitorId = Guid.NewGuid() })]), Ct)));
        Assert.Equal(1500, await shop.Read(db => db.Set<VisitorTouch>().CountAsync(Ct)));
    }

    private static CollectTouches Collector(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private Collected Touch(TouchKind kind) => new() { VisitorId = _visitor, Kind = kind, At = _clock.GetUtcNow(), Detail = "www.example.com/" };

    private Task Visit(CollectTouches collect, params TouchKind[] kinds) => collect.Submit(new Report([.. kinds.Select(Touch)]), Ct);

    private async Task<Landing> Submit(Shop shop, LeadSubmission submission)
    {
        var request = new IntakeRequest { Submission = submission with { Touches = [new(TouchKind.FormSubmitted, null)] }, VisitorId = _visitor };
        return Assert.IsType<IntakeResult.Landed>(await shop.Intake.Submit(request, Ct)).Landing;
    }

    private static Task<List<TouchKind>> Kinds(Shop shop, Guid lead) => shop.Read(db => db.Set<Touch>().Where(t => t.LeadId == lead).OrderBy(t => t.Kind == TouchKind.FormSubmitted ? 0 : 1).ThenByDescending(t => t.Kind == TouchKind.PageVisited).Select(t => t.Kind).ToListAsync(Ct));
}
