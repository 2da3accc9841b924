using Granary.Domain.Policies;

namespace Granary.Application.Analytics.Scheduled;

/// <summary>A funnel of one's own (§15.1): chosen milestones under a name, kept as a saved report that has nothing but them and its basis.</summary>
/// <param name="Id">Id of the saved report.</param>
/// <param name="Name">Name.</param>
/// <param name="Steps">The milestones, in the order a lead takes them.</param>
/// <param name="Basis">What figures of a period count; null leaves it to who looks.</param>
/// <param name="Shared">Whether others see it.</param>
/// <param name="UserId">Whose it is.</param>
public sealed record FunnelDefinition(Guid Id, string Name, IReadOnlyList<string> Steps, string? Basis, bool Shared, Guid UserId)
{
    /// <summary>The funnel that a saved report defines; null where it is of another report.</summary>
    public static FunnelDefinition? Of(SavedReport report)
    {
        if (report.Report != MilestoneReport.Named || Values(report.Query, MilestoneReport.Steps.Name) is not { Count: >= 2 } steps)
        {
            return null;
        }

        return new(report.Id, report.Name, [.. MilestoneReport.Steps.Choices.Where(steps.Contains)], Values(report.Query, FunnelReport.Basis.Name).FirstOrDefault(), report.Shared, report.UserId);
    }

    /// <summary>As a saved report keeps it.</summary>
    public static string Query(IEnumerable<string> steps, string? basis) =>
        string.Join('&', steps.Select(s => $"{MilestoneReport.Steps.Name}={Uri.EscapeDataString(s)}").Concat(string.IsNullOrEmpty(basis) ? [] : [$"{FunnelReport.Basis.Name}={Uri.EscapeDataString(basis)}"]));

    /// <summary>What is wrong with the milestones of a query; one without them is the usual funnel.</summary>
    internal static IReadOnlyList<FieldError> Refuse(string query) => Values(query, MilestoneReport.Steps.Name) is { Count: > 0 } steps ? MilestoneReport.Refuse(steps) : [];

    private static List<string> Values(string query, string name) =>
        [.. query.Split('&').Where(p => p.StartsWith(name + "=", StringComparison.Ordinal)).Select(p => Uri.UnescapeDataString(p[(name.Length + 1)..])).Where(v => v.Length > 0)];
}
