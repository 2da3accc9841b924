using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class GradingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_evaluation_of_22_points_is_a_b_that_the_supervisor_confirms(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var supervisor = await shop.Hire("Boss", "sales_supervisor");
        await shop.Team(owner.UserId, supervisor);
        var boss = await shop.As(supervisor);

        Assert.IsType<OpportunityResult.Done>(await shop.Grading.Evaluate(owner, deal.Id, new Evaluation(Urgency.Urgent, BudgetClass.Medium, Competition.Advantage, DecisionComplexity.Medium), ct: Ct));
        Assert.Null((await shop.Opportunity(deal.Id)).Grade);
        Assert.IsType<OpportunityResult.Forbidden>(await shop.Grading.Confirm(owner, deal.Id, ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Grading.Confirm(boss, deal.Id, "同意", ct: Ct));

        Assert.Equal(OpportunityGrade.B, (await shop.Opportunity(deal.Id)).Grade);
        var row = await shop.Read(db => db.Set<OpportunityEvaluation>().SingleAsync(Ct));
        Assert.Equal((22, OpportunityGrade.B, EvaluationVerdict.Confirmed, (Guid?)supervisor), (row.Total, row.Grade, row.Verdict, row.JudgeId));
        Assert.Equal("nothing_to_judge", Deals.Code(await shop.Grading.Confirm(boss, deal.Id, ct: Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task An_evaluation_of_31_points_is_an_a_whose_charter_is_due_within_a_day(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var (supervisor, director) = (await shop.Hire("Boss", "sales_supervisor"), await shop.Hire("Chief", BuiltInRoles.SalesDirector));
        await shop.Team(owner.UserId, supervisor, director);
        var boss = await shop.As(supervisor);
        await shop.Grading.Evaluate(owner, deal.Id, new Evaluation(Urgency.General, BudgetClass.Low, Competition.Even, DecisionComplexity.Simple), ct: Ct);
        await shop.Grading.Confirm(boss, deal.Id, ct: Ct);
        shop.Wait();
        var better = new Evaluation(Urgency.Immediate, BudgetClass.High, Competition.Even, DecisionComplexity.Complex);

        Assert.Equal("reason_required", Deals.Code(await shop.Grading.Evaluate(owner, deal.Id, better, " ", ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Grading.Evaluate(owner, deal.Id, better, "预算追加", ct: Ct));
        Assert.Equal(OpportunityGrade.C, (await shop.Opportunity(deal.Id)).Grade);
        Assert.IsType<OpportunityResult.Done>(await shop.Grading.Confirm(boss, deal.Id, ct: Ct));

        var stored = await shop.Opportunity(deal.Id);
        Assert.Equal((OpportunityGrade.A, shop.Time.Now.AddHours(24)), (stored.Grade, stored.CharterDueAt));
        Assert.Equal(31, (await shop.Read(db => db.Set<OpportunityEvaluation>().OrderByDescending(e => e.Id).FirstAsync(Ct))).Total);
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == director && n.SubjectId == deal.Id);
        Assert.Contains(await Tasks(shop).Of(owner, Ct), t => t.Task == OpportunityTask.Charter && t.DueAt == stored.CharterDueAt);
        Assert.IsType<OpportunityResult.Done>(await shop.Writing.Write(owner, deal.Id, new ProjectCharter("三个月内签约", "张三、李四"), ct: Ct));
        Assert.Null((await shop.Opportunity(deal.Id)).CharterDueAt);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_sent_back_changes_no_grade_and_a_later_evaluation_takes_its_place(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var supervisor = await shop.Hire("Boss", "sales_supervisor");
        await shop.Team(owner.UserId, supervisor);
        var boss = await shop.As(supervisor);
        var evaluation = new Evaluation(Urgency.Urgent, BudgetClass.Medium, Competition.Even, DecisionComplexity.Medium);

        await shop.Grading.Evaluate(owner, deal.Id, evaluation, ct: Ct);
        shop.Wait();
        await shop.Grading.Evaluate(owner, deal.Id, evaluation with { Urgency = Urgency.General }, ct: Ct);
        Assert.Equal("reason_required", Deals.Code(await shop.Grading.Reject(boss, deal.Id, null, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Grading.Reject(boss, deal.Id, "预算没有依据", ct: Ct));

        Assert.Null((await shop.Opportunity(deal.Id)).Grade);
        Assert.Equal([EvaluationVerdict.Superseded, EvaluationVerdict.Rejected], await shop.Read(db => db.Set<OpportunityEvaluation>().OrderBy(e => e.Id).Select(e => e.Verdict).ToListAsync(Ct)));
        Assert.Equal("urgency", Deals.Field(await shop.Grading.Evaluate(owner, deal.Id, evaluation with { Urgency = (Urgency)9 }, ct: Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_inquiry_grade_changes_with_a_reason_and_closes_with_the_stage_alone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();

        Assert.Equal("reason_required", Deals.Code(await shop.Grading.ChangeInquiry(owner, deal.Id, InquiryGrade.A, "", ct: Ct)));
        Assert.Equal("closes_by_stage", Deals.Code(await shop.Grading.ChangeInquiry(owner, deal.Id, InquiryGrade.S, "签了", ct: Ct)));
        Assert.Equal("no_change", Deals.Code(await shop.Grading.ChangeInquiry(owner, deal.Id, InquiryGrade.B, "同样", ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Grading.ChangeInquiry(owner, deal.Id, InquiryGrade.A, "招标参数采用我方", ct: Ct));
        shop.Wait();
        Assert.IsType<OpportunityResult.Done>(await shop.Grading.ChangeInquiry(owner, deal.Id, InquiryGrade.C, "关键人倾向对手", ct: Ct));

        Assert.Equal([(InquiryGrade.B, InquiryGrade.A), (InquiryGrade.A, InquiryGrade.C)],
            (await shop.Read(db => db.Set<InquiryChange>().OrderBy(c => c.Id).ToListAsync(Ct))).Select(c => (c.Before, c.After)));
    }

    [Theory, OnBothDatabases]
    public async Task The_forecast_is_exact_to_the_cent_and_its_groups_add_up(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (one, a) = await shop.Deal("Zhang", 100_000.01m);
        var (two, b) = await shop.Deal("Li", 33_333.33m);
        var (three, c) = await shop.Deal("Wang", 77_777.77m);
        await shop.Grading.ChangeInquiry(one, a.Id, InquiryGrade.A, "承诺", ct: Ct);
        await shop.Grading.ChangeInquiry(two, b.Id, InquiryGrade.C, "对手", ct: Ct);
        await shop.Grading.ChangeInquiry(three, c.Id, InquiryGrade.E, "无意向", ct: Ct);
        var forecast = new OpportunityForecast(shop.Store, shop.Settings);
        var all = await shop.As(await shop.Hire("Ops", "operations"));

        foreach (var by in Enum.GetValues<ForecastBy>())
        {
            var table = await forecast.Of(all, by, null, null, new OpportunityFilter(), Ct);
            // 100,000.01 × 80 % + 33,333.33 × 30 % = 80,000.008 + 9,999.999
            Assert.Equal((2, 133_333.34m, 90_000.01m), (table.Total.Count, table.Total.Amount, table.Total.Weighted));
            Assert.Equal(table.Total.Weighted, table.Groups.Sum(g => g.Weighted));
        }

        Assert.Equal(80_000.01m, (await forecast.Of(one, ForecastBy.Owner, null, null, new OpportunityFilter(), Ct)).Total.Weighted);
        Assert.Equal(0, (await forecast.Of(all, ForecastBy.Month, new DateOnly(2027, 1, 1), null, new OpportunityFilter(), Ct)).Total.Count);
        Assert.Equal("2026-12", Assert.Single((await forecast.Of(all, ForecastBy.Month, new DateOnly(2026, 12, 31), new DateOnly(2026, 12, 1), new OpportunityFilter(), Ct)).Groups).Key);
    }

    [Theory, OnBothDatabases]
    public async Task Objections_are_due_within_a_day_and_key_ones_reach_the_team(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (owner, deal) = await shop.Deal();
        var supervisor = await shop.Hire("Boss", "sales_supervisor");
        await shop.Team(owner.UserId, supervisor);
        owner = await shop.As(owner.UserId);

        Assert.Equal("text", Deals.Field(await shop.Objecting.Raise(owner, deal.Id, " ", false, Ct)));
        var raised = Assert.IsType<OpportunityResult.Done>(await shop.Objecting.Raise(owner, deal.Id, "价格高于对手", true, Ct)).Id!.Value;
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == supervisor && n.Kind == NoticeKind.ObjectionEscalated);
        Assert.Contains(await Tasks(shop).Of(owner, Ct), t => t.Task == OpportunityTask.Objection && t.DueAt == clock.GetUtcNow().AddHours(24));
        Assert.Equal("not_answered", Deals.Code(await shop.Objecting.Settle(owner, deal.Id, raised, ObjectionOutcome.Resolved, null, Ct)));
        clock.Advance(TimeSpan.FromHours(25));
        Assert.IsType<OpportunityResult.Done>(await shop.Objecting.Answer(owner, deal.Id, raised, "三年总成本更低", true, Ct));
        Assert.Equal("already_answered", Deals.Code(await shop.Objecting.Answer(owner, deal.Id, raised, "再说一次", false, Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Objecting.Settle(owner, deal.Id, raised, ObjectionOutcome.Partly, "要求分期", Ct));
        Assert.IsType<OpportunityResult.NotFound>(await shop.Objecting.Answer(owner, deal.Id, Guid.NewGuid(), "无", false, Ct));

        var answer = Assert.Single(await shop.Opportunities.Answers(owner, "总成本", Ct));
        Assert.True(answer.AnsweredAt > answer.DueAt);
        Assert.Empty(await shop.Opportunities.Answers(await shop.As(await shop.Hire("Other")), null, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task An_open_opportunity_is_to_be_evaluated_every_week(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (owner, deal) = await shop.Deal();

        Assert.Empty(await Tasks(shop).Of(owner, Ct));
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal((OpportunityTask.Evaluation, deal.Id), Assert.Single(await Tasks(shop).Of(owner, Ct)) is var due ? (due.Task, due.Opportunity.Id) : default);
        await shop.Grading.Evaluate(owner, deal.Id, new Evaluation(Urgency.Urgent, BudgetClass.Medium, Competition.Even, DecisionComplexity.Medium), ct: Ct);
        Assert.Empty(await Tasks(shop).Of(owner, Ct));
    }

    private static OpportunityTasks Tasks(Shop shop) => new(shop.Store, shop.Settings, shop.Time);
}
