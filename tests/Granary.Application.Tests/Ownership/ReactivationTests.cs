using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class ReactivationTests
{
    private static readonly ReactivationPlan Plan = new()
    {
        Select = new() { Pools = [PoolKeys.Nurture], IdleDays = 0 },
        Push = new() { Target = AssignmentTarget.OfRole(BuiltInRoles.SalesRepresentative) },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_run_gives_leads_of_a_pool_to_representatives_in_turn_and_says_where_they_came_from(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var leads = await Pooled(shop, 3);
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        var id = await Made(shop, Plan with { Campaign = "秋季盘活" });

        var run = await Running(shop).Now(zhang, id, Ct);

        Assert.Equal((3, 3), (run!.Selected, run.Pushed));
        var owned = await shop.Read(db => db.Set<OwnershipRecord>().Where(o => o.To == null).ToListAsync(Ct));
        Assert.Equal([1, 2], owned.GroupBy(o => o.OwnerId).Select(g => g.Count()).Order());
        Assert.All(owned, o => Assert.Equal((Acquired.AssignedAutomatically, true), (o.Acquired, o.FromPoolId is not null)));
        Assert.Equal(new[] { zhang, li }.ToHashSet(), owned.Select(o => o.OwnerId).ToHashSet());
        Assert.Equal(3, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => leads.Contains(e.SubjectId) && e.Kind == LeadEvent.Reactivated, Ct)));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Caps_of_the_run_of_the_recipient_and_of_the_profile_hold_and_earlier_owners_are_left_out(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var earlier = await shop.Hire("Earlier");
        var leads = await Pooled(shop, 6);
        foreach (var lead in leads)
        {
            await shop.Store.Write(async scope =>
            {
                scope.Db.Add(new OwnershipRecord { Id = shop.Time.NewId(), LeadId = lead, OwnerId = earlier, Acquired = Acquired.Claimed, From = shop.Time.Now, To = shop.Time.Now, Ended = Ended.Returned });
                await scope.Db.SaveChangesAsync(Ct);
            }, Ct);
        }

        var full = await shop.Hire("Full", profile: new() { HoldingCap = 1 });
        var free = await shop.Hire("Free");
        var id = await Made(shop, Plan with { Push = Plan.Push with { PerRecipient = 2, PerRun = 5 } });

        var run = await Running(shop).Now(free, id, Ct);

        Assert.Equal((6, 3), (run!.Selected, run.Pushed));
        var held = await shop.Read(db => db.Set<Lead>().Where(l => l.OwnerId != null).GroupBy(l => l.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Ct));
        Assert.Equal((1, 2, 0), (held[full], held[free], held.GetValueOrDefault(earlier)));

        // What was pushed rests; the others are still there for the next run.
        Assert.Equal(2, (await Running(shop).Now(free, await Made(shop, Plan with { Push = Plan.Push with { PerRun = 2 } }), Ct))!.Pushed);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_selection_asks_for_everything_it_names(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var plain = shop.Lead() with { Budget = Budget.Unknown };
        var wanted = (await shop.Submit(plain with { Tags = ["老客户"], Products = ["CRM"], Company = plain.Company with { Industry = "医疗", Province = "江苏省", City = "苏州市" }, Touches = [new SubmittedTouch(TouchKind.MailOpened, clock.GetUtcNow())] })).LeadId;
        var other = (await shop.Submit(shop.Lead() with { Budget = Budget.Unknown, Company = new CompanyDetails { Industry = "软件", Province = "北京市" } })).LeadId;
        await LieInNurture(shop, wanted, other);

        async Task Finds(Func<ReactivationSelection, ReactivationSelection> with, params Guid[] expected)
        {
            var preview = await Reading(shop).Preview(Plan with { Select = with(Plan.Select) }, Ct);
            Assert.Equal(expected.Order(), preview.First.Select(l => l.Id).Order());
            Assert.Equal(expected.Length, preview.Selected);
        }

        await Finds(s => s, wanted, other);
        await Finds(s => s with { Industries = ["医疗", "教育"] }, wanted);
        await Finds(s => s with { Regions = ["江苏"] }, wanted);
        await Finds(s => s with { Regions = ["江苏/苏州", "上海"] }, wanted);
        await Finds(s => s with { Regions = ["江苏/南京"] });
        await Finds(s => s with { Tags = ["老客户", "\"奇怪"] }, wanted);
        await Finds(s => s with { Products = ["CRM"] }, wanted);
        await Finds(s => s with { Touches = [TouchKind.MailOpened], TouchedWithinDays = 7 }, wanted);
        await Finds(s => s with { Touches = [TouchKind.MailReplied], TouchedWithinDays = 7 });
        await Finds(s => s with { PastOrders = true });
        await Finds(s => s with { PastOrders = false, OwnershipsAtMost = 0 }, wanted, other);
        await Finds(s => s with { OwnershipsAtLeast = 1 });
        await Finds(s => s with { ScoreAtLeast = 999 });
        await Finds(s => s with { IdleDays = 30 });
        await Finds(s => s with { Pools = [PoolKeys.Active] });

        clock.Advance(TimeSpan.FromDays(31));
        await Finds(s => s with { IdleDays = 30 }, wanted, other);
        await Finds(s => s with { TouchedWithinDays = 7 });
        await Finds(s => s with { ScoreChangedWithinDays = 1 });
        await shop.Touching.Touch(await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)), other, TouchKind.MailReplied, null, null, ct: Ct);
        await Finds(s => s with { ScoreChangedWithinDays = 1 }, await shop.Read(db => db.Set<EventRecord>().AnyAsync(e => e.SubjectId == other && e.Kind == LeadEvent.Scored, Ct)) ? [other] : []);
    }

    [Theory, OnBothDatabases]
    public async Task A_plan_can_send_leads_back_to_nurture_with_the_regional_pool_first(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var leads = await Pooled(shop, 2);
        var boss = await shop.Hire("Boss", BuiltInRoles.LeadAdministrator);
        var id = await Made(shop, Plan with { Push = new() { Target = AssignmentTarget.OfPool(PoolKeys.Active), PerRun = 1 } });

        Assert.Equal(1, (await Running(shop).Now(boss, id, Ct))!.Pushed);

        var active = (await shop.Settings.Get(Ct)).Pools.Find(PoolKeys.Active)!.Id;
        var moved = Assert.Single(await shop.Read(db => db.Set<Lead>().Where(l => l.PoolId == active).ToListAsync(Ct)));
        Assert.Contains(moved.Id, leads);
        Assert.Equal(new ReactivationFigures(1, 0, 0, 0, 0, 0, 1), (await Reading(shop).Results(id, Ct))[0].Figures);
    }

    [Theory, OnBothDatabases]
    public async Task A_schedule_runs_once_when_it_is_due_however_many_nodes_look(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await Pooled(shop, 250);
        foreach (var n in Enumerable.Range(0, 4))
        {
            await shop.Hire($"R{n}", profile: new() { DailyIntakeCap = 500, HoldingCap = 500 });
        }

        var id = await Made(shop, Plan with { Push = Plan.Push with { PerRun = 200 }, Schedule = new() { Every = ReactivationRhythm.Daily, At = new(10, 0) } });
        Assert.Equal(0, await Running(shop).Sweep(Ct));
        clock.Advance(TimeSpan.FromHours(1));

        // One writer has SQLite; on PostgreSQL there is a second node.
        var second = kind == DatabaseKind.Postgres ? await shop.SecondNode() : null;
        var pushed = await Task.WhenAll(new[] { shop, second ?? shop }.Select(node => Running(node).Sweep(Ct)));

        Assert.Equal(200, pushed.Sum());
        Assert.Equal(200, await shop.Read(db => db.Set<ReactivatedLead>().Select(r => r.LeadId).Distinct().CountAsync(Ct)));
        Assert.Equal(200, Assert.Single(await shop.Read(db => db.Set<ReactivationRun>().ToListAsync(Ct))).Pushed);
        Assert.Equal(clock.GetUtcNow().AddDays(1), (await Reading(shop).Find(id, Ct))!.NextAt);
        Assert.Equal(0, await Running(shop).Sweep(Ct));
        await shop.HoldingsAreExact();
        await (second?.Close() ?? Task.CompletedTask);
    }

    [Theory, OnBothDatabases]
    public async Task A_run_that_a_crash_cut_short_is_taken_up_and_pushes_no_lead_twice(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var leads = await Pooled(shop, 5);
        var zhang = await shop.Hire("Zhang");
        var id = await Made(shop, Plan);
        await shop.Store.Write(async scope =>
        {
            var begun = new ReactivationRun { Id = shop.Time.NewId(), ReactivationId = id, At = shop.Time.Now, ActorId = zhang, Selected = 5, Pushed = 2 };
            scope.Db.Add(begun);
            scope.Db.AddRange(leads[..2].Select(lead => new ReactivatedLead { RunId = begun.Id, LeadId = lead }));
            await scope.Db.Set<Reactivation>().ExecuteUpdateAsync(r => r.SetProperty(x => x.NextAt, begun.At), Ct);
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);

        Assert.Equal(3, await Running(shop).Sweep(Ct));

        var run = Assert.Single(await shop.Read(db => db.Set<ReactivationRun>().ToListAsync(Ct)));
        Assert.Equal((zhang, 5), (run.ActorId!.Value, run.Pushed));
        Assert.Null((await Reading(shop).Find(id, Ct))!.NextAt);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task What_became_of_pushed_leads_is_counted_by_run(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Pooled(shop, 4);
        var zhang = await shop.Hire("Zhang");
        var id = await Made(shop, Plan with { Script = "三个月前聊过，先问预算" });
        await Running(shop).Now(zhang, id, Ct);
        var mine = await shop.Read(db => db.Set<Lead>().Where(l => l.OwnerId == zhang).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync(Ct));
        await shop.Invalidating.Invalidate(await shop.As(zhang), mine[0], "no_budget", null, ct: Ct);
        await shop.Assigning.Assign(await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)), mine[1], await shop.Hire("Li"), ct: Ct);
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == mine[2])
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Status, LeadStatus.Working).SetProperty(x => x.FollowedAt, shop.Time.Now), Ct), Ct);

        Assert.Equal(new ReactivationFigures(Pushed: 4, Contacted: 1, Working: 1, Converted: 0, Back: 1, Invalid: 1, Untouched: 1), Assert.Single(await Reading(shop).Results(id, Ct)).Figures);
        Assert.Equal(mine[2], Assert.Single(await Reading(shop).Leads(id, null, ReactivationOutcome.Working, contacted: true, null, Ct)).Lead.Id);
        Assert.Equal(id, (await Reading(shop).Behind(await shop.Stored(mine[3]), Ct))!.Id);
        Assert.Null(await Reading(shop).Behind(await shop.Stored(mine[1]), Ct));
    }

    [Theory, OnBothDatabases]
    public async Task What_has_run_is_closed_and_what_has_not_is_deleted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", BuiltInRoles.LeadAdministrator);
        var (ran, never) = (await Made(shop, Plan with { Schedule = new() { Every = ReactivationRhythm.Daily } }), await Made(shop, Plan));
        await Running(shop).Now(boss, ran, Ct);

        await Saving(shop).Delete(boss, ran, Ct);
        await Saving(shop).Delete(boss, never, Ct);

        var left = Assert.Single(await Reading(shop).All(Ct));
        Assert.Equal((ran, false, (DateTimeOffset?)null), (left.Reactivation.Id, left.Reactivation.Open, left.Reactivation.NextAt));
        Assert.IsType<SettingResult.Missing>(await Saving(shop).Delete(boss, never, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Names_that_nobody_has_are_refused_and_nothing_is_written(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var input = new ReactivationInput(" ", Plan with { Select = new() { Pools = ["nowhere"] }, Push = new() { Target = AssignmentTarget.OfUsers(Guid.NewGuid()) } });

        var refused = Assert.IsType<SettingResult.Refused>(await Saving(shop).Create(Guid.Empty, input, Ct));

        Assert.Equal([new FieldError("name", "required"), new FieldError("select.pools[0]", "unknown"), new FieldError("push.target.users[0]", "unknown")], refused.Errors);
        Assert.Empty(await Reading(shop).All(Ct));
    }

    private static RunReactivation Running(Shop shop) => new(shop.Verb, shop.Store, shop.Settings, shop.Time);

    private static ReadReactivations Reading(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private static SaveReactivation Saving(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private static async Task<Guid> Made(Shop shop, ReactivationPlan plan) =>
        Guid.Parse(Assert.IsType<SettingResult.Done>(await Saving(shop).Create(Guid.Empty, new ReactivationInput("盘活", plan), Ct)).Key);

    // What is not mature lies in nurture.
    private static async Task<Guid[]> Pooled(Shop shop, int count)
    {
        var leads = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => shop.Submit(shop.Lead() with { Budget = Budget.Unknown })));
        Guid[] ids = [.. leads.Select(l => l.LeadId)];
        await LieInNurture(shop, ids);
        return ids;
    }

    private static async Task LieInNurture(Shop shop, params Guid[] ids)
    {
        var nurture = (await shop.Settings.Get(Ct)).Pools.Find(PoolKeys.Nurture)!.Id;
        var lying = await shop.Read(db => db.Set<Lead>().CountAsync(l => ids.Contains(l.Id) && l.PoolId == nurture && l.Status == LeadStatus.Unassigned, Ct));
        Assert.Equal(ids.Length, lying);
    }
}
