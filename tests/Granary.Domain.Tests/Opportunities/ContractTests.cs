using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class ContractTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    [Fact]
    public void A_contract_goes_from_draft_over_legal_to_signed()
    {
        var state = ContractState.Draft;
        foreach (var step in (ContractStep[])[ContractStep.Submit, ContractStep.SendBack, ContractStep.Submit, ContractStep.Clear, ContractStep.Sign])
        {
            state = ContractWay.After(state, step) ?? throw new InvalidOperationException($"{step} from {state}");
        }

        Assert.Equal(ContractState.Signed, state);
    }

    [Theory]
    [InlineData(ContractState.Draft, ContractStep.Sign)]
    [InlineData(ContractState.Draft, ContractStep.Clear)]
    [InlineData(ContractState.LegalReview, ContractStep.Sign)]
    [InlineData(ContractState.Signed, ContractStep.Cancel)]
    [InlineData(ContractState.Signed, ContractStep.SendBack)]
    [InlineData(ContractState.Cancelled, ContractStep.Submit)]
    public void Steps_that_skip_or_undo_are_refused(ContractState state, ContractStep step) => Assert.Null(ContractWay.After(state, step));

    [Theory]
    [InlineData(PaymentKind.Received, "0", "CNY", 0, PaymentRefusal.NotPositive)]
    [InlineData(PaymentKind.Received, "-5", "CNY", 0, PaymentRefusal.NotPositive)]
    [InlineData(PaymentKind.Received, "1.001", "CNY", 0, PaymentRefusal.TooPrecise)]
    [InlineData(PaymentKind.Received, "10", "USD", 0, PaymentRefusal.OtherCurrency)]
    [InlineData(PaymentKind.Received, "10", "CNY", 1, PaymentRefusal.InTheFuture)]
    [InlineData(PaymentKind.Received, "60.01", "CNY", 0, PaymentRefusal.AboveContract)]
    [InlineData(PaymentKind.Refund, "40.01", "CNY", 0, PaymentRefusal.AboveReceived)]
    public void A_payment_that_cannot_be_is_refused(PaymentKind kind, string amount, string currency, int daysAhead, PaymentRefusal refusal)
    {
        var account = PaymentAccount.Of(100m, "CNY", [new Payment(PaymentKind.Received, 50m, "CNY", Today), new Payment(PaymentKind.Refund, 10m, "CNY", Today)]);

        Assert.Equal(refusal, account.Refusal(new Payment(kind, Amount(amount), currency, Today.AddDays(daysAhead)), ContractState.Signed, Today));
    }

    [Fact]
    public void Nothing_is_paid_on_a_contract_that_is_not_signed() => Assert.Equal(
        PaymentRefusal.NotSigned,
        PaymentAccount.Of(100m, "CNY", []).Refusal(new Payment(PaymentKind.Received, 1m, "CNY", Today), ContractState.Cleared, Today));

    [Fact]
    public void The_last_cent_makes_it_full()
    {
        var partial = PaymentAccount.Of(100m, "CNY", [new Payment(PaymentKind.Received, 99.99m, "CNY", Today)]);
        var full = PaymentAccount.Of(100m, "CNY", [new Payment(PaymentKind.Received, 99.99m, "CNY", Today), new Payment(PaymentKind.Received, 0.01m, "CNY", Today)]);

        Assert.Equal((PaidState.Partial, 0.01m), (partial.State, partial.Open));
        Assert.Equal((PaidState.Full, 0m), (full.State, full.Open));
    }

    [Fact]
    public void However_payments_come_the_net_stays_between_nothing_and_the_contract() => Prop.ForAll(
        (from kind in Gen.Elements(PaymentKind.Received, PaymentKind.Refund) from cents in Gen.Choose(1, 20_000) select new Payment(kind, cents / 100m, "CNY", Today)).ArrayOf().ToArbitrary(),
        payments =>
        {
            List<Payment> kept = [];
            foreach (var payment in payments)
            {
                if (PaymentAccount.Of(100m, "CNY", kept).Refusal(payment, ContractState.Signed, Today) is null)
                {
                    kept.Add(payment);
                }
            }

            return PaymentAccount.Of(100m, "CNY", kept).Net is >= 0 and <= 100m;
        }).Check(Run.Property);

    [Fact]
    public void A_signature_is_enough_where_no_rule_says_otherwise()
    {
        var facts = new DealFacts("default", ["CRM"], 100_000m, ContractState.Signed, 0);

        Assert.True(DealRules.Won([], facts));
        Assert.False(DealRules.Won([], facts with { Contract = ContractState.Cleared }));
    }

    [Fact]
    public void A_rule_for_a_product_and_an_amount_asks_for_money_too()
    {
        DealRule[] rules = [new() { Products = ["CRM"], AmountFrom = 50_000m, PaidPercent = 30 }];
        var facts = new DealFacts("default", ["CRM"], 100_000m, ContractState.Signed, 29_999.99m);

        Assert.False(DealRules.Won(rules, facts));
        Assert.True(DealRules.Won(rules, facts with { Paid = 30_000m }));
        Assert.True(DealRules.Won(rules, facts with { Amount = 49_999.99m, Paid = 0 }));
        Assert.True(DealRules.Won(rules, facts with { Products = ["ERP"], Paid = 0 }));
    }

    [Fact]
    public void A_rule_that_asks_for_nothing_is_refused() =>
        Assert.Equal("always_holds", Assert.Single(new DealRule { Signed = false }.Errors("dealRules[0]")).Code);

    private static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(ContractState.Signed, false, true, DealOutcome.Won)]
    [InlineData(ContractState.Signed, false, false, DealOutcome.CaseMissing)]
    [InlineData(ContractState.Signed, true, true, DealOutcome.Offered)]
    [InlineData(ContractState.Cleared, false, true, DealOutcome.NotMet)]
    public void What_the_deal_rule_leads_to_depends_on_the_success_case_and_on_who_decides(ContractState contract, bool offerOnly, bool hasCase, DealOutcome outcome) =>
        Assert.Equal(outcome, DealRules.Outcome([new DealRule { OfferOnly = offerOnly }], new DealFacts("default", [], 10m, contract, 0), hasCase));
}
