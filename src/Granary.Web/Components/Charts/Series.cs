namespace Granary.Web.Components.Charts;

/// <summary>A named value; <paramref name="Href"/> leads to the records behind it.</summary>
public sealed record Slice(string Label, double Value, string? Href = null);

/// <summary>A named row of values, one per label of the chart.</summary>
public sealed record Series(string Name, IReadOnlyList<double> Values);

/// <summary>A step of a funnel.</summary>
public sealed record FunnelStep(string Label, long Count, string? Href = null);
