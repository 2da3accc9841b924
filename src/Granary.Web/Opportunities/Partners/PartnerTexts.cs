namespace Granary.Web.Opportunities.Partners;

/// <summary>Marker of the texts of partners.</summary>
public sealed class PartnerTexts;
