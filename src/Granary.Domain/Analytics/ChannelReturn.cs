namespace Granary.Domain.Analytics;

/// <summary>What a channel cost and brought (§15.2).</summary>
/// <param name="Cost">Cost of the period, not negative.</param>
/// <param name="Leads">Leads.</param>
/// <param name="Mqls">Those of them that are marketing qualified.</param>
/// <param name="Sqls">Sales qualified.</param>
/// <param name="Opportunities">That became opportunities.</param>
/// <param name="Orders">Whose opportunity was won.</param>
/// <param name="Ordered">Amount of the orders.</param>
/// <param name="Paid">Payments received less given back.</param>
public sealed record ChannelReturn(decimal Cost, long Leads, long Mqls, long Sqls, long Opportunities, long Orders, decimal Ordered, decimal Paid)
{
    /// <summary>Cost of one lead; null where there is no cost or no lead: never infinite.</summary>
    public decimal? PerLead => Per(Leads);

    /// <summary>Cost of one MQL.</summary>
    public decimal? PerMql => Per(Mqls);

    /// <summary>Cost of one SQL.</summary>
    public decimal? PerSql => Per(Sqls);

    /// <summary>Cost of one opportunity.</summary>
    public decimal? PerOpportunity => Per(Opportunities);

    /// <summary>Cost of one order.</summary>
    public decimal? PerOrder => Per(Orders);

    /// <summary>Order amount ÷ cost; null without cost.</summary>
    public decimal? OnOrders => Cost == 0 ? null : Ordered / Cost;

    /// <summary>(Payments − cost) ÷ cost; null without cost.</summary>
    public decimal? OnPayments => Cost == 0 ? null : (Paid - Cost) / Cost;

    private decimal? Per(long count) => Cost == 0 || count == 0 ? null : Cost / count;
}
