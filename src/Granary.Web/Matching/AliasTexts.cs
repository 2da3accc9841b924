namespace Granary.Web.Matching;

/// <summary>Words of the page of company aliases.</summary>
public sealed class AliasTexts;
