namespace Granary.Domain.Analytics;

/// <summary>How many ownerships began one way for one owner and have one outcome (§9).</summary>
/// <param name="Owner">The owner.</param>
/// <param name="Acquired">How it was acquired, as a stable name.</param>
/// <param name="Outcome">How it ended, as a stable name, or <see cref="StatusMatrix.Open"/>.</param>
/// <param name="Count">How many.</param>
public readonly record struct StatusCount(Guid Owner, string Acquired, string Outcome, long Count);

/// <summary>A line of the matrix.</summary>
/// <param name="Owner">The owner; null in lines of all owners.</param>
/// <param name="Acquired">How acquired; null in sub-totals.</param>
/// <param name="Counts">One count for each outcome, in the order of <see cref="StatusMatrix.Outcomes"/>.</param>
public sealed record StatusLine(Guid? Owner, string? Acquired, IReadOnlyList<long> Counts)
{
    /// <summary>All outcomes of the line.</summary>
    public long Total => Counts.Sum();
}

/// <summary>Owner × acquired how × outcome with sub-totals (§15 point 5). Each count is in one line, its owner's sub-total, its way's total and the total.</summary>
/// <param name="Outcomes">The outcomes, in order.</param>
/// <param name="Lines">By owner, then by way of acquiring.</param>
/// <param name="Owners">A sub-total for each owner.</param>
/// <param name="Ways">A total for each way of acquiring.</param>
/// <param name="Total">Everything.</param>
public sealed record StatusMatrix(
    IReadOnlyList<string> Outcomes, IReadOnlyList<StatusLine> Lines, IReadOnlyList<StatusLine> Owners, IReadOnlyList<StatusLine> Ways, StatusLine Total)
{
    /// <summary>The outcome of an ownership that has not ended.</summary>
    public const string Open = "open";

    /// <summary>Lays counts out.</summary>
    /// <param name="counts">The counts; those of one cell are added.</param>
    /// <param name="ways">Ways of acquiring, in the order they are shown.</param>
    /// <param name="outcomes">Outcomes in the order they are shown.</param>
    /// <exception cref="ArgumentException">A count has a way or an outcome that is not listed.</exception>
    public static StatusMatrix Of(IReadOnlyCollection<StatusCount> counts, IReadOnlyList<string> ways, IReadOnlyList<string> outcomes)
    {
        if (counts.Any(c => !ways.Contains(c.Acquired) || !outcomes.Contains(c.Outcome)))
        {
            throw new ArgumentException("A way or an outcome is not listed.", nameof(counts));
        }

        StatusLine Line(Guid? owner, string? way, IEnumerable<StatusCount> of)
        {
            var byOutcome = of.GroupBy(c => c.Outcome).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
            return new(owner, way, [.. outcomes.Select(o => byOutcome.GetValueOrDefault(o))]);
        }

        var owners = counts.GroupBy(c => c.Owner).Select(g => Line(g.Key, null, g)).OrderByDescending(l => l.Total).ThenBy(l => l.Owner).ToList();
        var cells = counts.ToLookup(c => (c.Owner, c.Acquired));
        return new(
            outcomes,
            [.. owners.SelectMany(o => ways.Select(w => Line(o.Owner, w, cells[(o.Owner!.Value, w)]))).Where(l => l.Total > 0)],
            owners,
            [.. ways.Select(w => Line(null, w, counts.Where(c => c.Acquired == w))).Where(l => l.Total > 0)],
            Line(null, null, counts));
    }
}
