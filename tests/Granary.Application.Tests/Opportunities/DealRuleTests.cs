using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class DealRuleTests
{
    private static readonly SuccessCase Case = new("手工报价", "上线 CRM");

    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task What_has_its_success_case_is_won_by_the_signature_and_the_log_says_by_which_rule(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal();
        Done(await shop.Writing.Write(zhang, deal.Id, Case, ct: Ct));
        Assert.Null((await shop.Opportunity(deal.Id)).DealMetAt);

        await shop.Sign(zhang, deal.Id, 500_000m);

        var won = await shop.Opportunity(deal.Id);
        Assert.Equal(("won", InquiryGrade.S, "identify", (DateTimeOffset?)null), (won.Stage, won.Inquiry, won.ClosedFrom, won.DealMetAt));
        Assert.NotNull(won.ClosedAt);
        Assert.NotNull(won.HandoverDueAt);
        Assert.DoesNotContain("\"rule\":", (await Told(shop, zhang, deal.Id, OpportunityEvent.DealRuleMet)).Data, StringComparison.Ordinal);
        Assert.Contains("\"automatic\":true", (await Told(shop, zhang, deal.Id, OpportunityEvent.StageChanged)).Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Without_its_success_case_it_is_asked_for_and_wins_when_it_is_written(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, deal) = await shop.Deal();
        await shop.Sign(zhang, deal.Id, 500_000m);

        var waits = await shop.Opportunity(deal.Id);
        Assert.Equal(("identify", (DateTimeOffset?)null), (waits.Stage, waits.ClosedAt));
        Assert.NotNull(waits.DealMetAt);
        var tasks = new OpportunityTasks(shop.Store, shop.Settings, shop.Time);
        Assert.Contains(await tasks.Of(zhang, Ct), t => t.Task == OpportunityTask.Win && t.Opportunity.Id == deal.Id);
        clock.Advance(TimeSpan.FromHours(21));
        await new RemindOpportunities(shop.Store, shop.Settings, shop.Time).Sweep(Ct);
        Assert.True(await shop.Read(db => db.Set<Notice>().AnyAsync(n => n.UserId == zhang.UserId && n.Kind == NoticeKind.OpportunityDue && n.SubjectId == deal.Id, Ct)));

        Done(await shop.Writing.Write(zhang, deal.Id, Case, ct: Ct));
        Assert.Equal("won", (await shop.Opportunity(deal.Id)).Stage);
        Assert.DoesNotContain(await tasks.Of(zhang, Ct), t => t.Task == OpportunityTask.Win);
        Assert.Single((await shop.Opportunities.Timeline(zhang, deal.Id, null, Ct)).Events, e => e.Kind == OpportunityEvent.DealRuleMet);
    }

    [Theory, OnBothDatabases]
    public async Task A_rule_that_asks_for_money_wins_with_the_payment_that_reaches_it_and_a_refund_takes_the_offer_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal(amount: 100m);
        await shop.Publish(PolicyKind.Opportunities, OpportunityPolicy.BuiltIn with { DealRules = [new() { Products = ["MES"], PaidPercent = 100 }, new() { PaidPercent = 30 }] });
        await shop.Sign(zhang, deal.Id, 100m);
        Assert.Null((await shop.Opportunity(deal.Id)).DealMetAt);

        Done(await Pay(shop, zhang, deal.Id, PaymentKind.Received, 29.99m));
        Assert.Null((await shop.Opportunity(deal.Id)).DealMetAt);
        Done(await Pay(shop, zhang, deal.Id, PaymentKind.Received, 0.01m));
        Assert.NotNull((await shop.Opportunity(deal.Id)).DealMetAt);
        Assert.Contains("\"rule\":2", (await Told(shop, zhang, deal.Id, OpportunityEvent.DealRuleMet)).Data, StringComparison.Ordinal);
        Done(await Pay(shop, zhang, deal.Id, PaymentKind.Refund, 1m));
        Assert.Null((await shop.Opportunity(deal.Id)).DealMetAt);

        Done(await shop.Writing.Write(zhang, deal.Id, Case, ct: Ct));
        Assert.Equal("identify", (await shop.Opportunity(deal.Id)).Stage);
        Done(await Pay(shop, zhang, deal.Id, PaymentKind.Received, 1m));
        Assert.Equal("won", (await shop.Opportunity(deal.Id)).Stage);
    }

    [Theory, OnBothDatabases]
    public async Task A_rule_that_only_offers_leaves_it_to_people(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal();
        var line = OpportunityPolicy.BuiltIn.Lines[0];
        await shop.Publish(PolicyKind.Opportunities, OpportunityPolicy.BuiltIn with { DealRules = [new() { OfferOnly = true }], Lines = [line with { Stages = [.. line.Stages.Select(s => s with { Exit = [], NeedsApprovedPlan = false })] }] });
        Done(await shop.Writing.Write(zhang, deal.Id, Case, ct: Ct));
        await shop.Sign(zhang, deal.Id, 500_000m);

        var offered = await shop.Opportunity(deal.Id);
        Assert.Equal(("identify", true), (offered.Stage, offered.DealMetAt is not null));
        Done(await shop.Stages.Move(zhang, deal.Id, "won", ct: Ct));
        Assert.Equal(("won", (DateTimeOffset?)null), ((await shop.Opportunity(deal.Id)).Stage, (await shop.Opportunity(deal.Id)).DealMetAt));
        Assert.Contains("\"automatic\":false", (await Told(shop, zhang, deal.Id, OpportunityEvent.StageChanged)).Data, StringComparison.Ordinal);
    }

    private static Task<OpportunityResult> Pay(Shop shop, Viewer viewer, Guid id, PaymentKind kind, decimal amount) =>
        shop.Contracts.Pay(viewer, id, new Payment(kind, amount, "CNY", new DateOnly(2026, 3, 1)), ct: Ct);

    private static async Task<EventRecord> Told(Shop shop, Viewer viewer, Guid id, string kind) => (await shop.Opportunities.Timeline(viewer, id, null, Ct)).Events.First(e => e.Kind == kind);

    private static void Done(OpportunityResult result) => Assert.IsType<OpportunityResult.Done>(result);
}
