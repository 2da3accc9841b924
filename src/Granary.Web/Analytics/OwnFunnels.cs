using Granary.Application.Analytics;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.People;

namespace Granary.Web.Analytics;

/// <summary>Funnels of one's own and those that others share, for whoever chooses one.</summary>
public sealed class OwnFunnels(SavedReports saved)
{
    /// <summary>Those somebody has: their own first, each by name.</summary>
    public async Task<IReadOnlyList<FunnelDefinition>> Of(Viewer viewer, CancellationToken ct) =>
        [.. (await saved.Of(viewer, ct)).Select(FunnelDefinition.Of).OfType<FunnelDefinition>()];

    /// <summary>A question with the milestones of one of them; null where they have no such funnel.</summary>
    public async Task<ReportQuery?> Ask(Viewer viewer, string? id, ReportQuery query, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var known) || await saved.Find(viewer, known, ct) is not { } report || FunnelDefinition.Of(report) is not { } funnel)
        {
            return null;
        }

        var options = new Dictionary<string, IReadOnlyList<string>>(query.Options) { [MilestoneReport.Steps.Name] = funnel.Steps };
        if (funnel.Basis is { } basis)
        {
            options.TryAdd(FunnelReport.Basis.Name, [basis]);
        }

        return query with { Options = options };
    }
}
