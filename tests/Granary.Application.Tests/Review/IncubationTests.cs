using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification.Merging;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Application.Tests.FollowUp;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Review;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Review;

public sealed class IncubationTests
{
    private static readonly PainChain Pains = new([new("p1", "财务", "回款慢"), new("p2", "生产", "停工", true)], [new("p2", "p1")]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_of_a_reviewed_line_becomes_an_opportunity_only_once_its_review_passed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee();
        var (owner, _, lead) = await shop.Applied();

        var (refused, _) = await shop.Converting.Convert(owner, lead, new ConversionInput(Deals.All), ct: Ct);
        Assert.Equal("review_required", Committees.Code(refused));
        Assert.Equal(0, await shop.Read(db => db.Set<Opportunity>().CountAsync(Ct)));
        await shop.Approve(members[0], lead);
        await shop.Approve(members[1], lead);

        var (done, made) = await shop.Converting.Convert(owner, lead, new ConversionInput(Deals.All), ct: Ct);
        Assert.IsType<LeadResult.Done>(done);
        Assert.NotNull(made);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_written_about_the_lead_carries_over_and_goes_back_when_that_is_undone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, _, lead) = await shop.Passed();
        await Write(shop, owner, lead);

        var (_, made) = await shop.Converting.Convert(owner, lead, new ConversionInput(Deals.All), ct: Ct);

