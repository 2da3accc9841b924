namespace Granary.Web.Privacy;

/// <summary>Texts of consent, requests of persons and retention.</summary>
public sealed class PrivacyTexts;
