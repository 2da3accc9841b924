using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>What is written about an opportunity, each kind of it once and again. Numbers are stored and never reused.</summary>
public enum PaperKind
{
    /// <summary>Conversion plan.</summary>
    Plan = 1,

    /// <summary>Pain chain 痛苦链.</summary>
    PainChain = 2,

    /// <summary>Decision chain 决策链.</summary>
    DecisionChain = 3,

    /// <summary>Vision 构想.</summary>
    Vision = 4,

    /// <summary>Project charter 立项书.</summary>
    Charter = 5,

    /// <summary>Success case.</summary>
    SuccessCase = 6,

    /// <summary>Loss report.</summary>
    LossReport = 7,

    /// <summary>What raises the customer's interest: success cases, new products, technology.</summary>
    Interest = 8,
}

/// <summary>The project charter of an A opportunity (§13).</summary>
/// <param name="Goal">What is to be reached, 1 to 2,000 characters.</param>
/// <param name="Team">Who works on it.</param>
/// <param name="Resources">What they need.</param>
/// <param name="Milestones">When what is done.</param>
public sealed record ProjectCharter(string Goal, string? Team = null, string? Resources = null, string? Milestones = null)
{
    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Texts.Errors(Goal, "goal", 2_000), .. Texts.Errors(Team, "team", 2_000), .. Texts.Longest(Resources, "resources", 2_000), .. Texts.Longest(Milestones, "milestones", 2_000),
    ];
}

/// <summary>The success case of what was won (§13).</summary>
/// <param name="Situation">Where the customer stood.</param>
/// <param name="Solution">What they bought, and why from us.</param>
/// <param name="Result">What it brings them.</param>
public sealed record SuccessCase(string Situation, string Solution, string? Result = null)
{
    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>.</summary>
    public IReadOnlyList<FieldError> Validate() => [.. Texts.Errors(Situation, "situation", 2_000), .. Texts.Errors(Solution, "solution", 2_000), .. Texts.Longest(Result, "result", 2_000)];
}

/// <summary>Why an opportunity was lost.</summary>
public enum LossReason
{
    /// <summary>Price.</summary>
    Price = 1,

    /// <summary>The product does not fit.</summary>
    Product = 2,

    /// <summary>A competitor's relation.</summary>
    Relation = 3,

    /// <summary>The project was given up.</summary>
    ProjectStopped = 4,

    /// <summary>No budget.</summary>
    NoBudget = 5,

    /// <summary>Too late.</summary>
    Timing = 6,

    /// <summary>Something else.</summary>
    Other = 9,
}

/// <summary>The loss report (§13), without which nothing is closed as lost.</summary>
/// <param name="Reason">The main reason.</param>
/// <param name="Competitor">Who won it.</param>
/// <param name="Account">What happened, 1 to 2,000 characters.</param>
/// <param name="Lessons">What is done otherwise next time.</param>
public sealed record LossReport(LossReason Reason, string? Competitor, string Account, string? Lessons = null)
{
    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>, <c>not_a_choice</c>.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Enum.IsDefined(Reason) ? Array.Empty<FieldError>() : [new FieldError("reason", "not_a_choice")],
        .. Texts.Longest(Competitor, "competitor", 200),
        .. Texts.Errors(Account, "account", 2_000),
        .. Texts.Longest(Lessons, "lessons", 2_000),
    ];
}
