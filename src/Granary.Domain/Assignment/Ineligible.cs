namespace Granary.Domain.Assignment;

/// <summary>Why somebody cannot get a lead (§8 Eligible), in the order it is asked. Numbers are stored and never reused.</summary>
public enum Ineligible
{
    /// <summary>They can.</summary>
    No = 0,

    /// <summary>Has left, or is not known.</summary>
    Inactive = 1,

    /// <summary>Is away.</summary>
    Away = 2,

    /// <summary>Is on leave today.</summary>
    OnLeave = 3,

    /// <summary>Has as many leads as they may take on this working day.</summary>
    DailyCap = 4,

    /// <summary>Holds as many leads as they may.</summary>
    HoldingCap = 5,

    /// <summary>Owned this lead before and lost it.</summary>
    EarlierOwner = 6,

    /// <summary>Does not know the industry.</summary>
    Industry = 7,

    /// <summary>Does not serve the region.</summary>
    Region = 8,

    /// <summary>Sells none of the products.</summary>
    Product = 9,

    /// <summary>Does not serve companies of this size.</summary>
    Size = 10,

    /// <summary>Has the weight 0.</summary>
    NoShare = 11,

    /// <summary>Is not among the best, for whom the lead is.</summary>
    NotAmongBest = 12,

    /// <summary>Is neither within working hours nor on duty; otherwise they could.</summary>
    OutsideHours = 13,

    /// <summary>Is not of the seniority the lead wants.</summary>
    OtherTier = 14,

    /// <summary>Somebody nearer can have it.</summary>
    FartherAway = 15,
}

/// <summary>Names of <see cref="Ineligible"/> as explanations and the API write them.</summary>
public static class IneligibleCodes
{
    /// <summary>The stable snake_case code, such as <c>daily_cap</c>; <c>no</c> when they can.</summary>
    public static string Code(this Ineligible reason) => reason switch
    {
        Ineligible.No => "no",
        Ineligible.Inactive => "inactive",
        Ineligible.Away => "away",
        Ineligible.OnLeave => "on_leave",
        Ineligible.DailyCap => "daily_cap",
        Ineligible.HoldingCap => "holding_cap",
        Ineligible.EarlierOwner => "earlier_owner",
        Ineligible.Industry => "industry",
        Ineligible.Region => "region",
        Ineligible.Product => "product",
        Ineligible.Size => "size",
        Ineligible.OutsideHours => "outside_hours",
        Ineligible.OtherTier => "other_tier",
        Ineligible.NotAmongBest => "not_among_best",
        Ineligible.FartherAway => "farther_away",
        Ineligible.NoShare => "no_share",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
