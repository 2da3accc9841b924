using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

/// <summary>Priority of a lead by its total (§6.1).</summary>
public enum Priority
{
    /// <summary>Low.</summary>
    Low = 1,

    /// <summary>Medium.</summary>
    Medium = 2,

    /// <summary>High; goes to senior representatives.</summary>
    High = 3,
}

/// <summary>Nurture stage by the total (§6.1).</summary>
public enum NurtureStage
{
    /// <summary>Aware 初步知晓.</summary>
    Aware = 1,

    /// <summary>Interested 产生兴趣.</summary>
    Interested = 2,

    /// <summary>Considering 深度考虑.</summary>
    Considering = 3,
}

/// <summary>How well the company and the contact fit, the static side of the matrix (§6.2).</summary>
public enum Fit
{
    /// <summary>Best.</summary>
    A = 1,

    /// <summary>Good.</summary>
    B = 2,

    /// <summary>Fair.</summary>
    C = 3,

    /// <summary>Poor.</summary>
    D = 4,
}

/// <summary>Touches of one kind at one time.</summary>
/// <param name="Kind">Touch kind.</param>
/// <param name="Count">How many; a count below 1 counts as none, one above 10,000 as 10,000.</param>
/// <param name="At">
/// When they happened; null or later than now counts in full. Only a model with a half-life looks at it: without one,
/// all touches of a kind may be handed over as one tally.
/// </param>
public readonly record struct TouchTally(TouchKind Kind, int Count, DateTimeOffset? At = null);

/// <summary>The score of a lead under one model, with everything it is made of (§6).</summary>
public sealed record Score
{
    /// <summary>Behaviour and attributes together.</summary>
    public required int Total { get; init; }

    /// <summary>Points of the touches, at most the model's cap.</summary>
    public required int Behaviour { get; init; }

    /// <summary>Points of the attributes, at most the model's cap.</summary>
    public required int Attributes { get; init; }

    /// <summary>Priority by the total.</summary>
    public required Priority Priority { get; init; }

    /// <summary>Nurture stage by the total.</summary>
    public required NurtureStage Stage { get; init; }

    /// <summary>Fit band.</summary>
    public required Fit Fit { get; init; }

    /// <summary>Engagement level, 1 (strongest) to 4.</summary>
    public required int Engagement { get; init; }

    /// <summary>Engagement points, not below 0, not capped.</summary>
    public required decimal EngagementPoints { get; init; }

    /// <summary>Fit on a scale of 0 to 100.</summary>
    public required decimal FitPoints { get; init; }

    /// <summary>Whether the lead is at or above the pass mark (§6.3).</summary>
    public required bool Mature { get; init; }

    /// <summary>What the points are made of; the lines of a dimension add up to its points exactly.</summary>
    public required IReadOnlyList<ScoreLine> Lines { get; init; }

    /// <summary>The cell of the matrix, <c>A1</c> to <c>D4</c>.</summary>
    public string Cell => MatrixCell.Name(Fit, Engagement);

    /// <summary>The lines and the outcome as an explanation, step <c>score</c>; made each time it is asked for.</summary>
    public IReadOnlyList<Reason> Reasons => ScoreReasons.Of(this);
}