        var papers = (await shop.Opportunities.Find(owner, made!.OpportunityId, Ct))!;
        Assert.Equal(Pains.Links, papers.Paper<PainChain>(PaperKind.PainChain)!.Links);
        Assert.Equal("王总", papers.Paper<DecisionChain>(PaperKind.DecisionChain)!.People[0].Name);
        Assert.Equal("p2", papers.Paper<Vision>(PaperKind.Vision)!.Capabilities[0].PainId);
        Assert.Equal("客户希望走访", papers.Paper<Interest>(PaperKind.Interest)!.Items[0].Reaction);
        Assert.IsType<LeadResult.Done>(await shop.Undoing.Undo(owner, lead, ct: Ct));
        Assert.Equal((0, 4), await shop.Read(async db => (await db.Set<OpportunityPaper>().CountAsync(Ct), await db.Set<LeadPaper>().CountAsync(Ct))));
        Assert.Equal(ReviewState.Approved, (await shop.ReviewOf(lead)).State);
        Assert.NotNull((await shop.ReviewOf(lead)).RemindAt);
    }

    [Theory, OnBothDatabases]
    public async Task Diagrams_are_checked_as_those_of_opportunities_are(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();
        var viewer = await shop.As(owner);

        Assert.Equal(["painChain.links"], Committees.Fields(await shop.Papers.Write(viewer, lead, Pains with { Links = [new("p1", "p2"), new("p2", "p1")] }, ct: Ct)));
        Assert.Equal(["interest.items[0].text", "interest.items[0].painId"], Committees.Fields(await shop.Papers.Write(viewer, lead, new Interest([new(InterestKind.Product, " ", "p9")]), ct: Ct)));
        Assert.IsType<LeadResult.NotFound>(await shop.Papers.Write(await shop.As(await shop.Hire("Li")), lead, Pains, ct: Ct));
        Assert.Null(await shop.Papers.Of(await shop.As(await shop.Hire("Wu")), lead, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task The_plan_names_steps_dates_and_owners_and_who_owns_a_step_says_it_is_done(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, _, lead) = await shop.Passed(r => r with { Milestones = [] });
        var helper = await shop.As(await shop.Hire("Helper", "lead_administrator"));
        var stranger = await shop.As(await shop.Hire("Reader", "operations"));
        var day = new DateOnly(2026, 3, 9);

        Assert.Equal(["steps[0].name", "steps[0].dueOn"], Committees.Fields(await shop.Milestones.Write(owner, lead, [new(null, " ", null)], ct: Ct)));
        Assert.Equal(["steps[0].owner"], Committees.Fields(await shop.Milestones.Write(owner, lead, [new(null, "走访", day, Guid.NewGuid())], ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Milestones.Write(owner, lead, [new(null, "走访", day, helper.UserId), new(null, "方案交流", day.AddDays(30))], ct: Ct));
        Assert.Equal([helper.UserId], await shop.Noticed(lead, NoticeKind.ReviewDue));
        Assert.Equal(day, (await shop.ReviewOf(lead)).LookOn);

        var steps = (await shop.Reviews.Find(owner, lead, Ct))!.Steps;
        Assert.IsType<LeadResult.Forbidden>(await shop.Milestones.Done(stranger, lead, steps[0].Id, true, ct: Ct));
        Assert.Equal("in_the_future", Committees.Code(await shop.Milestones.Done(helper, lead, steps[0].Id, true, day.AddYears(1), ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Milestones.Done(helper, lead, steps[0].Id, true, ct: Ct));
        Assert.Equal(new DateOnly(2026, 4, 1), (await shop.ReviewOf(lead)).LookOn);
        // What is done stays done when the plan is written anew; what it does not name is gone.
        Assert.IsType<LeadResult.Done>(await shop.Milestones.Write(owner, lead, [new(steps[0].Id, "走访总部", day, helper.UserId)], ct: Ct));
        var kept = Assert.Single((await shop.Reviews.Find(owner, lead, Ct))!.Steps);
        Assert.Equal(("走访总部", (DateOnly?)new DateOnly(2026, 3, 2)), (kept.Name, kept.DoneOn));
    }

    [Theory, OnBothDatabases]
    public async Task No_clock_of_sales_takes_an_incubated_lead_from_its_owner(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, Office.BuiltIn("business_unconverted"));
        var shop = office.Shop;
        var (owner, _, lead) = await shop.Passed(r => r with { Milestones = [] });
        var (other, plain) = await shop.OwnedLead("上海浦江机械有限公司", "Chen");

        office.Clock.Advance(TimeSpan.FromDays(21));
        await office.Work();

        Assert.Equal(owner.UserId, (await shop.Stored(lead)).OwnerId);
        Assert.True(ViolationEvidence.Of((await office.Violations()).Single(v => v.LeadId == lead)).Locked);
        Assert.NotEqual(other, (await shop.Stored(plain)).OwnerId);
    }

    [Theory, OnBothDatabases]
    public async Task After_thirty_days_the_committee_looks_again_confirms_grades_anew_or_closes(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (owner, members, lead) = await shop.Passed(r => r with { Milestones = [] });
        Assert.Equal(new DateOnly(2026, 4, 1), (await shop.ReviewOf(lead)).LookOn);
        Assert.Empty(await shop.Register.Page(members[0], new ReviewFilter { Turn = ReviewTurn.Look }, ct: Ct));

        clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, await shop.Reminding.Sweep(Ct));
        Assert.Equal(0, await shop.Reminding.Sweep(Ct));
        Assert.Equal(6, (await shop.Noticed(lead, NoticeKind.ReviewToVoice)).Count);
        Assert.Single(await shop.Register.Page(members[0], new ReviewFilter { Turn = ReviewTurn.Look }, ct: Ct));

        Assert.IsType<LeadResult.Done>(await shop.Looking.Look(members[1], lead, new LookInput(LookOutcome.Confirm), ct: Ct));
        Assert.Equal(new DateOnly(2026, 5, 1), (await shop.ReviewOf(lead)).LookOn);
        Assert.Equal("reason_required", Committees.Code(await shop.Looking.Look(members[1], lead, new LookInput(LookOutcome.Regrade, Committees.Small), ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Looking.Look(members[1], lead, new LookInput(LookOutcome.Regrade, Committees.Small, "预算下调"), ct: Ct));
        Assert.Equal((ProjectGrade.C, "C"), ((await shop.ReviewOf(lead)).Grade, (await shop.Stored(lead)).ProjectGrade));
        Assert.IsType<LeadResult.Done>(await shop.Looking.Look(members[1], lead, new LookInput(LookOutcome.Close, Reason: "项目取消"), ct: Ct));
        Assert.Equal((ReviewState.Closed, null), ((await shop.ReviewOf(lead)).State, (await shop.Stored(lead)).ProjectGrade));
        var (refused, _) = await shop.Converting.Convert(owner, lead, new ConversionInput(Deals.All), ct: Ct);
        Assert.Equal("review_required", Committees.Code(refused));
        Assert.Equal(["lead.review_confirmed", "lead.review_regraded", "lead.review_closed"], (await shop.Told(lead))[^3..]);
    }

    [Theory, OnBothDatabases]
    public async Task Those_whose_turn_it_is_are_reminded_and_what_is_overdue_is_told_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var members = await shop.Committee();
        var (_, admin, lead) = await shop.Applied(passed: false);

        clock.Advance(TimeSpan.FromHours(12.5));
        await shop.Reminding.Sweep(Ct);
        Assert.Equal([admin.UserId], await shop.Noticed(lead, NoticeKind.ReviewDue));
        Assert.IsType<LeadResult.Done>(await shop.Checking.Check(admin, lead, new CompletenessCheck(true), ct: Ct));
        await shop.Approve(members[0], lead);
        clock.Advance(TimeSpan.FromDays(4));
        await shop.Reminding.Sweep(Ct);
        await shop.Reminding.Sweep(Ct);
        Assert.Equal(new[] { admin.UserId, members[1].UserId, members[2].UserId }.Order(), (await shop.Noticed(lead, NoticeKind.ReviewOverdue)).Order());
        Assert.Single(await shop.Told(lead), t => t == ReviewEvent.Overdue);
        Assert.Null((await shop.ReviewOf(lead)).RemindAt);
    }

    [Theory, OnBothDatabases]
    public async Task Queues_hold_what_waits_for_whom_and_the_register_only_what_is_seen(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee();
        var (owner, admin, lead) = await shop.Applied(passed: false);
        Task<IReadOnlyList<ListedReview>> Of(Viewer who, ReviewTurn? turn) => shop.Register.Page(who, new ReviewFilter { Turn = turn }, ct: Ct);

        Assert.Single(await Of(admin, ReviewTurn.Check));
        Assert.Empty(await Of(members[0], ReviewTurn.Opinion));
        await shop.Checking.Check(admin, lead, new CompletenessCheck(true), ct: Ct);
        Assert.Empty(await Of(admin, ReviewTurn.Check));
        Assert.Single(await Of(members[0], ReviewTurn.Opinion));
        await shop.Approve(members[0], lead);
        Assert.Empty(await Of(members[0], ReviewTurn.Opinion));
        Assert.Equal(1, Assert.Single(await Of(owner, ReviewTurn.Own)).Voices);
        Assert.Single(await Of(owner, null));
        Assert.Empty(await Of(await shop.As(await shop.Hire("Li")), null));
        Assert.Equal(0, await shop.Register.Count(admin, new ReviewFilter { Grades = [ProjectGrade.A] }, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task When_two_leads_become_one_their_reviews_and_papers_go_over_and_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, _, lead) = await shop.Passed();
        await Write(shop, owner, lead);
        var (_, other) = await shop.OwnedLead(company: "上海数聚软件有限公司", name: "Li");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var merging = new MergeLeads(shop.Store, shop.Vault, shop.Settings, shop.Time, [new ReviewsOfLead(), new PapersOfLead()]);

        var (merge, result) = await merging.Merge(boss, other, new MergeInput(lead, new Dictionary<string, Granary.Domain.Matching.MergeSide>()), ct: Ct);
        Assert.IsType<LeadResult.Done>(result);
        Assert.Equal((ReviewState.Approved, "A", null), ((await shop.ReviewOf(other)).State, (await shop.Stored(other)).ProjectGrade, (await shop.Stored(lead)).ProjectGrade));
        Assert.Equal(4, (await shop.Papers.Of(boss, other, Ct))!.Count);

        Assert.IsType<LeadResult.Done>((await new UnmergeLeads(merging, shop.Vault).Undo(boss, other, merge!.Id, ct: Ct)).Result);
        Assert.Equal((ReviewState.Approved, "A", null), ((await shop.ReviewOf(lead)).State, (await shop.Stored(lead)).ProjectGrade, (await shop.Stored(other)).ProjectGrade));
        Assert.Equal((0, 4), ((await shop.Papers.Of(boss, other, Ct))!.Count, (await shop.Papers.Of(boss, lead, Ct))!.Count));
        Assert.Equal(5, await shop.Read(db => db.Set<ReviewStep>().CountAsync(s => s.LeadId == lead, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Steps_of_somebody_who_departs_go_to_whom_everything_goes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, _, lead) = await shop.Passed();
        var heir = await shop.Hire("Heir");
        var helper = await shop.Hire("Helper");
        var admin = await shop.Hire("Admin", BuiltInRoles.Administrator);
        await shop.Milestones.Write(owner, lead, [new(null, "走访", new DateOnly(2026, 3, 9), helper)], ct: Ct);

        var (done, _) = await new DepartUser(shop.Store, shop.Settings, shop.Vault, shop.Time).Depart(admin, helper, new Successor(To: heir), Ct);

        Assert.NotNull(done);
        Assert.Equal(heir, (await shop.Read(db => db.Set<ReviewStep>().SingleAsync(Ct))).OwnerId);
    }

    private static async Task Write(Shop shop, Viewer owner, Guid lead)
    {
        object[] papers =
        [
            Pains,
            new DecisionChain([new DecisionPerson { Id = "d1", Name = "王总", Role = DecisionRole.Decider, Plan = "季度拜访" }]),
            new Vision("排产与报工一体", [new Capability("计划员", "插单时", "十分钟重排", "p2")]),
            new Interest([new InterestItem(InterestKind.SuccessCase, "同行业样板产线", "p2", "客户希望走访")]),
        ];
        foreach (var paper in papers)
        {
            Assert.IsType<LeadResult.Done>(await shop.Papers.Write(owner, lead, paper, ct: Ct));
        }
    }
}
