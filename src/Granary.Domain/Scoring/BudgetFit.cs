using Granary.Domain.Capture;

namespace Granary.Domain.Scoring;

/// <summary>How a budget fits the offer where nobody said so (§6.1 budget match).</summary>
public static class BudgetFit
{
    /// <summary>Amount of a usual offer, in the organisation's currency.</summary>
    public const decimal UsualOffer = 100_000m;

    /// <summary>
    /// What was stated; else full when the upper bound (or the only one) covers the offer, partial when it covers half of
    /// it, none otherwise or when no amount is known.
    /// </summary>
    public static BudgetMatch Of(Budget budget, decimal offer) =>
        budget.Match ?? (budget.Max ?? budget.Min) switch
        {
            { } most when most >= offer => BudgetMatch.Full,
            { } most when most * 2 >= offer => BudgetMatch.Partial,
            _ => BudgetMatch.None,
        };
}
