using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake;

public sealed class LandingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_lands_with_the_right_owner_and_everything_that_explains_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");

        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));

        Assert.Equal(LandingOutcome.Created, landing.Outcome);
        Assert.Equal(zhang, landing.OwnerId);
        Assert.Equal(LeadStatus.Pending, landing.Status);
        Assert.Equal(60, landing.Score!.Total);
        Assert.Equal("A4", landing.Score.Cell);
        var lead = await shop.Read(db => db.Set<Lead>().SingleAsync(Ct));
        Assert.Equal(zhang, lead.OwnerId);
        Assert.Equal("北京", lead.Region);
        var contact = await shop.Read(db => db.Set<ContactPoint>().SingleAsync(Ct));
        Assert.StartsWith("+86139", shop.Vault.Open(contact.Value), StringComparison.Ordinal);
        Assert.Equal(Acquired.AssignedAutomatically, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).Acquired);
        Assert.Contains(CandidateLedger.Unpack((await shop.Read(db => db.Set<AssignmentRecord>().SingleAsync(Ct))).Candidates), c => c.UserId == zhang);
        var trace = Json.Read<Trace>((await shop.Read(db => db.Set<Decision>().SingleAsync(Ct))).Trace);
        Assert.Contains(trace.Reasons, r => r.Step == "assign");
        Assert.Contains(trace.Reasons, r => r.Step == "score");
        Assert.Equal([LeadEvent.Assigned, LeadEvent.Captured], (await shop.Read(db => db.Set<EventRecord>().Select(e => e.Kind).ToListAsync(Ct))).Order());
        var load = await shop.Read(db => db.Set<UserLoad>().SingleAsync(Ct));
        Assert.Equal((1, 1), (load.Taken, load.Holding));
    }

    [Theory, OnBothDatabases]
    public async Task A_third_lead_with_the_phone_of_a_linked_one_is_linked_to_the_source(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var first = await shop.Submit(shop.Lead("13800138000", "北京纷扬科技有限公司"));
        var li = await shop.Hire("Li");

        var second = await shop.Submit(shop.Lead("+86 138-0013-8000", "上海启明医疗器械有限公司"));
        var other = shop.NewPhone();
        var third = await shop.Submit(shop.Lead("013800138000".TrimStart('0'), null));

        Assert.Equal(zhang, first.OwnerId);
        Assert.All([second, third], l => Assert.Equal((LandingOutcome.Linked, first.LeadId, zhang), (l.Outcome, l.SourceLeadId!.Value, l.OwnerId!.Value)));
        Assert.NotEqual(li, zhang);
        Assert.NotNull(other);
        Assert.Equal([0, 1, 2], await shop.Read(db => db.Set<ContactPoint>().OrderBy(c => c.Seq).Select(c => c.Seq).ToListAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_consumer_within_the_window_refreshes_the_lead_and_makes_no_new_one(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        var zhang = await shop.Hire("Zhang");
        var first = await shop.Submit(shop.Lead("13800138000") with { Requirement = "试听" });
        clock.Advance(TimeSpan.FromDays(89));

        var again = await shop.Submit(shop.Lead("13800138000") with { Requirement = "报名", Contact = shop.Lead("13800138000").Contact with { WeChat = "zhangsan_99" } });

        Assert.Equal((LandingOutcome.Refreshed, first.LeadId, zhang), (again.Outcome, again.LeadId, again.OwnerId!.Value));
        var lead = await shop.Read(db => db.Set<Lead>().SingleAsync(Ct));
        Assert.Equal(("报名", 2), (lead.Requirement, lead.Version));
        Assert.Equal(TouchKind.FormSubmitted, (await shop.Read(db => db.Set<Touch>().SingleAsync(Ct))).Kind);
        Assert.All(await shop.Read(db => db.Set<ContactPoint>().ToListAsync(Ct)), c => Assert.Equal(first.LeadId, c.LeadId));
        Assert.Equal(1, await shop.Read(db => db.Set<KeptSubmission>().CountAsync(Ct)));

        clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(LandingOutcome.Created, (await shop.Submit(shop.Lead("13800138000"))).Outcome);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_without_a_valid_way_to_reach_it_is_held_and_captures_no_later_lead(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var invalid = await shop.Settings.Get(Ct);

        var held = await shop.Submit(shop.Lead("11111111111"));

        Assert.Equal(LandingOutcome.Held, held.Outcome);
        Assert.Equal(invalid.Pools.Invalid, held.PoolId);
        Assert.Null(held.OwnerId);
        Assert.Equal(0, await shop.Read(db => db.Set<OwnershipRecord>().CountAsync(Ct)));
        Assert.Equal(LandingOutcome.Held, (await shop.Submit(shop.Lead("11111111111"))).Outcome);
    }

    [Theory, OnBothDatabases]
    public async Task Two_leads_of_one_company_are_both_tagged(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));

        var second = await shop.Submit(shop.Lead(company: "北京纷扬"));

        Assert.Equal(LandingOutcome.Created, second.Outcome);
        Assert.All(await shop.Read(db => db.Set<Lead>().ToListAsync(Ct)), l => Assert.Equal(32, l.Findings));
    }

    [Theory, OnBothDatabases]
    public async Task A_short_name_and_the_company_it_stands_for_find_each_other_whichever_came_first(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang", profile: new() { HoldingCap = null });
        string[] names = ["正海磁材", "烟台正海磁性材料股份有限公司", "上海至纯洁净系统科技股份有限公司", "至纯科技", "北京纷扬科技有限公司", "北京纷扬云图科技有限公司", "北京纷扬软件有限公司"];
        foreach (var name in names)
        {
            await shop.Submit(shop.Lead(company: name));
        }

        var tagged = await shop.Read(db => db.Set<Lead>().Where(l => (l.Findings & 32) != 0).Select(l => l.CompanyName!).ToListAsync(Ct));

        // Registered companies of other cores or trades are others.
        Assert.Equal(names[..4].Order(), tagged.Order());
    }

    [Theory, OnBothDatabases]
    public async Task A_rule_that_asks_for_weak_likeness_finds_registered_names_of_longer_and_shorter_cores(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang", profile: new() { HoldingCap = null });
        var business = DuplicatePolicy.Business;
        var weak = business with { Rules = [.. business.Rules.Select(r => r.Name == "lead_company" ? r with { CompanyLevel = MatchLevel.Weak } : r)] };
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = weak });
        foreach (var name in new[] { "北京海川科技有限公司", "北京海川云图科技有限公司", "上海云智天工软件有限公司", "上海云智软件有限公司" })
        {
            await shop.Submit(shop.Lead(company: name));
        }

        Assert.All(await shop.Read(db => db.Set<Lead>().ToListAsync(Ct)), l => Assert.Equal(32, l.Findings));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_phone_many_times_at_one_instant_through_two_nodes_makes_one_source_lead(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, TimeProvider.System);
        await shop.Hire("Zhang");
        var nodes = kind == DatabaseKind.Postgres ? [shop, await shop.SecondNode()] : new[] { shop };
        for (var round = 0; round < 10; round++)
        {
            var phone = shop.NewPhone();
            var landings = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => nodes[i % nodes.Length].Submit(shop.Lead(phone, $"公司{i}"))));

            var source = Assert.Single(landings, l => l.Outcome == LandingOutcome.Created);
            Assert.All(landings.Where(l => l != source), l => Assert.Equal(source.LeadId, l.SourceLeadId));
        }

        foreach (var other in nodes.Skip(1))
        {
            await other.Close();
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_daily_cap_is_never_exceeded_and_turns_stay_fair_whatever_the_concurrency(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, new FakeClock());
        const int cap = 30;
        for (var i = 0; i < 4; i++)
        {
            await shop.Hire($"Rep {i}", profile: new() { DailyIntakeCap = cap });
        }

        var nodes = kind == DatabaseKind.Postgres ? [shop, await shop.SecondNode()] : new[] { shop };
        var landings = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => Task.Run(() => nodes[i % nodes.Length].Submit(shop.Lead()))));

        var byOwner = landings.Where(l => l.OwnerId is not null).GroupBy(l => l.OwnerId).Select(g => g.Count()).ToList();
        Assert.Equal([cap, cap, cap, cap], byOwner);
        Assert.Equal(150 - (4 * cap), landings.Count(l => l.PoolId is not null && l.Status == LeadStatus.Unassigned));
        Assert.All(await shop.Read(db => db.Set<UserLoad>().ToListAsync(Ct)), l => Assert.Equal((cap, cap), (l.Taken, l.Holding)));
        foreach (var other in nodes.Skip(1))
        {
            await other.Close();
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_repeated_idempotency_key_gives_the_first_answer_and_another_body_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var key = new IdempotencyKey(shop.Time.NewId(), shop.Time.NewId());
        var request = new IntakeRequest { Submission = shop.Lead(), Idempotency = key };

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.Intake.Submit(request, Ct)));
        var later = await shop.Intake.Submit(request, Ct);
        var other = await shop.Intake.Submit(new IntakeRequest { Submission = shop.Lead(), Idempotency = key with { Request = shop.Time.NewId() } }, Ct);

        Assert.Single(answers.Append(later).Select(a => ((IntakeResult.Landed)a).Landing.LeadId).Distinct());
        Assert.IsType<IntakeResult.KeyReused>(other);
        Assert.Equal(1, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
        Assert.Equal(1, await shop.Read(db => db.Set<ContactPoint>().CountAsync(Ct)));
    }
}
