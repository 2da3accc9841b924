namespace Granary.Domain.Analytics;

/// <summary>When a step rate is said to fluctuate (§15 point 9).</summary>
public sealed record WatchRule
{
    /// <summary>The rule that ships.</summary>
    public static WatchRule BuiltIn { get; } = new();

    /// <summary>Earlier periods of the same kind that are looked at: for a day the last of its weekday. 8.</summary>
    public int Look { get; init; } = 8;

    /// <summary>How many median absolute deviations wide the band is, to each side. 3.</summary>
    public double Width { get; init; } = 3;

    /// <summary>Fewest that must have come to the step for its rate to be judged, in the period and in each earlier one. 20.</summary>
    public int LeastBase { get; init; } = 20;

    /// <summary>Fewest earlier periods that can be judged; with less nothing is said. 4.</summary>
    public int LeastHistory { get; init; } = 4;

    /// <summary>
    /// The least half-width of the band, as a share: a rate that stood still has a deviation of 0, and a move of this size is none all the same. 0.02.
    /// Two records more or less are never a move either.
    /// </summary>
    public double Floor { get; init; } = 0.02;
}

/// <summary>What is usual: the band of a control chart.</summary>
/// <param name="Median">The median of the earlier rates.</param>
/// <param name="Mad">Their median absolute deviation, 0 where they stood still.</param>
/// <param name="Low">Lower limit, not below 0.</param>
/// <param name="High">Upper limit.</param>
public sealed record ControlBand(double Median, double Mad, double Low, double High);

/// <summary>Which side of the band a rate lies on.</summary>
public enum ControlVerdict
{
    /// <summary>Too little came, or too little is known, to say anything.</summary>
    TooFew = 0,

    /// <summary>Within the band, its limits included.</summary>
    Usual = 1,

    /// <summary>Below it.</summary>
    Low = 2,

    /// <summary>Above it.</summary>
    High = 3,
}

/// <summary>A rate beside what is usual.</summary>
/// <param name="Count">The counts that were judged.</param>
/// <param name="Band">What is usual; null where too little is known.</param>
/// <param name="Verdict">The side.</param>
public sealed record ControlPoint(StepCount Count, ControlBand? Band, ControlVerdict Verdict)
{
    /// <summary>Whether it is outside.</summary>
    public bool Alerts => Verdict is ControlVerdict.Low or ControlVerdict.High;
}

/// <summary>A control chart of step rates: median ± 3 MAD over the last 8 same weekdays (§15 point 9).</summary>
public static class ControlChart
{
    /// <summary>Judges a period by earlier ones of its kind.</summary>
    /// <param name="history">Earlier periods, such as the same weekdays before, in any order; at most <see cref="WatchRule.Look"/> are expected.</param>
    /// <param name="count">The period.</param>
    /// <param name="rule">The rule.</param>
    public static ControlPoint Judge(IEnumerable<StepCount> history, StepCount count, WatchRule rule)
    {
        double[] rates = [.. history.Where(h => h.Base >= rule.LeastBase && h.Base > 0).Select(h => h.Rate!.Value)];
        if (rates.Length < rule.LeastHistory || rates.Length == 0)
        {
            return new(count, null, ControlVerdict.TooFew);
        }

        var median = Quantiles.Median(rates);
        var mad = Quantiles.Median([.. rates.Select(r => Math.Abs(r - median))]);
        var half = Math.Max(rule.Width * mad, Math.Max(rule.Floor, 2d / Math.Max(count.Base, rule.LeastBase)));
        var band = new ControlBand(median, mad, Math.Max(0, median - half), median + half);
        // Sums of binary fractions stray by less than this; a rate on the limit is usual.
        const double Hair = 1e-9;
        return new(count, band, count.Base < rule.LeastBase || count.Rate is not { } rate ? ControlVerdict.TooFew
            : rate < band.Low - Hair ? ControlVerdict.Low
            : rate > band.High + Hair ? ControlVerdict.High
            : ControlVerdict.Usual);
    }

    /// <summary>The days by which a day is judged: the same weekday before it, nearest first.</summary>
    public static IEnumerable<DateOnly> SameWeekdays(DateOnly day, WatchRule rule) => Enumerable.Range(1, rule.Look).Select(i => day.AddDays(-7 * i));
}
