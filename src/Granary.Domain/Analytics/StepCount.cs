namespace Granary.Domain.Analytics;

/// <summary>How many came to a step, and how many of them took it, within a day, a period or a segment.</summary>
/// <param name="Base">Those that came to it, such as leads; not negative.</param>
/// <param name="Reached">Those that took it, such as leads that became MQL; not negative. By activity it may be greater than the base.</param>
public readonly record struct StepCount(long Base, long Reached)
{
    /// <summary>Reached ÷ base; null where nothing came.</summary>
    public double? Rate => Base == 0 ? null : (double)Reached / Base;

    /// <summary>Both added.</summary>
    public static StepCount operator +(StepCount a, StepCount b) => new(a.Base + b.Base, a.Reached + b.Reached);

    /// <summary>All added.</summary>
    public static StepCount Sum(IEnumerable<StepCount> all) => all.Aggregate(default(StepCount), static (a, b) => a + b);
}
