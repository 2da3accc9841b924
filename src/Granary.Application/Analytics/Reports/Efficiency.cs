using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Reports;

/// <summary>How somebody, or a department, works with leads (§15 point 7).</summary>
/// <param name="Id">The person or department; empty for all.</param>
/// <param name="Received">Leads they came to own in the period.</param>
/// <param name="Followed">Of those, followed up at least once while they owned them.</param>
/// <param name="Converted">Of those, converted while they owned them.</param>
/// <param name="Due">First responses that fell due in the period.</param>
/// <param name="InTime">Of those, made in time.</param>
/// <param name="Responses">First responses made in the period.</param>
/// <param name="Median">Their median, in minutes of working hours.</param>
/// <param name="P90">Their 90th percentile by nearest rank, in minutes of working hours.</param>
/// <param name="Violations">Violations of the period that are not excused.</param>
/// <param name="FollowUps">Counted follow-ups they recorded in the period.</param>
/// <param name="Calls">Of those, calls.</param>
/// <param name="Visits">Of those, visits.</param>
/// <param name="Amount">Amount of what was won in the period with leads of theirs.</param>
public sealed record EfficiencyLine(
    Guid Id, long Received, long Followed, long Converted, long Due, long InTime, long Responses, double? Median, double? P90, long Violations, long FollowUps, long Calls, long Visits, decimal Amount)
{
    /// <summary>Followed ÷ received.</summary>
    public double? FollowUpRate => Received == 0 ? null : (double)Followed / Received;

    /// <summary>In time ÷ due.</summary>
    public double? Timeliness => Due == 0 ? null : (double)InTime / Due;

    /// <summary>Converted ÷ received.</summary>
    public double? Conversion => Received == 0 ? null : (double)Converted / Received;

    /// <summary>Whether there is anything to say.</summary>
    public bool Any => Received + Due + Responses + Violations + FollowUps > 0 || Amount != 0;
}

/// <summary>What people are ranked by.</summary>
public enum EfficiencyRank
{
    /// <summary>Amount won.</summary>
    Amount = 1,

    /// <summary>Conversion.</summary>
    Conversion = 2,

    /// <summary>Timeliness.</summary>
    Timeliness = 3,

    /// <summary>Follow-up rate.</summary>
    FollowUpRate = 4,

    /// <summary>Median first response; the quickest first.</summary>
    Response = 5,

    /// <summary>Leads received.</summary>
    Received = 6,

    /// <summary>Follow-ups.</summary>
    FollowUps = 7,
}

/// <summary>The report.</summary>
/// <param name="People">By person.</param>
/// <param name="Departments">By department; those directly in it.</param>
/// <param name="Total">All together.</param>
public sealed record EfficiencyTable(IReadOnlyList<EfficiencyLine> People, IReadOnlyList<EfficiencyLine> Departments, EfficiencyLine Total)
{
    /// <summary>Lines with their places by a figure: those alike share a place, those without one come last.</summary>
    public static IReadOnlyList<(int? Place, EfficiencyLine Line)> Ranked(IReadOnlyList<EfficiencyLine> lines, EfficiencyRank by)
    {
        double?[] figures = [.. lines.Select(l => Figure(l, by))];
        var places = Ranking.Places(figures, lowFirst: by == EfficiencyRank.Response);
        return [.. lines.Select((l, i) => (places[i], l)).OrderBy(l => l.Item1 ?? int.MaxValue).ThenBy(l => l.l.Id)];
    }

    private static double? Figure(EfficiencyLine line, EfficiencyRank by) => by switch
    {
        EfficiencyRank.Conversion => line.Conversion,
        EfficiencyRank.Timeliness => line.Timeliness,
        EfficiencyRank.FollowUpRate => line.FollowUpRate,
        EfficiencyRank.Response => line.Median,
        EfficiencyRank.Received => line.Received,
        EfficiencyRank.FollowUps => line.FollowUps,
        _ => (double)line.Amount,
    };
}

/// <summary>Gathers the figures of one person or several.</summary>
internal sealed class EfficiencyCounts
{
    private Dictionary<int, long> Waits { get; } = [];

    public long Received { get; set; }

    public long Followed { get; set; }

    public long Converted { get; set; }

    public long Due { get; set; }

    public long InTime { get; set; }

    public long Violations { get; set; }

    public long FollowUps { get; set; }

    public long Calls { get; set; }

    public long Visits { get; set; }

    public decimal Amount { get; set; }

    public static EfficiencyCounts Sum(IEnumerable<EfficiencyCounts> all)
    {
        var sum = new EfficiencyCounts();
        foreach (var one in all)
        {
            one.Waits.ToList().ForEach(w => sum.Waited(w.Key, w.Value));
            (sum.Received, sum.Followed, sum.Converted) = (sum.Received + one.Received, sum.Followed + one.Followed, sum.Converted + one.Converted);
            (sum.Due, sum.InTime, sum.Violations) = (sum.Due + one.Due, sum.InTime + one.InTime, sum.Violations + one.Violations);
            (sum.FollowUps, sum.Calls, sum.Visits, sum.Amount) = (sum.FollowUps + one.FollowUps, sum.Calls + one.Calls, sum.Visits + one.Visits, sum.Amount + one.Amount);
        }

        return sum;
    }

    public void Waited(int minutes, long times) => Waits[minutes] = Waits.GetValueOrDefault(minutes) + times;

    public EfficiencyLine Line(Guid id) => new(
        id, Received, Followed, Converted, Due, InTime, Waits.Values.Sum(), WaitScale.Quantile(Waits, 0.5), WaitScale.Quantile(Waits, 0.9),
        Violations, FollowUps, Calls, Visits, Amount);
}
