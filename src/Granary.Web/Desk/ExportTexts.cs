namespace Granary.Web.Desk;

/// <summary>Marker of the texts of exports.</summary>
public sealed class ExportTexts;
