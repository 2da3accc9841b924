namespace Granary.Domain.Opportunities;

/// <summary>Where a contract stands (§13). Numbers are stored and never reused.</summary>
public enum ContractState
{
    /// <summary>Being written.</summary>
    Draft = 1,

    /// <summary>With legal.</summary>
    LegalReview = 2,

    /// <summary>Legal passed it; to be signed.</summary>
    Cleared = 3,

    /// <summary>Signed by both.</summary>
    Signed = 4,

    /// <summary>Given up.</summary>
    Cancelled = 5,
}

/// <summary>What somebody does with a contract.</summary>
public enum ContractStep
{
    /// <summary>Hand it to legal.</summary>
    Submit = 1,

    /// <summary>Legal passes it.</summary>
    Clear = 2,

    /// <summary>Legal sends it back, with reasons.</summary>
    SendBack = 3,

    /// <summary>Both have signed.</summary>
    Sign = 4,

    /// <summary>Give it up.</summary>
    Cancel = 5,
}

/// <summary>The way of a contract (§13): draft → legal review → signed by both.</summary>
public static class ContractWay
{
    /// <summary>Where a step leads; null when it cannot be taken from there. A signed contract stays.</summary>
    public static ContractState? After(ContractState state, ContractStep step) => (state, step) switch
    {
        (ContractState.Draft, ContractStep.Submit) => ContractState.LegalReview,
        (ContractState.LegalReview, ContractStep.Clear) => ContractState.Cleared,
        (ContractState.LegalReview or ContractState.Cleared, ContractStep.SendBack) => ContractState.Draft,
        (ContractState.Cleared, ContractStep.Sign) => ContractState.Signed,
        (ContractState.Draft or ContractState.LegalReview or ContractState.Cleared, ContractStep.Cancel) => ContractState.Cancelled,
        _ => null,
    };

    /// <summary>Whether its terms may still be changed.</summary>
    public static bool Editable(ContractState state) => state == ContractState.Draft;
}

/// <summary>Money received 回款, or given back.</summary>
public enum PaymentKind
{
    /// <summary>Received.</summary>
    Received = 1,

    /// <summary>Given back.</summary>
    Refund = 2,
}

/// <summary>A payment as it is recorded.</summary>
/// <param name="Kind">Received or given back.</param>
/// <param name="Amount">Positive, at most two decimals.</param>
/// <param name="Currency">Three letters.</param>
/// <param name="On">The day, in organisation time.</param>
public sealed record Payment(PaymentKind Kind, decimal Amount, string Currency, DateOnly On);

/// <summary>Why a payment is refused, in the order it is asked.</summary>
public enum PaymentRefusal
{
    /// <summary>The contract is not signed.</summary>
    NotSigned,

    /// <summary>The amount is not positive.</summary>
    NotPositive,

    /// <summary>More than two decimals.</summary>
    TooPrecise,

    /// <summary>Another currency than the contract's.</summary>
    OtherCurrency,

    /// <summary>Dated in the future.</summary>
    InTheFuture,

    /// <summary>More than the contract still expects.</summary>
    AboveContract,

    /// <summary>More given back than was received.</summary>
    AboveReceived,
}

/// <summary>How much of a contract is paid.</summary>
public enum PaidState
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Some.</summary>
    Partial = 1,

    /// <summary>All.</summary>
    Full = 2,
}

/// <summary>What a contract has received.</summary>
/// <param name="Amount">The contract's amount.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Received">Σ received.</param>
/// <param name="Refunded">Σ given back.</param>
public sealed record PaymentAccount(decimal Amount, string Currency, decimal Received, decimal Refunded)
{
    /// <summary>Received less given back.</summary>
    public decimal Net => Received - Refunded;

    /// <summary>What is still expected, not negative.</summary>
    public decimal Open => Math.Max(0, Amount - Net);

    /// <summary>Nothing, some or all.</summary>
    public PaidState State => Net <= 0 ? PaidState.None : Net < Amount ? PaidState.Partial : PaidState.Full;

    /// <summary>Sums payments.</summary>
    public static PaymentAccount Of(decimal amount, string currency, IEnumerable<Payment> payments)
    {
        var (received, refunded) = (0m, 0m);
        foreach (var payment in payments)
        {
            if (payment.Kind == PaymentKind.Received)
            {
                received += payment.Amount;
            }
            else
            {
                refunded += payment.Amount;
            }
        }

        return new PaymentAccount(amount, currency, received, refunded);
    }

    /// <summary>Why a payment is refused; null when it may be recorded.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="contract">The contract's state.</param>
    /// <param name="today">Today in organisation time.</param>
    public PaymentRefusal? Refusal(Payment payment, ContractState contract, DateOnly today) =>
        contract != ContractState.Signed ? PaymentRefusal.NotSigned
        : payment.Amount <= 0 ? PaymentRefusal.NotPositive
        : decimal.Round(payment.Amount, 2) != payment.Amount ? PaymentRefusal.TooPrecise
        : payment.Currency != Currency ? PaymentRefusal.OtherCurrency
        : payment.On > today ? PaymentRefusal.InTheFuture
        : payment.Kind == PaymentKind.Received && Net + payment.Amount > Amount ? PaymentRefusal.AboveContract
        : payment.Kind == PaymentKind.Refund && payment.Amount > Net ? PaymentRefusal.AboveReceived
        : null;
}
