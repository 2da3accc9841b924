namespace Granary.Web.Qualification;

/// <summary>Marks the texts of qualification and accounts.</summary>
public sealed class QualificationTexts;
