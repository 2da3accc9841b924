namespace Granary.Web.Desk;

/// <summary>Marker of the texts of the audit.</summary>
public sealed class AuditTexts;
