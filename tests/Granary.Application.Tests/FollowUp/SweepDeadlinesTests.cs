using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Tests.FollowUp.Office;

namespace Granary.Application.Tests.FollowUp;

// Everything begins on Monday 2 March 2026, 09:00 in China.
public sealed class SweepDeadlinesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_nobody_contacts_reminds_twice_and_is_marked_with_its_evidence(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        var zhang = await office.Shop.Hire("Zhang");
        var lead = await office.Lead();

        await office.At(3, 2, 20, 59);
        Assert.Empty(await office.Log(lead));
        await office.At(3, 2, 21);
        Assert.Equal(["first_contact 50"], await office.Log(lead));
        await office.At(3, 3, 4, 12);
        await office.At(3, 3, 8, 59);
        Assert.Equal(["first_contact 50", "first_contact 80"], await office.Log(lead));
        await office.At(3, 3, 9);

        var violation = Assert.Single(await office.Violations());
        var evidence = ViolationEvidence.Of(violation);
        Assert.Equal((zhang, China(3, 2, 9), China(3, 3, 9), 1440, "first_contact"), (violation.OwnerId, violation.StartedAt, violation.DeadlineAt, violation.Minutes, violation.RuleId));
        Assert.Equal(2, violation.PolicyVersion);
        Assert.Equal(("Zhang", null, "官网/百度搜索"), (evidence.Owner, evidence.DoneAt, evidence.Lead.Channel));
        Assert.Equal((2, 1), (await office.Told(zhang, NoticeKind.DeadlineNear), await office.Told(zhang, NoticeKind.DeadlineMissed)));
        Assert.DoesNotContain("139", violation.Evidence);
    }

    [Theory, OnBothDatabases]
    public async Task A_follow_up_in_time_is_answered_and_nothing_is_marked(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.At(3, 2, 15);
        await office.FollowUp(lead);

        await office.At(3, 20, 9);

        Assert.Empty(await office.Log(lead));
        Assert.Null(await office.Timer(lead));
        var response = await office.Shop.Read(db => db.Set<LeadResponse>().SingleAsync(Ct));
        Assert.Equal((China(3, 3, 9), China(3, 2, 15)), (response.RespondBy, response.RespondedAt));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_done_late_is_noted_once(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"));
        await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.At(3, 3, 9);
        await office.At(3, 3, 11);
        await office.FollowUp(lead);
        await office.At(3, 3, 12);
        await office.FollowUp(lead);
        await office.At(3, 3, 13);

        var note = await office.Shop.Read(db => db.Set<ViolationNote>().SingleAsync(Ct));
        Assert.Equal((ViolationNoteKind.DoneLate, China(3, 3, 11)), (note.Kind, note.At));
    }

    [Theory, OnBothDatabases]
    public async Task A_consumer_lead_goes_to_the_next_in_line_until_nobody_is_left_and_then_to_a_pool(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("consumer_idle"));
        var (zhang, li) = (await office.Shop.Hire("Zhang"), await office.Shop.Hire("Li"));
        var lead = await office.Lead("广告/抖音广告");
        var first = (await office.Shop.Stored(lead)).OwnerId;

        await office.At(3, 2, 10);
        var second = (await office.Shop.Stored(lead)).OwnerId;
        await office.Shop.HoldingsAreExact();
        await office.At(3, 2, 11);

        Assert.Equal(new[] { zhang, li }.Order(), new[] { first!.Value, second!.Value }.Order());
        Assert.Equal("nurture", await office.PoolOf(lead));
        Assert.Equal([Ended.Recycled, Ended.Recycled], await office.Shop.Read(db => db.Set<OwnershipRecord>().Select(o => o.Ended!.Value).ToListAsync(Ct)));
        Assert.Equal(2, await office.Shop.Read(db => db.Set<Decision>().CountAsync(d => d.LeadId == lead && d.Kind == "recycle", Ct)));
        await office.Shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_company_without_follow_up_for_three_working_days_is_recycled_on_Thursday_and_its_owner_is_told(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("business_idle") with { Pool = "active" });
        var zhang = await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.Work();

        await office.At(3, 5, 8, 59);
        Assert.Equal(zhang, (await office.Shop.Stored(lead)).OwnerId);
        await office.At(3, 5, 9);

        Assert.Equal("active", await office.PoolOf(lead));
        Assert.Equal(1, await office.Told(zhang, NoticeKind.LeadTaken));
        Assert.True(ViolationEvidence.Of(Assert.Single(await office.Violations())).Took);
        await office.Shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_locked_lead_is_marked_and_stays(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("business_idle"));
        var zhang = await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await office.Change(lead, o => o.LockedBy = zhang, LeadEvent.Locked);

        await office.At(3, 5, 9);

        Assert.Equal(zhang, (await office.Shop.Stored(lead)).OwnerId);
        Assert.True(ViolationEvidence.Of(Assert.Single(await office.Violations())).Locked);
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_marked_on_the_holidays_also_when_the_product_starts_then(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact") with { Reminders = [] });
        await office.Shop.Hire("Zhang");
        // Qingming: Saturday 4 to Monday 6 April 2026.
        office.Clock.MoveTo(China(4, 2, 23));
        var lead = await office.Lead();
        await office.Follow();

        await office.At(4, 4, 10);
        await office.At(4, 6, 23, 59);
        Assert.Empty(await office.Violations());
        await office.At(4, 7, 0);

        Assert.Single(await office.Violations());
        Assert.Equal(["first_contact 100"], await office.Log(lead));
    }

    [Theory, OnBothDatabases]
    public async Task After_a_long_stop_everything_overdue_is_done_once_and_in_order(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"), BuiltIn("idle"), BuiltIn("response_low") with { When = [], Minutes = 240, Clock = DeadlineClock.WorkingHours });
        await office.Shop.Hire("Zhang");
        var lead = await office.Lead();

        await office.At(4, 1, 9);
        await office.At(4, 1, 10);

        Assert.Equal(
            ["response_low 50", "response_low 80", "response_low 100", "first_contact 50", "first_contact 80", "first_contact 100", "idle 100"], await office.Log(lead));
    }

    [Theory, OnBothDatabases]
    public async Task Three_nodes_that_sweep_together_do_each_thing_once(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("first_contact"), BuiltIn("consumer_idle") with { When = [] });
        foreach (var name in new[] { "A", "B", "C" })
        {
            await office.Shop.Hire(name);
        }

        const int Leads = 450;
        for (var i = 0; i < Leads; i++)
        {
            await office.Lead();
        }

        await office.Follow();
        office.Clock.MoveTo(China(3, 2, 10));
        var nodes = new[] { office, await office.SecondNode(), await office.SecondNode() };
        await Task.WhenAll(nodes.Select(n => Task.Run(async () =>
        {
            await n.Sweep();
            await n.Follow();
            await n.Sweep();
        }, Ct)));

        var violations = await office.Violations();
        Assert.Equal(Leads, violations.Count);
        Assert.Equal(Leads, violations.Select(v => v.OwnershipId).Distinct().Count());
        // Reminders of the hour that passed, once for each lead: 50 % and 80 % of it.
        Assert.Equal(2 * Leads, await office.Shop.Read(db => db.Set<Notice>().CountAsync(n => n.Kind == NoticeKind.DeadlineNear, Ct)));
        Assert.Equal(Leads, await office.Shop.Read(db => db.Set<OwnershipRecord>().CountAsync(o => o.Ended == Ended.Recycled, Ct)));
        await office.Shop.HoldingsAreExact();
        foreach (var node in nodes[1..])
        {
            await node.Shop.Close();
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_next_step_reminds_its_owner_at_its_time_and_again_when_it_is_moved(DatabaseKind kind)
    {
        await using var office = await Open(kind, BuiltIn("next_step"));
        var zhang = await office.Shop.Hire("Zhang");
        var lead = await office.Lead();
        await Plan(office, lead, China(3, 4, 15));

        await office.At(3, 4, 15);
        await office.At(3, 4, 16);
        Assert.Equal(1, await office.Told(zhang, NoticeKind.NextStepDue));
        await Plan(office, lead, China(3, 7, 10));
        await office.At(3, 7, 10);

        Assert.Equal(2, await office.Told(zhang, NoticeKind.NextStepDue));
        Assert.Empty(await office.Violations());
    }

    private static Task Plan(Office office, Guid leadId, DateTimeOffset at) => office.Shop.Store.Write(
        async scope =>
        {
            var lead = await scope.Db.Set<Lead>().SingleAsync(l => l.Id == leadId, Ct);
            (lead.NextStep, lead.NextAt) = ("打电话", at);
            lead.Version++;
            scope.Db.Add(new EventRecord { At = at, SubjectId = leadId, Kind = LeadEvent.FollowedUp });
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);
}
