using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class StageTests
{
    private static readonly SuccessCase Success = new("人工排产，月末混乱", "上线排产系统，交期承诺最准");
    private static readonly LossReport Loss = new(LossReason.Price, "某对手", "客户选择了更低的报价");
    private static readonly ConversionPlan Plan = new() { Pains = [new("每月停工两天", 120_000m)], Advantages = "交付快", PriceFloor = 420_000m, Dates = [new("演示", new DateOnly(2026, 11, 20))] };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_stage_is_left_with_its_checklist_and_not_without(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();

        var refused = Assert.IsType<OpportunityResult.Refused>(await shop.Stages.Move(owner, deal.Id, "evaluate", ct: Ct));
        Assert.Equal("exit_checklist_not_met", refused.Code);
        Assert.Equal(["identify.pain_agreed", "identify.key_person_met"], refused.Missing);
        Assert.Equal("checks[1]", Deals.Field(await shop.Stages.Tick(owner, deal.Id, null, ["pain_agreed", "rich"], ct: Ct)));

        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Tick(owner, deal.Id, null, ["pain_agreed", "key_person_met"], ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Move(owner, deal.Id, "evaluate", ct: Ct));

        Assert.Equal("evaluate", (await shop.Opportunity(deal.Id)).Stage);
        Assert.Equal("no_change", Deals.Code(await shop.Stages.Move(owner, deal.Id, "evaluate", ct: Ct)));
        Assert.Equal("reason_required", Deals.Code(await shop.Stages.Move(owner, deal.Id, "identify", " ", ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Move(owner, deal.Id, "identify", "关键人换了", ct: Ct));
        Assert.Equal("stage", Deals.Field(await shop.Stages.Move(owner, deal.Id, "nowhere", ct: Ct)));
        Assert.Equal(2, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.SubjectId == deal.Id && e.Kind == OpportunityEvent.StageChanged, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_proposal_stage_is_left_with_an_approved_plan_alone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var (supervisor, director) = (await shop.Hire("Boss", "sales_supervisor"), await shop.Hire("Chief", BuiltInRoles.SalesDirector));
        await shop.Team(owner.UserId, supervisor, director);
        await shop.TickAll(owner, deal.Id);
        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Move(owner, deal.Id, "propose", ct: Ct));
        Assert.Equal("plan_not_approved", Deals.Code(await shop.Stages.Move(owner, deal.Id, "negotiate", ct: Ct)));

        Assert.Equal("no_plan", Deals.Code(await shop.Planning.Submit(owner, deal.Id, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Writing.Write(owner, deal.Id, Plan with { Advantages = null }, ct: Ct));
        Assert.Equal("advantages", Deals.Field(await shop.Planning.Submit(owner, deal.Id, ct: Ct)));
        shop.Wait();
        Assert.IsType<OpportunityResult.Done>(await shop.Writing.Write(owner, deal.Id, Plan, ct: Ct));
        Assert.Equal("nothing_to_judge", Deals.Code(await shop.Planning.Approve(await shop.As(supervisor), deal.Id, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Planning.Submit(owner, deal.Id, ct: Ct));
        Assert.IsType<OpportunityResult.Forbidden>(await shop.Planning.Approve(await shop.As(owner.UserId), deal.Id, ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Planning.Approve(await shop.As(supervisor), deal.Id, ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Move(owner, deal.Id, "negotiate", ct: Ct));

        var notices = await shop.Read(db => db.Set<Notice>().Where(n => n.SubjectId == deal.Id).ToListAsync(Ct));
        Assert.Contains(notices, n => n.UserId == supervisor && n.Kind == NoticeKind.OpportunityWaits);
        Assert.Contains(notices, n => n.UserId == owner.UserId && n.Kind == NoticeKind.OpportunityDecided);
        // Whoever changes an approved plan asks anew.
        Assert.IsType<OpportunityResult.Done>(await shop.Writing.Write(owner, deal.Id, Plan with { Concessions = "付款期" }, ct: Ct));
        Assert.Null((await shop.Opportunity(deal.Id)).PlanApproved);
    }

    [Theory, OnBothDatabases]
    public async Task The_plan_of_an_a_is_the_directors_and_its_lowest_price_is_hidden(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal(amount: 1_200_000m);
        var (supervisor, director, operations) = (await shop.Hire("Boss", "sales_supervisor"), await shop.Hire("Chief", BuiltInRoles.SalesDirector), await shop.Hire("Ops", "operations"));
        await shop.Team(owner.UserId, supervisor, director);
        var (boss, chief) = (await shop.As(supervisor), await shop.As(director));
        await shop.Grading.Evaluate(owner, deal.Id, new Evaluation(Urgency.Immediate, BudgetClass.High, Competition.Even, DecisionComplexity.Complex), ct: Ct);
        await shop.Grading.Confirm(boss, deal.Id, ct: Ct);
        await shop.Writing.Write(owner, deal.Id, Plan, ct: Ct);
        await shop.Planning.Submit(owner, deal.Id, ct: Ct);

        Assert.Equal("director_required", Deals.Code(await shop.Planning.Approve(boss, deal.Id, ct: Ct)));
        Assert.Equal("reason_required", Deals.Code(await shop.Planning.Reject(chief, deal.Id, null, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Planning.Approve(chief, deal.Id, ct: Ct));

        Assert.Equal(420_000m, (await shop.Opportunities.Find(owner, deal.Id, Ct))!.Plan!.PriceFloor);
        Assert.Equal(420_000m, (await shop.Opportunities.Find(chief, deal.Id, Ct))!.Plan!.PriceFloor);
        Assert.Null((await shop.Opportunities.Find(await shop.As(operations), deal.Id, Ct))!.Plan!.PriceFloor);
    }

    [Theory, OnBothDatabases]
    public async Task Nothing_is_lost_without_a_report(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();

        Assert.Equal("loss_report_required", Deals.Code(await shop.Stages.Move(owner, deal.Id, "lost", ct: Ct)));
        Assert.Equal("account", Deals.Field(await shop.Writing.Write(owner, deal.Id, Loss with { Account = "" }, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Writing.Write(owner, deal.Id, Loss, ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Move(owner, deal.Id, "lost", ct: Ct));

        var lost = await shop.Opportunity(deal.Id);
        Assert.Equal((InquiryGrade.F, shop.Time.Now, "identify"), (lost.Inquiry, lost.ClosedAt, lost.ClosedFrom));
        Assert.Equal("opportunity_closed", Deals.Code(await shop.Stages.Tick(owner, deal.Id, null, [], ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Stages.Reopen(owner, deal.Id, "客户重新招标", ct: Ct));
        var open = await shop.Opportunity(deal.Id);
        Assert.Equal((InquiryGrade.B, null, "identify"), (open.Inquiry, open.ClosedAt, open.Stage));
        Assert.Equal("opportunity_open", Deals.Code(await shop.Stages.Reopen(owner, deal.Id, "again", ct: Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task It_is_won_by_the_deal_rule_and_a_success_case_and_handed_over_within_a_working_day(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Opportunities, OpportunityPolicy.BuiltIn with { DealRules = [new DealRule { AmountFrom = 100_000m, PaidPercent = 30 }] });
        var (owner, deal) = await shop.Deal();
        var supervisor = await shop.Hire("Boss", "sales_supervisor");
        await shop.Team(owner.UserId, supervisor);
        var delivery = await shop.Hire("Delivery", "delivery");
        await shop.TickAll(owner, deal.Id);
        await shop.Writing.Write(owner, deal.Id, Plan, ct: Ct);
        await shop.Planning.Submit(owner, deal.Id, ct: Ct);
        await shop.Planning.Approve(await shop.As(supervisor), deal.Id, ct: Ct);

        Assert.Equal("deal_rule_not_met", Deals.Code(await shop.Stages.Move(owner, deal.Id, "won", ct: Ct)));
        await shop.Sign(owner, deal.Id, 500_000m);
        Assert.Equal("deal_rule_not_met", Deals.Code(await shop.Stages.Move(owner, deal.Id, "won", ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Pay(owner, deal.Id, new Payment(PaymentKind.Received, 150_000m, "CNY", new DateOnly(2026, 3, 2)), ct: Ct));
        Assert.Equal("success_case_required", Deals.Code(await shop.Stages.Move(owner, deal.Id, "won", ct: Ct)));
        Assert.Equal("not_won", Deals.Code(await shop.Handing.Give(owner, deal.Id, new HandoverInput(delivery, "客户", "需求", "条款"), Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Writing.Write(owner, deal.Id, Success, ct: Ct));

        var won = await shop.Opportunity(deal.Id);
        Assert.Equal(("won", InquiryGrade.S), (won.Stage, won.Inquiry));
        Assert.Equal(OpportunityPolicy.BuiltIn.Handover.DueAt(shop.Time.Now, (await shop.Settings.Latest(Ct)).Calendar), won.HandoverDueAt);
        var receiver = await shop.As(delivery);
        Assert.Null(await shop.Opportunities.Find(receiver, deal.Id, Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Handing.Give(owner, deal.Id, new HandoverInput(delivery, "客户", "需求", "条款"), Ct));
        Assert.NotNull(await shop.Opportunities.Find(receiver, deal.Id, Ct));
        Assert.IsType<OpportunityResult.Forbidden>(await shop.Handing.Accept(owner, deal.Id, Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Handing.Return(receiver, deal.Id, "缺少接口说明", Ct));
        Assert.NotNull((await shop.Opportunity(deal.Id)).HandoverDueAt);
        Assert.IsType<OpportunityResult.Done>(await shop.Handing.Give(owner, deal.Id, new HandoverInput(delivery, "客户", "需求和接口", "条款"), Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Handing.Accept(receiver, deal.Id, Ct));
        Assert.Equal("already_accepted", Deals.Code(await shop.Handing.Give(owner, deal.Id, new HandoverInput(delivery, "客户", "需求", "条款"), Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Strangers_see_nothing_and_stale_ones_change_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var stranger = await shop.As(await shop.Hire("Li"));
        var operations = await shop.As(await shop.Hire("Ops", "operations"));

        Assert.IsType<OpportunityResult.NotFound>(await shop.Stages.Tick(stranger, deal.Id, null, ["pain_agreed"], ct: Ct));
        Assert.IsType<OpportunityResult.Forbidden>(await shop.Stages.Tick(operations, deal.Id, null, ["pain_agreed"], ct: Ct));
        Assert.Null(await shop.Opportunities.Find(stranger, deal.Id, Ct));
        Assert.Equal(1, Assert.IsType<OpportunityResult.Stale>(await shop.Stages.Tick(owner, deal.Id, null, ["pain_agreed"], 7, Ct)).Current);
        Assert.IsType<OpportunityResult.Done>(await shop.Changing.Edit(owner, deal.Id, e => e with { Amount = 480_000.5m, ProductLine = "MES" }, ct: Ct));
        Assert.Equal("amount", Deals.Field(await shop.Changing.Edit(owner, deal.Id, e => e with { Amount = 0.001m }, ct: Ct)));
        Assert.Equal("reason_required", Deals.Code(await shop.Changing.Transfer(owner, deal.Id, stranger.UserId, "", ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Changing.Transfer(owner, deal.Id, stranger.UserId, "区域调整", ct: Ct));
        Assert.Null(await shop.Opportunities.Find(owner, deal.Id, Ct));
        Assert.Equal(480_000.5m, (await shop.Opportunities.Find(stranger, deal.Id, Ct))!.Opportunity.Amount);
    }
}
