using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics;

/// <summary>A group of leads and what stands in its cells.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Values">Its figures.</param>
/// <param name="Records">Key of the records of a step; null where they are not shown as one list.</param>
public sealed record ReportGroup(string Key, ReportLabel Label, CellValues Values, Func<FunnelBasis, FunnelStep, string?> Records);

/// <summary>Tells figures of steps apart by what a reader chose.</summary>
public static class ReportGroups
{
    /// <summary>The groups: owner, department, or a dimension by its name.</summary>
    public static async Task<IReadOnlyList<ReportGroup>> Of(ReportWork work, FunnelBasis basis, string by, DateOnly from, DateOnly to, CancellationToken ct)
    {
        if (by is "owner" or "department")
        {
            var owners = await work.Ask(new(CubeMeasure.Steps, basis, Dimension.None, from, to) { ByOwner = true }, ct);
            return by == "owner"
                ? [.. owners.Select(a => new ReportGroup(a.OwnerId.ToString("N"), Person(work, a.OwnerId), a.Values, (b, s) => LeadRecords.Key(b, s, a.OwnerId)))]
                : [.. owners.GroupBy(a => work.Setting.People.GetValueOrDefault(a.OwnerId)?.DepartmentId).Select(g => new ReportGroup(
                    g.Key?.ToString("N") ?? "", ReportLabel.Named(g.Key is { } d ? work.Setting.Departments.GetValueOrDefault(d)?.Name : null), g.Aggregate(default(CellValues), (sum, a) => sum + a.Values), (_, _) => null))];
        }

        var dimension = Enum.Parse<Dimension>(by, ignoreCase: true);
        return [.. (await work.Ask(new(CubeMeasure.Steps, basis, dimension, from, to), ct)).Select(a => new ReportGroup(a.Key, Label(work, dimension, a.Key), a.Values, (b, s) => LeadRecords.Key(b, s, dimension, a.Key)))];
    }

    /// <summary>What a key of a dimension is called.</summary>
    public static ReportLabel Label(ReportWork work, Dimension dimension, string key) => dimension switch
    {
        Dimension.Channel => ReportLabel.Named(work.Setting.Channels.Path(CellKey.ChannelOf(key))),
        Dimension.Keyword or Dimension.Content => ReportLabel.Named(CellKey.Rest(key)),
        _ => ReportLabel.Named(key),
    };

    /// <summary>What an owner is called.</summary>
    public static ReportLabel Person(ReportWork work, Guid owner) =>
        owner == LeadFact.Nobody ? ReportLabel.Of("nobody") : ReportLabel.Named(work.Setting.People.GetValueOrDefault(owner)?.Name);
}
