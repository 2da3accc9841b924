namespace Granary.Web.Review;

/// <summary>Marks the texts of review.</summary>
public sealed class ReviewTexts;
