namespace Granary.Domain.Analytics;

/// <summary>The counts of one segment of a dimension, such as one channel, before and now.</summary>
/// <param name="Dimension">The dimension, such as <c>channel</c>.</param>
/// <param name="Segment">The segment within it; empty for records without a value.</param>
/// <param name="Before">Counts of the time that is usual.</param>
/// <param name="Now">Counts of the time that is judged.</param>
public sealed record SegmentCounts(string Dimension, string Segment, StepCount Before, StepCount Now);

/// <summary>What one segment has to do with the move of a rate. Of all segments of a dimension, the parts add up to the move.</summary>
/// <param name="Counts">The segment.</param>
/// <param name="RateEffect">The part of the move that comes from the segment's own rate, as a share: −0.1 is ten percentage points down.</param>
/// <param name="MixEffect">The part that comes from the segment being more or less of the whole than before.</param>
/// <param name="Weight">The segment's usual share of the base, the mean of before and now, 0 to 1.</param>
public sealed record SegmentPart(SegmentCounts Counts, double RateEffect, double MixEffect, double Weight)
{
    /// <summary>Both effects.</summary>
    public double Effect => RateEffect + MixEffect;
}

/// <summary>
/// Takes the move of a rate apart: by how much it comes from rates of segments and by how much from their mix. Weights and rates of before
/// and now count half each, so that nothing is left over and the order of time does not matter.
/// </summary>
public static class RateMove
{
    /// <summary>The parts of the segments of one dimension, the greatest effect first.</summary>
    /// <param name="segments">All segments of the dimension; together they are the whole.</param>
    /// <returns>Nothing where one of the two times has no base.</returns>
    public static IReadOnlyList<SegmentPart> Parts(IReadOnlyList<SegmentCounts> segments)
    {
        var (before, now) = (StepCount.Sum(segments.Select(s => s.Before)), StepCount.Sum(segments.Select(s => s.Now)));
        if (before.Rate is not { } r0 || now.Rate is not { } r1)
        {
            return [];
        }

        var usual = (r0 + r1) / 2;
        return
        [
            .. segments.Select(s => Part(s, before.Base, now.Base, usual))
                .OrderByDescending(p => Math.Abs(p.Effect)).ThenBy(p => p.Counts.Segment, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The segment, over all dimensions, that explains most of a move: whose effect in the move's direction exceeds by most what a segment of its size
    /// would have if all had moved alike. A dimension in which everything is one segment explains nothing.
    /// </summary>
    /// <param name="segments">Segments of all dimensions; those of each are together the whole.</param>
    /// <returns>Null where nothing moved, or no segment stands out.</returns>
    public static SegmentPart? Explains(IEnumerable<SegmentCounts> segments)
    {
        SegmentPart? best = null;
        var most = 1e-9;
        foreach (var dimension in segments.GroupBy(s => s.Dimension))
        {
            var parts = Parts([.. dimension]);
            var move = parts.Sum(p => p.Effect);
            foreach (var part in Math.Abs(move) < 1e-12 ? [] : parts)
            {
                var excess = (part.Effect / move) - part.Weight;
                if (excess > most + 1e-9)
                {
                    (best, most) = (part, excess);
                }
            }
        }

        return best;
    }

    private static SegmentPart Part(SegmentCounts s, long before, long now, double usual)
    {
        var (w0, w1) = ((double)s.Before.Base / before, (double)s.Now.Base / now);
        // A segment that was not there has no rate of its own: all it changes is the mix.
        var (r0, r1) = (s.Before.Rate ?? s.Now.Rate ?? 0, s.Now.Rate ?? s.Before.Rate ?? 0);
        var whole = ((double)s.Now.Reached / now) - ((double)s.Before.Reached / before);
        var raw = (w1 - w0) * ((r0 + r1) / 2);
        return new(s, whole - raw, raw - ((w1 - w0) * usual), (w0 + w1) / 2);
    }
}
