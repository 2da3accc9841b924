using Granary.Application.Capture;
using Granary.Domain.Scoring;

namespace Granary.Web.Scoring;

/// <summary>The figures of a score.</summary>
/// <param name="Total">Behaviour and attributes together.</param>
/// <param name="Behaviour">Points of the touches.</param>
/// <param name="Attributes">Points of the attributes.</param>
/// <param name="Priority">low, medium or high.</param>
/// <param name="Stage">aware, interested or considering.</param>
/// <param name="Fit">A to D.</param>
/// <param name="Engagement">1 (strongest) to 4.</param>
/// <param name="Cell">Cell of the matrix, such as A4.</param>
public sealed record ScoreAnswer(int Total, int Behaviour, int Attributes, Priority Priority, NurtureStage Stage, string Fit, int Engagement, string Cell)
{
    /// <summary>The figures of a stored lead; null while it was not scored.</summary>
    public static ScoreAnswer? Of(Lead lead) => Of(lead.Score, lead.BehaviourScore, lead.AttributeScore, lead.Priority, lead.Stage, lead.Cell);

    /// <summary>Stored figures; null without a cell, that is while it was not scored.</summary>
    public static ScoreAnswer? Of(int total, int behaviour, int attributes, int priority, int stage, string? cell) => cell is null
        ? null
        : new ScoreAnswer(total, behaviour, attributes, (Priority)priority, (NurtureStage)stage, cell[..1], cell[1] - '0', cell);
}
