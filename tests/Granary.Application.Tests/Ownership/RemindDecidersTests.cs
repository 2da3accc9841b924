using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

/// <summary>What owners ask for is decided within a time (§8).</summary>
public sealed class RemindDecidersTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Those_who_decide_are_reminded_twice_and_told_once_when_the_time_is_over(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", BuiltInRoles.LeadAdministrator);
        var (zhang, request) = await Asked(shop);
        var asked = request.AskedAt;
        Assert.Equal(asked.AddDays(1), request.DueAt);

        Assert.Equal(0, await Sweep(shop));
        clock.MoveTo(asked.AddHours(12));
        Assert.Equal((1, 0), (await Sweep(shop), await Sweep(shop)));
        Assert.Equal((1, 0), await Told(shop, boss));
        clock.MoveTo(asked.AddHours(20));
        Assert.Equal(1, await Sweep(shop));
        Assert.Equal((2, 0), await Told(shop, boss));
        clock.MoveTo(asked.AddHours(24));
        Assert.Equal((1, 0), (await Sweep(shop), await Sweep(shop)));
        Assert.Equal((2, 1), await Told(shop, boss));
        Assert.Equal((0, 0), await Told(shop, zhang));

        var overdue = await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == LeadEvent.RequestOverdue, Ct));
        Assert.Equal(request.LeadId, overdue.SubjectId);
        clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await Sweep(shop));
    }

    [Theory, OnBothDatabases]
    public async Task After_a_stop_of_any_length_what_is_overdue_is_told_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", BuiltInRoles.LeadAdministrator);
        await Asked(shop);

        clock.Advance(TimeSpan.FromDays(9));

        Assert.Equal((1, 0), (await Sweep(shop), await Sweep(shop)));
        Assert.Equal((0, 1), await Told(shop, boss));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_decided_or_needed_no_more_reminds_nobody(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", BuiltInRoles.LeadAdministrator);
        var (_, decided) = await Asked(shop);
        var (zhang, dropped) = await Asked(shop);
        Assert.IsType<LeadResult.Done>((await shop.Deciding.Decide(await shop.As(boss), decided.Id, new(false, "stays"), Ct)).Result);
        Assert.IsType<LeadResult.Done>(await shop.Returning.Return(await shop.As(zhang), dropped.LeadId, "no match", ct: Ct));

        clock.Advance(TimeSpan.FromDays(9));

        Assert.Equal(0, await Sweep(shop));
        Assert.Equal((0, 0), await Told(shop, boss));
    }

    [Theory, OnBothDatabases]
    public async Task The_time_is_policy_and_an_overdue_decision_comes_first_on_the_desk(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Publish(PolicyKind.Sla, new SlaPolicy { Decisions = new DecisionRule { Minutes = 60, Clock = DeadlineClock.Elapsed, Reminders = [] } });
        var boss = await shop.Hire("Boss", BuiltInRoles.LeadAdministrator);
        var own = await shop.Laid("sdr");
        var (_, request) = await Asked(shop);
        Assert.Equal(request.AskedAt.AddHours(1), request.DueAt);
        Assert.IsType<LeadResult.Done>(await shop.Assigning.Assign(await shop.As(boss), own, boss, ct: Ct));
        var desk = new MyDesk(shop.Store, shop.Settings, shop.Listing, shop.Time);

        Assert.Equal([DeskTask.New, DeskTask.Decide], (await desk.Lay(await shop.As(boss), ct: Ct)).Next.Select(i => i.Task));
        clock.Advance(TimeSpan.FromHours(1));
        var first = (await desk.Lay(await shop.As(boss), ct: Ct)).Next[0];
        Assert.Equal((DeskTask.Decide, request.DueAt), (first.Task, first.DeadlineAt));
    }

    private static Task<int> Sweep(Shop shop) => new RemindDeciders(shop.Verb, shop.Store, shop.Time).Sweep(Ct);

    private static async Task<(Guid Asker, LeadRequest Request)> Asked(Shop shop)
    {
        await shop.Hire("Zhang");
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var owner = (await shop.Stored(lead)).OwnerId!.Value;
        return (owner, (await shop.Adjusting.Ask(await shop.As(owner), lead, "not my region", null, ct: Ct)).Request!);
    }

    private static async Task<(int Due, int Overdue)> Told(Shop shop, Guid user)
    {
        var kinds = await shop.Read(db => db.Set<Notice>().Where(n => n.UserId == user).Select(n => n.Kind).ToListAsync(Ct));
        return (kinds.Count(k => k == NoticeKind.RequestDue), kinds.Count(k => k == NoticeKind.RequestOverdue));
    }
}
