using Granary.Application.FollowUp;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.FollowUp.Office;

namespace Granary.Application.Tests.FollowUp;

public sealed class CheckTimersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_timer_that_is_missing_late_or_not_needed_is_named_and_the_others_are_not(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        var shop = office.Shop;
        var idle = (await shop.Submit(shop.Lead())).LeadId;
        var boss = await shop.As(await shop.Hire("Boss", "lead_administrator"));
        await shop.Hire("Zhang");
        var (missing, late, right) = (await office.Lead(), await office.Lead(), await office.Lead());
        await shop.Voiding.Void(boss, idle, "mistake", ct: Ct);
        await office.Work();
        Assert.Empty((await Check(shop)).Differences);

        await shop.Store.Write(async scope =>
        {
            var timers = scope.Db.Set<LeadTimer>();
            await timers.Where(t => t.LeadId == missing).ExecuteDeleteAsync(Ct);
            await timers.Where(t => t.LeadId == late).ExecuteUpdateAsync(t => t.SetProperty(x => x.DueAt, China(3, 9, 9)), Ct);
            timers.Add(new LeadTimer { LeadId = idle, DueAt = China(3, 9, 9), Percent = 100 });
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);
        var check = await Check(shop);

        Assert.Equal((3, 0), (check.Timers, check.Waiting));
        Assert.Equal(new[] { (missing, "timer: missing"), (late, "timer: comes"), (idle, "timer: not needed") }.ToHashSet(), check.Differences.Select(d => (d.Id, d.What.Split(',')[0].Split(" 2026")[0])).ToHashSet());
        Assert.DoesNotContain(check.Differences, d => d.Id == right);
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_said_of_leads_to_which_something_has_just_happened(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        await office.Shop.Hire("Zhang");
        await office.Lead();

        var before = await Check(office.Shop);
        await office.Work();
        var after = await Check(office.Shop);

        Assert.Equal((0, 1, 0), (before.Timers, before.Waiting, before.Differences.Count));
        Assert.Equal((1, 0, 0), (after.Timers, after.Waiting, after.Differences.Count));
    }

    private static Task<TimerCheck> Check(Shop shop) => new CheckTimers(shop.Store, shop.Settings, shop.Time).Run(Ct);
}
