namespace Granary.Web.Desk;

/// <summary>Marker of the texts of reactivations.</summary>
public sealed class ReactivationTexts;
