namespace Granary.Web.FollowUp;

/// <summary>Marker of the texts of this room.</summary>
public sealed class FollowUpTexts;
