using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class RemindOpportunitiesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_is_due_is_told_once_and_again_when_it_is_due_anew(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (owner, deal) = await shop.Deal();
        var remind = new RemindOpportunities(shop.Store, shop.Settings, shop.Time);
        var raised = Assert.IsType<OpportunityResult.Done>(await shop.Objecting.Raise(owner, deal.Id, "价格高", false, Ct)).Id!.Value;

        Assert.Equal(0, await remind.Sweep(Ct));
        clock.Advance(TimeSpan.FromHours(21));
        Assert.Equal(1, await remind.Sweep(Ct));
        Assert.Equal(0, await remind.Sweep(Ct));
        await shop.Objecting.Answer(owner, deal.Id, raised, "三年总成本更低", false, Ct);
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await remind.Sweep(Ct));
        Assert.Equal(0, await remind.Sweep(Ct));

        var told = await shop.Read(db => db.Set<Notice>().Where(n => n.Kind == NoticeKind.OpportunityDue).ToListAsync(Ct));
        Assert.Equal(2, told.Count);
        Assert.All(told, n => Assert.Equal((owner.UserId, deal.Id), (n.UserId, n.SubjectId)));
    }
}
