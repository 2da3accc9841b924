namespace Granary.Web.Desk;

/// <summary>Marker of the desk's texts.</summary>
public sealed class DeskTexts;
