using Granary.Application.Opportunities;
using Granary.Domain.Opportunities;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class ContractTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_contract_goes_from_draft_through_legal_to_both_signatures(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var legal = await shop.As(await shop.Hire("Legal", "legal"));
        var terms = new ContractInput("HT-1", 500_000m, "验收合格", "两期", null, [new(new DateOnly(2026, 12, 1), 200_000m), new(new DateOnly(2027, 3, 1), 300_000m)]);

        Assert.Equal("no_contract", Deals.Code(await shop.Contracts.Step(owner, deal.Id, ContractStep.Submit, ct: Ct)));
        Assert.Equal("schedule", Deals.Field(await shop.Contracts.Write(owner, deal.Id, terms with { Amount = 500_000.01m }, ct: Ct)));
        Assert.Equal("amount", Deals.Field(await shop.Contracts.Write(owner, deal.Id, terms with { Amount = 0, Schedule = [] }, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Write(owner, deal.Id, terms, ct: Ct));
        Assert.Equal("contract_step", Deals.Code(await shop.Contracts.Step(owner, deal.Id, ContractStep.Sign, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(owner, deal.Id, ContractStep.Submit, ct: Ct));
        Assert.Equal("contract_fixed", Deals.Code(await shop.Contracts.Write(owner, deal.Id, terms, ct: Ct)));
        Assert.IsType<OpportunityResult.Forbidden>(await shop.Contracts.Step(owner, deal.Id, ContractStep.Clear, ct: Ct));
        Assert.Contains(await new OpportunityTasks(shop.Store, shop.Settings, shop.Time).Of(legal, Ct), t => t.Task == OpportunityTask.Review);
        Assert.Equal("reason_required", Deals.Code(await shop.Contracts.Step(legal, deal.Id, ContractStep.SendBack, ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(legal, deal.Id, ContractStep.SendBack, "违约条款缺失", ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Write(owner, deal.Id, terms with { Breach = "违约金 5%" }, ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(owner, deal.Id, ContractStep.Submit, ct: Ct));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(legal, deal.Id, ContractStep.Clear, ct: Ct));
        Assert.Equal("signedOn", Deals.Field(await shop.Contracts.Step(owner, deal.Id, ContractStep.Sign, signedOn: Today.AddDays(1), ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Step(owner, deal.Id, ContractStep.Sign, ct: Ct));
        Assert.Equal("contract_step", Deals.Code(await shop.Contracts.Step(owner, deal.Id, ContractStep.Cancel, "反悔", ct: Ct)));

        var contract = await shop.Read(db => db.Set<OpportunityContract>().SingleAsync(Ct));
        Assert.Equal((ContractState.Signed, (DateOnly?)Today, (Guid?)legal.UserId), (contract.State, contract.SignedOn, contract.ClearedBy));
    }

    [Theory, OnBothDatabases]
    public async Task Payments_come_in_part_in_full_and_go_back_and_never_exceed_the_contract(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        Payment Received(decimal amount) => new(PaymentKind.Received, amount, "CNY", Today);

        Assert.Equal("no_contract", Deals.Code(await shop.Contracts.Pay(owner, deal.Id, Received(1), ct: Ct)));
        await shop.Contracts.Write(owner, deal.Id, new ContractInput(null, 100_000m, null, null, null, []), ct: Ct);
        Assert.Equal("not_signed", Deals.Code(await shop.Contracts.Pay(owner, deal.Id, Received(1), ct: Ct)));
        await shop.Sign(owner, deal.Id, 100_000m);

        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Pay(owner, deal.Id, Received(60_000.55m), ct: Ct));
        Assert.Equal((PaidState.Partial, 39_999.45m), Paid(await shop.Opportunities.Find(owner, deal.Id, Ct)));
        Assert.Equal("above_contract", Deals.Code(await shop.Contracts.Pay(owner, deal.Id, Received(39_999.46m), ct: Ct)));
        Assert.Equal("amount", Deals.Field(await shop.Contracts.Pay(owner, deal.Id, Received(-1), ct: Ct)));
        Assert.Equal("amount", Deals.Field(await shop.Contracts.Pay(owner, deal.Id, Received(0.001m), ct: Ct)));
        Assert.Equal("currency", Deals.Field(await shop.Contracts.Pay(owner, deal.Id, Received(1) with { Currency = "USD" }, ct: Ct)));
        Assert.Equal("on", Deals.Field(await shop.Contracts.Pay(owner, deal.Id, Received(1) with { On = Today.AddDays(1) }, ct: Ct)));
        Assert.Equal("above_received", Deals.Code(await shop.Contracts.Pay(owner, deal.Id, new Payment(PaymentKind.Refund, 60_000.56m, "CNY", Today), ct: Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Pay(owner, deal.Id, Received(39_999.45m), ct: Ct));
        Assert.Equal((PaidState.Full, 0m), Paid(await shop.Opportunities.Find(owner, deal.Id, Ct)));
        Assert.IsType<OpportunityResult.Done>(await shop.Contracts.Pay(owner, deal.Id, new Payment(PaymentKind.Refund, 100_000m, "CNY", Today), ct: Ct));
        Assert.Equal((PaidState.None, 100_000m), Paid(await shop.Opportunities.Find(owner, deal.Id, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Payments_recorded_at_once_do_not_exceed_the_contract_together(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        await shop.Sign(owner, deal.Id, 100_000m);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => shop.Contracts.Pay(owner, deal.Id, new Payment(PaymentKind.Received, 40_000m, "CNY", Today), ct: Ct), Ct)));

        Assert.Equal(2, results.Count(r => r is OpportunityResult.Done));
        Assert.Equal(3, results.Count(r => r is OpportunityResult.Refused { Code: "above_contract" }));
        Assert.Equal(20_000m, (await shop.Opportunities.Find(owner, deal.Id, Ct))!.Paid!.Open);
    }

    private static (PaidState, decimal) Paid(OpportunityDetail? detail) => (detail!.Paid!.State, detail.Paid.Open);
}
