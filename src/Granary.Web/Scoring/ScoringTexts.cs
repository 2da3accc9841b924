namespace Granary.Web.Scoring;

/// <summary>Texts of scoring: reasons, names of members and of the facts that rules see, advice of the matrix.</summary>
public sealed class ScoringTexts;
