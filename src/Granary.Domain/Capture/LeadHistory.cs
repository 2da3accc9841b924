namespace Granary.Domain.Capture;

/// <summary>
/// What became of a lead before it came here, as an imported history tells it: reports count it where the product itself knows no better. It
/// makes no opportunity and changes no state.
/// </summary>
/// <param name="MqlAt">When it was qualified by marketing; not in the future, here and below.</param>
/// <param name="SqlAt">When it was qualified by sales.</param>
/// <param name="OpportunityAt">When it became an opportunity.</param>
/// <param name="WonAt">When that was won.</param>
/// <param name="Amount">Amount of the opportunity, and of the order where it was won; not negative.</param>
/// <param name="PaidAt">When it was paid.</param>
/// <param name="PaidAmount">How much was paid; not negative.</param>
public sealed record LeadHistory(
    DateTimeOffset? MqlAt = null, DateTimeOffset? SqlAt = null, DateTimeOffset? OpportunityAt = null, DateTimeOffset? WonAt = null, decimal? Amount = null,
    DateTimeOffset? PaidAt = null, decimal? PaidAmount = null);
