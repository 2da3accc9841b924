namespace Granary.Web.Cleansing;

/// <summary>Words of the pages of the blacklist and the sensitive words.</summary>
public sealed class ListTexts;
