using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>A pain in numbers.</summary>
/// <param name="Text">What it costs them, 1 to 500 characters.</param>
/// <param name="Amount">How much a year; null when it is not in money.</param>
public sealed record QuantifiedPain(string Text, decimal? Amount);

/// <summary>A date of the plan.</summary>
/// <param name="Text">What happens, 1 to 200 characters.</param>
/// <param name="On">When.</param>
public sealed record KeyDate(string Text, DateOnly On);

/// <summary>The conversion plan of an opportunity (§13).</summary>
public sealed record ConversionPlan
{
    /// <summary>Pains in numbers; at least one before it is handed in.</summary>
    public IReadOnlyList<QuantifiedPain> Pains { get; init; } = [];

    /// <summary>What speaks for us; required before it is handed in.</summary>
    public string? Advantages { get; init; }

    /// <summary>Lowest price; visible only to those who decide about the plan and to the owner.</summary>
    public decimal? PriceFloor { get; init; }

    /// <summary>What we can give.</summary>
    public string? Concessions { get; init; }

    /// <summary>How we get in.</summary>
    public string? WayIn { get; init; }

    /// <summary>Dates; at least one before it is handed in.</summary>
    public IReadOnlyList<KeyDate> Dates { get; init; } = [];

    /// <summary>What keeps a draft from being kept: <c>too_long</c>, <c>too_many</c>, <c>out_of_range</c>, <c>required</c> within a line.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Pains.Count > 50 ? [new FieldError("pains", "too_many", "50")] : Pains.SelectMany((p, i) => Texts.Errors(p.Text, $"pains[{i}].text", 500)),
        .. Pains.Select((p, i) => (p, i)).Where(x => x.p.Amount < 0).Select(x => new FieldError($"pains[{x.i}].amount", "out_of_range", "0")),
        .. Texts.Longest(Advantages, "advantages", 2_000),
        .. Texts.Longest(Concessions, "concessions", 2_000),
        .. Texts.Longest(WayIn, "wayIn", 2_000),
        .. PriceFloor < 0 ? [new FieldError("priceFloor", "out_of_range", "0")] : Array.Empty<FieldError>(),
        .. Dates.Count > 50 ? [new FieldError("dates", "too_many", "50")] : Dates.SelectMany((d, i) => Texts.Errors(d.Text, $"dates[{i}].text", 200)),
    ];

    /// <summary>What is missing before it can be handed in for approval; every one is <c>required</c>.</summary>
    public IReadOnlyList<FieldError> Missing() =>
    [
        .. Pains.Count == 0 ? [new FieldError("pains", "required")] : Array.Empty<FieldError>(),
        .. string.IsNullOrWhiteSpace(Advantages) ? [new FieldError("advantages", "required")] : Array.Empty<FieldError>(),
        .. Dates.Count == 0 ? [new FieldError("dates", "required")] : Array.Empty<FieldError>(),
    ];
}

/// <summary>Who approves a conversion plan.</summary>
public enum PlanApprover
{
    /// <summary>The supervisor of the owner.</summary>
    Supervisor = 1,

    /// <summary>The sales director of the owner.</summary>
    Director = 2,
}

/// <summary>The rules of conversion plans (§13).</summary>
public static class ConversionPlans
{
    /// <summary>A is approved by the sales director, B and C by the supervisor.</summary>
    public static PlanApprover ApproverOf(OpportunityGrade grade) => grade == OpportunityGrade.A ? PlanApprover.Director : PlanApprover.Supervisor;

    /// <summary>Whether an approval still holds when the grade has become another: what rose to A has to be approved again.</summary>
    public static bool StillApproved(PlanApprover approvedBy, OpportunityGrade grade) => approvedBy >= ApproverOf(grade);
}
