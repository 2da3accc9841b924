using System.Linq.Expressions;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>Which leads figures are of; a filter that is empty takes all, one with several values those with any of them.</summary>
public sealed record FactFilter
{
    /// <summary>Everything.</summary>
    public static FactFilter Any { get; } = new();

    /// <summary>Whose leads; null takes all.</summary>
    public IReadOnlyList<Guid>? Owners { get; init; }

    /// <summary>Channels.</summary>
    public IReadOnlyList<Guid> Channels { get; init; } = [];

    /// <summary>Campaigns; an empty text stands for leads without one, here and below.</summary>
    public IReadOnlyList<string> Campaigns { get; init; } = [];

    /// <summary>Industries.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Regions.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Products.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>The dimensions that can be filtered by.</summary>
    internal static IReadOnlyList<Dimension> Filtered { get; } = [Dimension.Channel, Dimension.Campaign, Dimension.Industry, Dimension.Region, Dimension.Product];

    /// <summary>The dimensions that are filtered, besides the owner, and the keys of each.</summary>
    internal IReadOnlyList<(Dimension Dimension, IReadOnlyList<string> Keys)> Dimensions =>
    [
        .. Filtered.Zip<Dimension, IReadOnlyList<string>>([[.. Channels.Select(CellKey.Channel)], Campaigns, Industries, Regions, Products]).Where(d => d.Second.Count > 0),
    ];

    /// <summary>The facts of those leads.</summary>
    public IQueryable<LeadFact> Of(IQueryable<LeadFact> facts)
    {
        if (Owners is { } owners)
        {
            facts = owners.Count == 1 && owners[0] is var only ? facts.Where(f => f.OwnerId == only) : facts.Where(f => owners.Contains(f.OwnerId));
        }

        if (Channels.Count > 0)
        {
            facts = facts.Where(f => Channels.Contains(f.ChannelId));
        }

        // A text that is there is compared as it stands, as indexes have it.
        if (Campaigns.Count > 0)
        {
            facts = Campaigns.Contains("") ? facts.Where(f => Campaigns.Contains(f.Campaign ?? "")) : facts.Where(f => Campaigns.Contains(f.Campaign));
        }

        if (Industries.Count > 0)
        {
            facts = Industries.Contains("") ? facts.Where(f => Industries.Contains(f.Industry ?? "")) : facts.Where(f => Industries.Contains(f.Industry));
        }

        return Regions.Count == 0 ? facts : Regions.Contains("") ? facts.Where(f => Regions.Contains(f.Region ?? "")) : facts.Where(f => Regions.Contains(f.Region));
    }

    /// <summary>Whether a lead has one of the products; the database does not look into their list.</summary>
    public bool Buys(LeadFact fact) => Products.Count == 0 || CellKey.Of(Dimension.Product, fact).Any(Products.Contains);

    /// <summary>The facts of which something may count in a period: those that were there by its end, and of which something counts after its beginning.</summary>
    internal static IQueryable<LeadFact> Active(IQueryable<LeadFact> facts, DateOnly from, DateOnly to) => facts.Where(f => f.ReceivedOn <= to && f.LastOn >= from);

    /// <summary>The facts that a figure of a step counts.</summary>
    public static IQueryable<LeadFact> Counted(IQueryable<LeadFact> facts, FunnelBasis basis, FunnelStep step, DateOnly from, DateOnly to)
    {
        var day = Day(step);
        return basis == FunnelBasis.Activity ? facts.Where(Between(day, from, to))
            : step == FunnelStep.Lead ? facts.Where(f => f.ReceivedOn >= from && f.ReceivedOn <= to)
            : facts.Where(f => f.ReceivedOn >= from && f.ReceivedOn <= to).Where(Expression.Lambda<Func<LeadFact, bool>>(Expression.NotEqual(day.Body, Expression.Constant(null, typeof(DateOnly?))), day.Parameters));
    }

    private static Expression<Func<LeadFact, DateOnly?>> Day(FunnelStep step) => step switch
    {
        FunnelStep.Lead => f => f.ReceivedOn,
        FunnelStep.Mql => f => f.MqlOn,
        FunnelStep.Sql => f => f.SqlOn,
        FunnelStep.Opportunity => f => f.OpportunityOn,
        FunnelStep.Order => f => f.WonOn,
        _ => f => f.PaidOn,
    };

    private static Expression<Func<LeadFact, bool>> Between(Expression<Func<LeadFact, DateOnly?>> day, DateOnly from, DateOnly to) =>
        Expression.Lambda<Func<LeadFact, bool>>(
            Expression.AndAlso(
                Expression.GreaterThanOrEqual(day.Body, Expression.Constant((DateOnly?)from, typeof(DateOnly?))),
                Expression.LessThanOrEqual(day.Body, Expression.Constant((DateOnly?)to, typeof(DateOnly?)))),
            day.Parameters);
}
