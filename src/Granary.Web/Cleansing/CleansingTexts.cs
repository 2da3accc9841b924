namespace Granary.Web.Cleansing;

/// <summary>Texts of cleansing: reasons, findings, kinds of blacklist entries and of test patterns.</summary>
public sealed class CleansingTexts;
