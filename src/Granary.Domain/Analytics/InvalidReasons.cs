namespace Granary.Domain.Analytics;

/// <summary>How many leads of a channel were found invalid for a reason.</summary>
/// <param name="Reason">The reason's key; empty where none was given.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Now">In the period.</param>
/// <param name="Before">In the period it is compared with.</param>
public readonly record struct InvalidCount(string Reason, Guid Channel, long Now, long Before);

/// <summary>A line of the report.</summary>
/// <param name="Reason">The reason; null in the line of all.</param>
/// <param name="ByChannel">The counts of the period, one for each of <see cref="InvalidReasons.Channels"/>.</param>
/// <param name="Now">All channels in the period.</param>
/// <param name="Before">All channels in the period before.</param>
/// <param name="Permille">The reason's share of the period, in tenths of a per cent; those of all reasons are 1,000 together.</param>
public sealed record InvalidLine(string? Reason, IReadOnlyList<long> ByChannel, long Now, long Before, int Permille)
{
    /// <summary>(now − before) ÷ before; null where there was none before.</summary>
    public double? Change => Before == 0 ? null : ((double)Now - Before) / Before;
}

/// <summary>Why leads were found invalid, by channel, against the period before (§15 point 6).</summary>
/// <param name="Channels">The channels, those with most first.</param>
/// <param name="Lines">By reason, those with most first.</param>
/// <param name="Total">All reasons.</param>
public sealed record InvalidReasons(IReadOnlyList<Guid> Channels, IReadOnlyList<InvalidLine> Lines, InvalidLine Total)
{
    /// <summary>Lays counts out; a reason or channel that occurs only before has its line too.</summary>
    public static InvalidReasons Of(IReadOnlyCollection<InvalidCount> counts)
    {
        Guid[] channels = [.. counts.GroupBy(c => c.Channel).OrderByDescending(g => g.Sum(c => c.Now)).ThenBy(g => g.Key).Select(g => g.Key)];
        InvalidLine Line(string? reason, IReadOnlyCollection<InvalidCount> of, int share)
        {
            var byChannel = of.GroupBy(c => c.Channel).ToDictionary(g => g.Key, g => g.Sum(c => c.Now));
            return new(reason, [.. channels.Select(c => byChannel.GetValueOrDefault(c))], of.Sum(c => c.Now), of.Sum(c => c.Before), share);
        }

        var reasons = counts.GroupBy(c => c.Reason).OrderByDescending(g => g.Sum(c => c.Now)).ThenByDescending(g => g.Sum(c => c.Before)).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var shares = WholeShares.Permille([.. reasons.Select(r => r.Sum(c => c.Now))]);
        return new(channels, [.. reasons.Select((r, i) => Line(r.Key, [.. r], shares[i]))], Line(null, counts, shares.Sum()));
    }
}
