using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>What a stage of an opportunity stands for, whatever it is called.</summary>
public enum StageKind
{
    /// <summary>Being worked on.</summary>
    Open = 1,

    /// <summary>Won.</summary>
    Won = 2,

    /// <summary>Lost.</summary>
    Lost = 3,
}

/// <summary>A line of an exit checklist.</summary>
/// <param name="Id">Stable id, unique within its stage.</param>
/// <param name="Name">What must be true; names of built-in lines are keys that the interface translates.</param>
/// <param name="Required">Whether the stage cannot be left without it.</param>
public sealed record ExitCheck(string Id, string Name, bool Required = true);

/// <summary>What is usually done in a stage with whom at the customer's.</summary>
/// <param name="Role">Role at the customer's, such as finance, equipment department or clinician.</param>
/// <param name="Name">What is done.</param>
public sealed record StandardAction(string Role, string Name);

/// <summary>A stage of a business line.</summary>
public sealed record OpportunityStage
{
    /// <summary>Stable id, unique within the line. 1 to 60 of a–z, 0–9, <c>_</c>, <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, 1 to 100 characters; names of built-in stages are keys that the interface translates.</summary>
    public required string Name { get; init; }

    /// <summary>What it stands for.</summary>
    public StageKind Kind { get; init; } = StageKind.Open;

    /// <summary>Days it usually takes, 1 to 3,650; null when nobody expects any.</summary>
    public int? ExpectedDays { get; init; }

    /// <summary>What must be true before it is left forward.</summary>
    public IReadOnlyList<ExitCheck> Exit { get; init; } = [];

    /// <summary>What is usually done in it.</summary>
    public IReadOnlyList<StandardAction> Actions { get; init; } = [];

    /// <summary>Whether it is left only with an approved conversion plan (§13: the proposal stage).</summary>
    public bool NeedsApprovedPlan { get; init; }
}

/// <summary>The stages of one business line, in their order: open ones, then won and lost.</summary>
public sealed record BusinessLine
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Its stages.</summary>
    public IReadOnlyList<OpportunityStage> Stages { get; init; } = [];

    /// <summary>The stage of an id; null when there is none.</summary>
    public OpportunityStage? Stage(string id) => Stages.FirstOrDefault(s => s.Id == id);

    /// <summary>Where an opportunity begins.</summary>
    public OpportunityStage First => Stages[0];

    /// <summary>Whether one stage stands before another.</summary>
    public bool Before(string id, string other) => Index(id) < Index(other);

    internal int Index(string id) => Stages.TakeWhile(s => s.Id != id).Count();
}

/// <summary>Why an opportunity cannot change its stage, in the order it is asked.</summary>
public enum StageRefusal
{
    /// <summary>The line has no such stage.</summary>
    UnknownStage,

    /// <summary>It is there.</summary>
    NoChange,

    /// <summary>It is closed; reopening comes first.</summary>
    AlreadyClosed,

    /// <summary>Required lines of an exit checklist are open.</summary>
    ExitNotMet,

    /// <summary>The conversion plan is not approved.</summary>
    PlanNotApproved,

    /// <summary>Going back needs a reason.</summary>
    ReasonRequired,

    /// <summary>Closing as lost needs a loss report.</summary>
    LossReportRequired,

    /// <summary>The deal rule says it is not won.</summary>
    DealRuleNotMet,
}

/// <summary>A move between stages as it is asked for.</summary>
public sealed record StageMove
{
    /// <summary>The stage it is in.</summary>
    public required string From { get; init; }

    /// <summary>The stage it is to be in.</summary>
    public required string To { get; init; }

    /// <summary>Ids of ticked checks by stage.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Ticked { get; init; } = new Dictionary<string, IReadOnlyCollection<string>>();

    /// <summary>Whether the conversion plan is approved.</summary>
    public bool PlanApproved { get; init; }

    /// <summary>Whether a loss report is written.</summary>
    public bool HasLossReport { get; init; }

    /// <summary>Whether the deal rule holds.</summary>
    public bool DealRuleMet { get; init; }

    /// <summary>Why, for a step back.</summary>
    public string? Reason { get; init; }
}

/// <summary>A required check that is not ticked.</summary>
/// <param name="StageId">Its stage.</param>
/// <param name="Check">The check.</param>
public sealed record MissingCheck(string StageId, ExitCheck Check);

/// <summary>The rules of stages (§13).</summary>
public static class Stages
{
    /// <summary>
    /// Why a move is refused, and which checks are missing; null when it may be done. A step forward over several stages asks the exit
    /// checklists of all that are left behind; losing asks for none of them.
    /// </summary>
    public static (StageRefusal Refusal, IReadOnlyList<MissingCheck> Missing)? Refusal(BusinessLine line, StageMove move)
    {
        if (line.Stage(move.From) is not { } from || line.Stage(move.To) is not { } to)
        {
            return (StageRefusal.UnknownStage, []);
        }

        if (from == to)
        {
            return (StageRefusal.NoChange, []);
        }

        if (from.Kind != StageKind.Open)
        {
            return (StageRefusal.AlreadyClosed, []);
        }

        if (to.Kind == StageKind.Lost)
        {
            return move.HasLossReport ? null : (StageRefusal.LossReportRequired, []);
        }

        if (line.Before(to.Id, from.Id))
        {
            return string.IsNullOrWhiteSpace(move.Reason) ? (StageRefusal.ReasonRequired, []) : null;
        }

        var left = line.Stages.Skip(line.Index(from.Id)).TakeWhile(s => s.Id != to.Id).Where(s => s.Kind == StageKind.Open).ToList();
        var missing = left.SelectMany(s => s.Exit.Where(c => c.Required && !Ticked(move, s, c)).Select(c => new MissingCheck(s.Id, c))).ToList();
        return missing.Count > 0 ? (StageRefusal.ExitNotMet, missing)
            : !move.PlanApproved && left.Any(s => s.NeedsApprovedPlan) ? (StageRefusal.PlanNotApproved, [])
            : to.Kind == StageKind.Won && !move.DealRuleMet ? (StageRefusal.DealRuleNotMet, [])
            : null;
    }

    private static bool Ticked(StageMove move, OpportunityStage stage, ExitCheck check) =>
        move.Ticked.TryGetValue(stage.Id, out var ticked) && ticked.Contains(check.Id);
}
