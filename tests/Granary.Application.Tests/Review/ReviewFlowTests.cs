using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Review;

public sealed class ReviewFlowTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_is_applied_for_checked_and_approved_by_the_majority_and_its_owner_gets_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee();
        var (owner, admin, lead) = await shop.Applied(passed: false);
        var heir = await shop.Hire("Li");
        Assert.Equal([admin.UserId], await shop.Noticed(lead, NoticeKind.ReviewToCheck));
        Assert.Equal(ReviewRefusal.NotYourTurn, Committees.Code(await shop.Approve(members[0], lead)));

        Assert.IsType<LeadResult.Done>(await shop.Checking.Check(admin, lead, new CompletenessCheck(true), ct: Ct));
        Assert.Equal(members.Select(m => m.UserId).Order(), (await shop.Noticed(lead, NoticeKind.ReviewToVoice)).Order());
        Assert.IsType<LeadResult.Done>(await shop.Approve(members[1], lead, Committees.Small, heir));
        Assert.Equal(ReviewState.Opinions, (await shop.ReviewOf(lead)).State);
        Assert.IsType<LeadResult.Done>(await shop.Approve(members[2], lead, Committees.Large, heir));

        var review = await shop.ReviewOf(lead);
        // Of a C and an A the lower of the two in the middle counts.
        Assert.Equal((ReviewState.Approved, ProjectGrade.C, (Guid?)heir, (Guid?)members[2].UserId), (review.State, review.Grade!.Value, review.OwnerId, review.DecidedBy));
        Assert.Equal((1_999_999.99m, 0m), (review.Amount, review.OwnPercent));
        var stored = await shop.Stored(lead);
        Assert.Equal(((Guid?)heir, "C"), (stored.OwnerId, stored.ProjectGrade));
        Assert.Equal(["lead.review_submitted", "lead.review_checked", "lead.review_voiced", "lead.review_voiced", "lead.review_approved"], await shop.Told(lead));
        Assert.Equal(new[] { owner.UserId, heir }.Order(), (await shop.Noticed(lead, NoticeKind.ReviewDecided)).Order());
        Assert.Equal(ReviewRule.BuiltInMilestones.Select(m => m.Name), (await shop.Reviews.Find(owner with { Grants = admin.Grants }, lead, Ct))!.Steps.Select(s => s.Name));
        Assert.Equal(["decided", "amount", "ownership", "customer", "grade"], (await shop.Reviews.Find(admin, lead, Ct))!.Reasons.Select(r => r.Code));
        Assert.Equal(new DateOnly(2026, 3, 16), review.LookOn);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Two_members_who_speak_at_once_decide_exactly_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee(5);
        var (_, _, lead) = await shop.Applied();
        await shop.Approve(members[0], lead);
        await shop.Approve(members[1], lead);

        // SQLite belongs to one process; on PostgreSQL another node takes one of them.
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        var results = await Task.WhenAll(
            Task.Run(() => shop.Approve(members[2], lead), Ct),
            Task.Run(() => other.Voicing.Voice(members[3], lead, new OpinionInput(ReviewVerdict.Approve, null, Committees.Large), ct: Ct), Ct),
            Task.Run(() => shop.Against(members[4], lead, ReviewVerdict.Reject), Ct));

        Assert.Single(await shop.Told(lead), t => t == ReviewEvent.Approved);
        Assert.All(results.OfType<LeadResult.Refused>(), r => Assert.Equal(ReviewRefusal.NotYourTurn, r.Code));
        Assert.Equal(5, await shop.Read(db => db.Set<ReviewStep>().CountAsync(Ct)));
        Assert.Equal(ReviewState.Approved, (await shop.ReviewOf(lead)).State);
        if (other != shop)
        {
            await other.Close();
        }
    }

    [Theory, OnBothDatabases]
    public async Task When_no_majority_can_come_the_chair_decides_and_by_the_chair_alone_nobody_else_does(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee();
        var (_, _, lead) = await shop.Applied();
        await shop.Approve(members[1], lead);
        await shop.Against(members[2], lead, ReviewVerdict.Reject);
        Assert.Equal(ReviewState.Opinions, (await shop.ReviewOf(lead)).State);
        Assert.IsType<LeadResult.Done>(await shop.Against(members[0], lead, ReviewVerdict.Return));
        var tied = await shop.ReviewOf(lead);
        Assert.Equal((ReviewState.Returned, "预算未落实"), (tied.State, tied.Reason));

        var chaired = await shop.Committee(rule: CommitteeRule.Chair);
        var (_, _, second) = await shop.Applied("Wang");
        await shop.Against(chaired[1], second, ReviewVerdict.Reject);
        await shop.Against(chaired[2], second, ReviewVerdict.Reject);
        Assert.Equal(ReviewState.Opinions, (await shop.ReviewOf(second)).State);
        await shop.Approve(chaired[0], second);
        Assert.Equal(ReviewState.Approved, (await shop.ReviewOf(second)).State);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_incomplete_goes_back_with_reasons_and_may_be_applied_for_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Committee();
        var (owner, admin, lead) = await shop.Applied(passed: false);

        Assert.Equal("review_open", Committees.Code(await shop.Applying.Submit(owner, lead, new ReviewApplication(), ct: Ct)));
        Assert.Equal("reason_required", Committees.Code(await shop.Checking.Check(admin, lead, new CompletenessCheck(false, " "), ct: Ct)));
        Assert.IsType<LeadResult.Forbidden>(await shop.Checking.Check(owner, lead, new CompletenessCheck(true), ct: Ct));
        Assert.IsType<LeadResult.Done>(await shop.Checking.Check(admin, lead, new CompletenessCheck(false, "缺少技术协议"), ct: Ct));
        var returned = await shop.ReviewOf(lead);
        Assert.Equal((ReviewState.Returned, "缺少技术协议", (DateTimeOffset?)null), (returned.State, returned.Reason, returned.RemindAt));
        Assert.Equal([owner.UserId], await shop.Noticed(lead, NoticeKind.ReviewDecided));
        Assert.Equal("no_review", Committees.Code(await shop.Checking.Check(admin, lead, new CompletenessCheck(true), ct: Ct)));

        Assert.IsType<LeadResult.Done>(await shop.Applying.Submit(owner, lead, new ReviewApplication("default"), ct: Ct));
        Assert.IsType<LeadResult.Forbidden>(await shop.Applying.Withdraw(admin, lead, ct: Ct));
        Assert.IsType<LeadResult.Done>(await shop.Applying.Withdraw(owner, lead, ct: Ct));
        Assert.Equal(2, await shop.Read(db => db.Set<LeadReview>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task What_a_member_says_is_checked_and_strangers_are_not_heard(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee();
        var stranger = await shop.As(await shop.Hire("Stranger", "review_committee"));
        var (owner, _, lead) = await shop.Applied();
        var version = (await shop.Stored(lead)).Version;

        Assert.Equal("not_a_member", Committees.Code(await shop.Approve(stranger, lead)));
        Assert.IsType<LeadResult.Forbidden>(await shop.Approve(owner, lead));
        Assert.Equal("reason_required", Committees.Code(await shop.Voicing.Voice(members[0], lead, new OpinionInput(ReviewVerdict.Reject), ct: Ct)));
        Assert.Equal(["elements"], Committees.Fields(await shop.Voicing.Voice(members[0], lead, new OpinionInput(ReviewVerdict.Approve), ct: Ct)));
        Assert.Equal(["elements.amount", "elements.ownShare"], Committees.Fields(await shop.Approve(members[0], lead, new GradeElements(-1, 2, CustomerClass.Other))));
        Assert.Equal(["elements.ownShare"], Committees.Fields(await shop.Approve(members[0], lead, new GradeElements(1, 0.123456m, CustomerClass.Other))));
        Assert.Equal(["owner"], Committees.Fields(await shop.Approve(members[0], lead, to: Guid.NewGuid())));
        Assert.IsType<LeadResult.Stale>(await shop.Approve(members[0], lead, seen: version - 1));
        Assert.Equal(0, await shop.Read(db => db.Set<ReviewVoice>().CountAsync(Ct)));

        // A later opinion replaces the earlier one.
        await shop.Against(members[0], lead, ReviewVerdict.Reject);
        await shop.Approve(members[0], lead, seen: (await shop.Stored(lead)).Version);
        Assert.Equal(ReviewVerdict.Approve, (await shop.Read(db => db.Set<ReviewVoice>().SingleAsync(Ct))).Verdict);
    }

    [Theory, OnBothDatabases]
    public async Task Only_leads_of_a_reviewed_line_that_have_what_is_asked_for_are_applied_for(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, lead) = await shop.OwnedLead();
        var viewer = await shop.As(owner);
        Assert.Equal("not_reviewed", Committees.Code(await shop.Applying.Submit(viewer, lead, new ReviewApplication(), ct: Ct)));
        await shop.Committee(with: r => r with { When = [new Condition("budget.max", Comparison.AtLeast, ["900000"])], RequiredFields = ["company.name", "requirement", "purchaseBy"] });

        Assert.Equal("not_reviewed", Committees.Code(await shop.Applying.Submit(viewer, lead, new ReviewApplication(), ct: Ct)));
        Assert.Equal(["line"], Committees.Fields(await shop.Applying.Submit(viewer, lead, new ReviewApplication("none"), ct: Ct)));
        Assert.Equal(["requirement", "purchaseBy"], Committees.Fields(await shop.Applying.Submit(viewer, lead, new ReviewApplication("default"), ct: Ct)));
        var stranger = await shop.As(await shop.Hire("Li"));
        Assert.IsType<LeadResult.NotFound>(await shop.Applying.Submit(stranger, lead, new ReviewApplication("default"), ct: Ct));
        Assert.Equal(0, await shop.Read(db => db.Set<LeadReview>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task An_owner_who_holds_too_much_cannot_get_it_and_nothing_is_half_decided(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var members = await shop.Committee();
        var full = await shop.Hire("Full", profile: new AssignmentProfile { HoldingCap = 0 });
        var (_, _, lead) = await shop.Applied();
        await shop.Approve(members[0], lead, to: full);

        Assert.Equal("holding_cap_reached", Committees.Code(await shop.Approve(members[1], lead, to: full)));
        Assert.Equal((ReviewState.Opinions, 1), ((await shop.ReviewOf(lead)).State, await shop.Read(db => db.Set<ReviewVoice>().CountAsync(Ct))));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_policy_names_members_who_work_here_and_may_review_and_lines_that_there_are(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (member, seller) = (await shop.Hire("Member", "review_committee"), await shop.Hire("Seller"));
        var save = new SavePolicy(shop.Store, shop.Settings, shop.Time);

        var wrong = await save.Check(PolicyKind.Review, Json.Write(new ReviewPolicy { Lines = [new ReviewRule { Line = "moon", Members = [member, seller, Guid.NewGuid()] }] }), Ct);
        Assert.Equal([("lines[0].line", "unknown"), ("lines[0].members[1]", "may_not_review"), ("lines[0].members[2]", "unknown")], wrong.Select(e => (e.Field, e.Code)));
        Assert.Empty(await save.Check(PolicyKind.Review, Json.Write(new ReviewPolicy { Lines = [new ReviewRule { Line = "default", Members = [member] }] }), Ct));
        Assert.Equal("lines[0].members", Assert.Single(await save.Check(PolicyKind.Review, """{"lines":[{"line":"default"}]}""", Ct)).Field);
    }
}
