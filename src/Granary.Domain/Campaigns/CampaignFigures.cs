namespace Granary.Domain.Campaigns;

/// <summary>Figures of campaigns (§14, §15.2).</summary>
public static class CampaignFigures
{
    /// <summary>Return on cost: an amount ÷ cost, as a factor rounded to two decimals; null where there is no cost.</summary>
    public static decimal? Return(decimal amount, decimal cost) => cost > 0 ? Math.Round(amount / cost, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>Net return: (payments − cost) ÷ cost, as a factor rounded to two decimals; null where there is no cost.</summary>
    public static decimal? NetReturn(decimal payments, decimal cost) => Return(payments - cost, cost);

    /// <summary>How much of a goal is done, in whole per cent, not cut at 100; null where there is no goal.</summary>
    public static int? Completion(int done, int goal) => goal > 0 ? (int)Math.Round(100m * done / goal, MidpointRounding.AwayFromZero) : null;
}
