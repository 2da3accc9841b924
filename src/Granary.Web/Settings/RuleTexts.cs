namespace Granary.Web.Settings;

/// <summary>Words of the pages of policies.</summary>
public sealed class RuleTexts;
