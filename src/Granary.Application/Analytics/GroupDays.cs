using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics;

/// <summary>
/// Median days of each step by group. How often each number of days is there is kept by month: for channels and campaigns of everybody, and for each owner.
/// Medians do not add up, so where a part would have to be counted from the leads there is no table rather than a slow one.
/// </summary>
internal static class GroupDays
{
    /// <summary>Whether rollups know it: of whole months, without filters by what leads are.</summary>
    public static bool Kept(ReportWork work, string by) => work.From.Day == 1 && work.To.AddDays(1).Day == 1 && work.Filter.Dimensions.Count == 0
        && by switch { "owner" or "department" => true, "channel" or "campaign" => work.Filter.Owners is null, _ => false };

    /// <summary>The table, its rows in the order of the groups.</summary>
    public static async Task<ReportTable> Of(ReportWork work, FunnelBasis basis, string by, IEnumerable<(string Key, ReportLabel Label)> groups, CancellationToken ct)
    {
        var people = by is "owner" or "department";
        var cells = await work.Ask(new(CubeMeasure.Days, basis, people ? Dimension.None : Enum.Parse<Dimension>(by, ignoreCase: true), work.From, work.To) { ByOwner = people }, ct);
        var days = cells.Select(c => (Of: FactCubes.ReadDays(c.Key), c.OwnerId, c.Values.N1)).ToLookup(c => (Group: Group(c.OwnerId, c.Of.Key), c.Of.Step), c => KeyValuePair.Create(c.Of.Days, c.N1));
        FunnelStep[] steps = [.. FunnelSteps.All.Skip(1)];
        return new($"days.{by}", [.. steps.Select(s => new ReportColumn($"daysTo.{WireName.Of(s)}", ReportUnit.Days))],
        [
            .. groups.Select(g => new ReportRow(g.Key, g.Label, [.. steps.Select(s => new ReportValue(FunnelSteps.Median(days[(g.Key, s)].GroupBy(d => d.Key).Select(d => KeyValuePair.Create(d.Key, d.Sum(x => x.Value))))))])),
        ]);

        string Group(Guid owner, string key) => by switch
        {
            "owner" => owner.ToString("N"),
            "department" => work.Setting.People.GetValueOrDefault(owner)?.DepartmentId?.ToString("N") ?? "",
            _ => key,
        };
    }
}
