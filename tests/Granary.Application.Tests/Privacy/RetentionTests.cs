using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Ownership.Recount;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class RetentionTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Invalid_leads_are_anonymised_after_their_time_and_every_count_stays(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var privacy = new PrivacyShop(shop);
        var admin = await shop.As(await shop.Hire("王", "system_administrator"));
        await shop.Hire("张");
        var (old, held, working) = (await Invalid(shop, admin), await Invalid(shop, admin), (await shop.Submit(shop.Lead())).LeadId);
        Assert.IsType<PrivacyResult<Lead>.Done>(await privacy.Holding.Hold(admin, held, true, "合同纠纷", Ct));
        clock.Advance(TimeSpan.FromDays(179));
        var young = await Invalid(shop, admin);
        Assert.Equal(0, await privacy.Retention.Run(Ct));
        clock.Advance(TimeSpan.FromDays(2));
        var before = await privacy.Counts();
        Assert.Equal(1, (await privacy.Retention.Forecast(Ct)).Single(f => f.Rule.Subject == RetentionSubject.Invalid).Count);

        Assert.Equal(1, await privacy.Retention.Run(Ct));
        Assert.Equal(0, await privacy.Retention.Run(Ct));
        Assert.NotNull((await shop.Stored(old)).AnonymisedAt);
        Assert.All([held, working, young], id => Assert.Null(shop.Stored(id).Result.AnonymisedAt));
        Assert.Equal(0, await shop.Read(db => db.Set<ContactPoint>().CountAsync(c => c.LeadId == old, Ct)));
        Assert.Equal(before, await privacy.Counts());
        Assert.Empty((await new RecountLeads(shop.Store).Run(Ct)).Differences);
        Assert.Null(await privacy.Reading.FirstFault(Ct));
        Assert.Equal("retention", (await shop.Read(db => db.Set<PrivacyProof>().SingleAsync(Ct))).Act);
    }

    [Theory, OnBothDatabases]
    public async Task Pools_are_left_alone_until_somebody_switches_their_rule_on(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var privacy = new PrivacyShop(shop);
        var (silent, touched) = (await shop.Pooled(), await shop.Pooled());
        clock.Advance(TimeSpan.FromDays(700));
        await shop.Store.Write(
            scope =>
            {
                scope.Db.Add(new EventRecord { SubjectId = touched, Kind = "lead.touched", At = shop.Time.Now });
                return scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
        clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(0, await privacy.Retention.Run(Ct));
        Assert.Equal(1, (await privacy.Retention.Forecast(Ct)).Single(f => f.Rule.Subject == RetentionSubject.Pooled).Count);

        await shop.Publish(PolicyKind.Privacy, PrivacyPolicy.BuiltIn with { Retention = [new() { Subject = RetentionSubject.Pooled, Days = 730, Enabled = true }] });
        Assert.Equal(1, await privacy.Retention.Run(Ct));
        Assert.NotNull((await shop.Stored(silent)).AnonymisedAt);
        Assert.Null((await shop.Stored(touched)).AnonymisedAt);
    }

    [Theory, OnBothDatabases]
    public async Task Several_nodes_share_the_work_and_do_nothing_twice(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            // It belongs to one process.
            return;
        }

        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var admin = await shop.As(await shop.Hire("王", "system_administrator"));
        for (var i = 0; i < 30; i++)
        {
            await Invalid(shop, admin);
        }

        clock.Advance(TimeSpan.FromDays(200));
        var second = await shop.SecondNode();
        var cleared = await Task.WhenAll(new PrivacyShop(shop).Retention.Run(Ct), new PrivacyShop(second).Retention.Run(Ct));
        Assert.Equal(30, cleared.Sum());
        Assert.Equal(30, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == LeadPersonPart.Anonymised, Ct)));
        Assert.Null(await new PrivacyShop(shop).Reading.FirstFault(Ct));
        await second.Close();
    }

    private static async Task<Guid> Invalid(Shop shop, Viewer admin)
    {
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        Assert.IsType<LeadResult.Done>(await shop.Invalidating.Invalidate(admin, lead, "no_intention", null, ct: Ct));
        return lead;
    }
}
