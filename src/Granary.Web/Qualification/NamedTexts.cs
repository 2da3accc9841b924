namespace Granary.Web.Qualification;

/// <summary>Marker of the texts of named accounts.</summary>
public sealed class NamedTexts;
