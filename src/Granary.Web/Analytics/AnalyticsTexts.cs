namespace Granary.Web.Analytics;

/// <summary>Marks the texts of analytics.</summary>
public sealed class AnalyticsTexts;
