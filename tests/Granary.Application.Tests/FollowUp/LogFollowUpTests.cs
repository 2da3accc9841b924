using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.FollowUp;

public sealed class LogFollowUpTests
{
    private static readonly FollowUpInput Call = new() { Method = FollowUpMethod.Call, Content = "已电话沟通需求，客户希望下周看演示" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_owners_follow_up_counts_by_the_servers_clock_whatever_time_was_typed(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var got = shop.Time.Now;
        clock.Advance(TimeSpan.FromHours(2));

        var input = Call with { At = got.AddMinutes(1), NextStep = "演示", NextAt = shop.Time.Now.AddDays(3), Answered = true };
        var (record, result) = await new LogFollowUp(shop.Verb).Log(await shop.As(zhang), landing.LeadId, input, Ct);

        var lead = Assert.IsType<LeadResult.Done>(result).Lead;
        Assert.Equal((LeadStatus.Working, shop.Time.Now, "演示"), (lead.Status, lead.FollowedAt!.Value, lead.NextStep));
        Assert.Equal((true, got.AddMinutes(1), shop.Time.Now), (record!.Counted, record.At, record.RecordedAt));
        var ownership = await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct));
        Assert.Equal((1, shop.Time.Now, shop.Time.Now), (ownership.FollowUps, ownership.FirstFollowUpAt, ownership.LastFollowUpAt));
        Assert.Equal(TouchKind.CallAnswered, (await shop.Read(db => db.Set<Touch>().SingleAsync(Ct))).Kind);
        var told = await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == LeadEvent.FollowedUp, Ct));
        Assert.DoesNotContain("演示", told.Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Protection_grows_with_each_counted_follow_up_until_its_maximum(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var got = shop.Time.Now;
        var log = new LogFollowUp(shop.Verb);
        async Task<double> Days()
        {
            Assert.NotNull((await log.Log(await shop.As(zhang), landing.LeadId, Call, Ct)).Record);
            return ((await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).ProtectedUntil!.Value - got).TotalDays;
        }

        Assert.Equal(14, await Days());
        clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(17, await Days());
        clock.Advance(TimeSpan.FromDays(48));
        Assert.Equal(60, await Days());
    }

    [Theory, OnBothDatabases]
    public async Task A_supervisors_record_is_kept_but_does_not_count_for_the_owner_and_a_colleagues_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var reader = await shop.As(await shop.Hire("Reader", "operations"));
        var colleague = await shop.As(await shop.Hire("Li"));
        var log = new LogFollowUp(shop.Verb);

        var (record, _) = await log.Log(boss, landing.LeadId, Call, Ct);
        Assert.False(record!.Counted);
        Assert.Equal(LeadStatus.Pending, (await shop.Stored(landing.LeadId)).Status);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.NotOwner), (await log.Log(reader, landing.LeadId, Call, Ct)).Result);
        Assert.IsType<LeadResult.NotFound>((await log.Log(colleague, landing.LeadId, Call, Ct)).Result);
        Assert.Single(await shop.Read(db => db.Set<FollowUpRecord>().ToListAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_is_said_and_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var landing = await shop.Submit(shop.Lead());
        var log = new LogFollowUp(shop.Verb);
        async Task<LeadResult> Try(FollowUpInput input) => (await log.Log(zhang, landing.LeadId, input, Ct)).Result;

        Assert.Equal(new LeadResult.Refused(LeadRefusal.InTheFuture), await Try(Call with { At = shop.Time.Now.AddHours(1) }));
        Assert.Equal(new LeadResult.Refused(LeadRefusal.BeforeTheLead), await Try(Call with { At = shop.Time.Now.AddHours(-1) }));
        Assert.Equal(new LeadResult.Refused(LeadRefusal.TooShort), await Try(Call with { Content = "已联系" }));
        Assert.Equal(new LeadResult.Refused(LeadRefusal.TooShort), await Try(Call with { Content = "。。。。。。。。。。。。" }));
        Assert.Equal(new LeadResult.Refused(LeadRefusal.TooShort), await Try(Call with { Content = "   " }));
        Assert.Equal(("nextAt", "in_the_past"), Error(await Try(Call with { NextAt = shop.Time.Now.AddMinutes(-1) })));
        Assert.Equal(("method", "required"), Error(await Try(Call with { Method = null })));
        Assert.Equal(("content", "too_long"), Error(await Try(Call with { Content = new string('长', 4_001) })));
        Assert.Equal(("content", "control_character"), Error(await Try(Call with { Content = "已电话沟通需求，客户希望\u0001看演示" })));
        Assert.Equal("bant.budget.min", Error(await Try(Call with { Changes = new KeyFields { BudgetMin = -1 } })).Field);
        await shop.Invalidating.Invalidate(zhang, landing.LeadId, "no_budget", null, ct: Ct);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.Closed), await Try(Call));

        Assert.Empty(await shop.Read(db => db.Set<FollowUpRecord>().ToListAsync(Ct)));
        Assert.Equal(0, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).FollowUps);
    }

    [Theory, OnBothDatabases]
    public async Task Key_fields_change_the_lead_and_its_score_with_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var landing = await shop.Submit(shop.Lead());
        Assert.Equal(60, landing.Score!.Total);

        // Points of attributes stop at 60: large 20, decision maker 30, full budget 20; as a user 10.
        var input = Call with { Changes = new KeyFields { Role = BuyingRole.User, Requirement = "采购 CRM，三个月内上线" } };
        Assert.NotNull((await new LogFollowUp(shop.Verb).Log(zhang, landing.LeadId, input, Ct)).Record);

        var after = await shop.Stored(landing.LeadId);
        Assert.Equal((BuyingRole.User, "采购 CRM，三个月内上线", 50), (after.Role, after.Requirement, after.Score));
    }

    private static (string Field, string Code) Error(LeadResult result)
    {
        var error = Assert.Single(Assert.IsType<LeadResult.Invalid>(result).Errors);
        return (error.Field, error.Code);
    }
}
