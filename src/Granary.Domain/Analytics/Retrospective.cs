namespace Granary.Domain.Analytics;

/// <summary>How often one reason lost an opportunity.</summary>
/// <param name="Reason">Stable name of the reason.</param>
/// <param name="Count">How often.</param>
/// <param name="Permille">Its share in tenths of a per cent; all together are 1,000.</param>
public sealed record LossShare(string Reason, long Count, int Permille);

/// <summary>The figures of a retrospective (§15 point 8).</summary>
/// <param name="Leads">Leads recorded.</param>
/// <param name="Valid">Of those, valid: they passed review (§7).</param>
/// <param name="Opportunities">Valid leads that became opportunities.</param>
/// <param name="AGrade">Opportunities confirmed with grade A.</param>
/// <param name="Won">Won.</param>
/// <param name="Signed">Opportunities that were won and signed.</param>
/// <param name="CycleDays">Days from creating each of them to signing, added up.</param>
/// <param name="Losses">Reasons of those lost.</param>
public sealed record Retrospective(long Leads, long Valid, long Opportunities, long AGrade, long Won, long Signed, long CycleDays, IReadOnlyList<LossShare> Losses)
{
    /// <summary>Won ÷ valid leads, 0 to 1; null while none is valid. 24 of 320 are 0.075.</summary>
    public decimal? Conversion => Valid == 0 ? null : (decimal)Won / Valid;

    /// <summary>Mean cycle in days; null while none was won and signed.</summary>
    public double? AverageCycleDays => Signed == 0 ? null : (double)CycleDays / Signed;

    /// <summary>The reasons with their shares, the most frequent first.</summary>
    public static IReadOnlyList<LossShare> Shares(IEnumerable<KeyValuePair<string, long>> counts)
    {
        KeyValuePair<string, long>[] sorted = [.. counts.Where(c => c.Value > 0).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];
        var shares = WholeShares.Permille([.. sorted.Select(c => c.Value)]);
        return [.. sorted.Select((c, i) => new LossShare(c.Key, c.Value, shares[i]))];
    }
}
