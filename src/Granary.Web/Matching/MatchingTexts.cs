namespace Granary.Web.Matching;

/// <summary>Marker of the texts of this room.</summary>
public sealed class MatchingTexts;
