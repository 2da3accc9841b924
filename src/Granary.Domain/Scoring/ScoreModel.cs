using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

/// <summary>
/// A score model (§6): named policy, one per business line. Names of built-in rules are keys that the interface
/// translates; an administrator's own rules carry their words.
/// </summary>
public sealed partial record ScoreModel
{
    /// <summary>Name, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Business line it serves; null serves all without a model of their own.</summary>
    public string? BusinessLine { get; init; }

    /// <summary>Rules over attributes; every rule that holds counts.</summary>
    public IReadOnlyList<AttributeRule> AttributeRules { get; init; } = [];

    /// <summary>Most points from attributes, 0 to 10,000.</summary>
    public int AttributeCap { get; init; } = 60;

    /// <summary>Points per touch; each kind at most once.</summary>
    public IReadOnlyList<TouchRule> TouchRules { get; init; } = [];

    /// <summary>Most points from behaviour, 0 to 10,000.</summary>
    public int BehaviourCap { get; init; } = 40;

    /// <summary>Days after which a touch counts half, in behaviour and engagement alike; null never fades.</summary>
    public double? HalfLifeDays { get; init; }

    /// <summary>Bands of priority.</summary>
    public PriorityBands PriorityBands { get; init; } = new();

    /// <summary>Bands of nurture stage.</summary>
    public StageBands StageBands { get; init; } = new();

    /// <summary>Settings of the matrix.</summary>
    public MatrixSettings Matrix { get; init; } = new();

    /// <summary>From where on a lead is mature.</summary>
    public PassMark PassMark { get; init; } = new();

    /// <summary>Amount of a usual offer in the organisation's currency, above 0: what an unmatched budget is compared with.</summary>
    public decimal OfferAmount { get; init; } = BudgetFit.UsualOffer;
}

/// <summary>Points for an attribute.</summary>
/// <param name="Name">Name, unique within the model.</param>
/// <param name="When">Conditions over <see cref="LeadFacts"/>, all of which must hold; at least one.</param>
/// <param name="Points">Signed points, −1,000 to 1,000.</param>
public sealed record AttributeRule(string Name, IReadOnlyList<Condition> When, int Points);

/// <summary>Points for each touch of a kind.</summary>
/// <param name="Kind">Touch kind.</param>
/// <param name="Points">Signed points, −1,000 to 1,000.</param>
public sealed record TouchRule(TouchKind Kind, int Points);

/// <summary>Lower bounds of the priority bands on the total.</summary>
/// <param name="High">High from here.</param>
/// <param name="Medium">Medium from here, below <paramref name="High"/>.</param>
public sealed record PriorityBands(int High = 80, int Medium = 50)
{
    /// <summary>The priority of a total.</summary>
    public Priority Of(int total) => total >= High ? Priority.High : total >= Medium ? Priority.Medium : Priority.Low;
}

/// <summary>Lower bounds of the nurture stages on the total.</summary>
/// <param name="Considering">Considering from here.</param>
/// <param name="Interested">Interested from here, below <paramref name="Considering"/>.</param>
public sealed record StageBands(int Considering = 70, int Interested = 40)
{
    /// <summary>The stage of a total.</summary>
    public NurtureStage Of(int total) =>
        total >= Considering ? NurtureStage.Considering : total >= Interested ? NurtureStage.Interested : NurtureStage.Aware;
}

/// <summary>
/// The pass mark (§6.3): a total, or a set of cells. Where cells are named they alone decide.
/// </summary>
/// <param name="Score">Least total of a mature lead.</param>
public sealed record PassMark(int Score = 60)
{
    /// <summary>Cells whose leads are mature; empty lets the total decide.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    /// <summary>Whether a lead is mature.</summary>
    public bool IsReached(int total, string cell) => Cells.Count == 0 ? total >= Score : Cells.Contains(cell);
}
