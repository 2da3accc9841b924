namespace Granary.Web.Opportunities;

/// <summary>Marks the texts of opportunities.</summary>
public sealed class OpportunityTexts;
