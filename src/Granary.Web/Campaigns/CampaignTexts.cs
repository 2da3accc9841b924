namespace Granary.Web.Campaigns;

/// <summary>Marker of the texts of campaigns.</summary>
public sealed class CampaignTexts;
