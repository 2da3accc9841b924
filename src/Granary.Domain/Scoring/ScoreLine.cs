namespace Granary.Domain.Scoring;

/// <summary>What a line of the breakdown counts towards.</summary>
public enum ScoreDimension
{
    /// <summary>Attributes of §6.1, and with them the fit.</summary>
    Attributes = 1,

    /// <summary>Behaviour of §6.1.</summary>
    Behaviour = 2,

    /// <summary>Engagement of §6.2.</summary>
    Engagement = 3,
}

/// <summary>Where the points of a line come from.</summary>
public enum ScoreSource
{
    /// <summary>An attribute rule that held.</summary>
    Rule = 1,

    /// <summary>Touches of one kind.</summary>
    Touch = 2,

    /// <summary>What the cap cut off; negative.</summary>
    Cap = 3,

    /// <summary>What lifted a sum below zero to zero; positive.</summary>
    Floor = 4,
}

/// <summary>One line of the breakdown of a score.</summary>
/// <param name="Dimension">What it counts towards.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Name">The rule's name, the touch kind in camelCase, or empty for cap and floor.</param>
/// <param name="Count">How many touches; 1 for a rule, 0 for cap and floor.</param>
/// <param name="Points">Signed points: whole for attributes and behaviour, at most two decimals for engagement.</param>
public readonly record struct ScoreLine(ScoreDimension Dimension, ScoreSource Source, string Name, int Count, decimal Points);
