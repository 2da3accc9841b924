namespace Granary.Web.Components.Charts;

/// <summary>A named value; <paramref name="Href"/> leads to the records behind it.</summary>
public sealed record Slice(string Label, double Value, string? Href = null);

/// <summary>A named row of values, one per label of the chart.</summary>
public sealed record Series(string Name, IReadOnlyList<double> Values);

/// <summary>A step of a funnel.</summary>
public sealed record FunnelStep(string Label, long Count, string? Href = null);

/// <summary>A line that may have gaps, beside what it is compared with, drawn in the same colour and broken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One per label; null where there is none.</param>
/// <param name="Before">The values it is compared with, as many or fewer.</param>
public sealed record ComparedSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<double?>? Before = null);

/// <summary>A point of a control chart.</summary>
/// <param name="Label">Its time.</param>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Low">Lower limit of what is usual; null where that is unknown.</param>
/// <param name="Middle">The middle of what is usual.</param>
/// <param name="High">Upper limit.</param>
/// <param name="Marked">Whether it stands out.</param>
/// <param name="Href">Where it is looked into.</param>
public sealed record ControlledPoint(string Label, double? Value, double? Low = null, double? Middle = null, double? High = null, bool Marked = false, string? Href = null);

/// <summary>A row of a heat map, one value per column.</summary>
public sealed record HeatRow(string Label, IReadOnlyList<double?> Values, IReadOnlyList<string?>? Hrefs = null);

/// <summary>A place that something flows from or to.</summary>
/// <param name="Id">Names it in flows.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Column">Where it stands, from 0 at the left.</param>
/// <param name="Href">Where it is looked into.</param>
public sealed record SankeyNode(string Id, string Label, int Column, string? Href = null);

/// <summary>How much flows from one place to another that stands further right.</summary>
public sealed record SankeyFlow(string From, string To, double Value);
