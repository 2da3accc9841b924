using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics;

/// <summary>
/// Median days of each step by group: rollups keep how often each number of days is there for channels, campaigns and owners. Medians do not add up, so where they
/// would have to be counted from the leads there is no table rather than a slow one.
/// </summary>
internal static class GroupDays
{
    /// <summary>Whether rollups know it: of what they keep, without filters by what leads are.</summary>
    public static bool Kept(ReportWork work, string by) => work.Filter.Dimensions.Count == 0 && by is ("owner" or "department" or "channel" or "campaign");

    /// <summary>The table, its rows in the order of the groups.</summary>
    public static async Task<ReportTable> Of(ReportWork work, FunnelBasis basis, string by, IEnumerable<(string Key, ReportLabel Label)> groups, CancellationToken ct)
    {
        var people = by is "owner" or "department";
        var days = await work.AskDays(
            new(CubeMeasure.Days, basis, people ? Dimension.None : Enum.Parse<Dimension>(by, ignoreCase: true), work.From, work.To) { ByOwner = people }, people ? (owner, key) => Group(owner) + key : null, ct);
        FunnelStep[] steps = [.. FunnelSteps.All.Skip(1)];
        return new($"days.{by}", [.. steps.Select(s => new ReportColumn($"daysTo.{WireName.Of(s)}", ReportUnit.Days))],
        [
            .. groups.Select(g => new ReportRow(g.Key, g.Label, [.. steps.Select(s => new ReportValue(days.Median(FactCubes.DaysKey(g.Key, s))))])),
        ]);

        string Group(Guid owner) => by == "owner" ? owner.ToString("N") : work.Setting.People.GetValueOrDefault(owner)?.DepartmentId?.ToString("N") ?? "";
    }
}
