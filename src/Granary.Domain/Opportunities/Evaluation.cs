using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>How soon the customer wants to have it (§13 Evaluation). Numbers are the points.</summary>
public enum Urgency
{
    /// <summary>Later than three months.</summary>
    General = 1,

    /// <summary>In two to three months.</summary>
    Urgent = 2,

    /// <summary>Within a month.</summary>
    Immediate = 3,
}

/// <summary>How large the budget is (§13 Evaluation). Numbers are the points.</summary>
public enum BudgetClass
{
    /// <summary>Below 300,000.</summary>
    Low = 5,

    /// <summary>From 300,000.</summary>
    Medium = 15,

    /// <summary>From 1,000,000.</summary>
    High = 25,
}

/// <summary>Where we stand against competitors (§13 Evaluation). Numbers are the points.</summary>
public enum Competition
{
    /// <summary>Behind.</summary>
    Disadvantage = 1,

    /// <summary>Level.</summary>
    Even = 2,

    /// <summary>Ahead.</summary>
    Advantage = 3,
}

/// <summary>How hard it is to reach a decision over there (§13 Evaluation). Numbers are the points.</summary>
public enum DecisionComplexity
{
    /// <summary>Many who decide, or unknown ones.</summary>
    Complex = 1,

    /// <summary>Some.</summary>
    Medium = 2,

    /// <summary>One or two, known.</summary>
    Simple = 3,
}

/// <summary>Grade of an opportunity (§13 Evaluation). Numbers are stored and never reused.</summary>
public enum OpportunityGrade
{
    /// <summary>High budget, and either pressing or ours to win.</summary>
    A = 1,

    /// <summary>Neither A nor C.</summary>
    B = 2,

    /// <summary>Low budget.</summary>
    C = 3,
}

/// <summary>The evaluation of an opportunity (§13): four judgements, their points and the grade that follows.</summary>
/// <param name="Urgency">How soon.</param>
/// <param name="Budget">How much.</param>
/// <param name="Competition">Against whom.</param>
/// <param name="Decision">How it is decided.</param>
public sealed record Evaluation(Urgency Urgency, BudgetClass Budget, Competition Competition, DecisionComplexity Decision)
{
    /// <summary>Sum of the points, 8 to 34.</summary>
    public int Total => (int)Urgency + (int)Budget + (int)Competition + (int)Decision;

    /// <summary>A when the budget is high and it is immediate or ours to win; C when the budget is low; else B.</summary>
    public OpportunityGrade Grade => Budget switch
    {
        BudgetClass.High when Urgency == Urgency.Immediate || Competition == Competition.Advantage => OpportunityGrade.A,
        BudgetClass.Low => OpportunityGrade.C,
        _ => OpportunityGrade.B,
    };

    /// <summary>The class of a budget in the organisation's currency.</summary>
    public static BudgetClass ClassOf(decimal budget) => budget switch { >= 1_000_000m => BudgetClass.High, >= 300_000m => BudgetClass.Medium, _ => BudgetClass.Low };

    /// <summary>
    /// The urgency of a date on which the customer wants to have it: within a calendar month immediate, within three urgent, else
    /// general. A date that has passed is immediate; none is general.
    /// </summary>
    public static Urgency UrgencyOf(DateOnly? wanted, DateOnly today) =>
        wanted is not { } date ? Urgency.General
        : date <= today.AddMonths(1) ? Urgency.Immediate
        : date <= today.AddMonths(3) ? Urgency.Urgent
        : Urgency.General;

    /// <summary><c>not_a_choice</c> for a judgement that does not exist.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Known(Urgency, "urgency"),
        .. Known(Budget, "budget"),
        .. Known(Competition, "competition"),
        .. Known(Decision, "decision"),
    ];

    private static IEnumerable<FieldError> Known<T>(T value, string field) where T : struct, Enum =>
        Enum.IsDefined(value) ? [] : [new FieldError(field, "not_a_choice")];
}
