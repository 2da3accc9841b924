namespace Granary.Web.Intake.Import;

/// <summary>Marker of the texts of imports.</summary>
public sealed class ImportTexts;
