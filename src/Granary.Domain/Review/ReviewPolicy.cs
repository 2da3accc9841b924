using Granary.Domain.FollowUp;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Review;

/// <summary>A step of a milestone plan as the policy proposes it.</summary>
/// <param name="Name">Name, 1 to 100 characters; names of built-in steps are keys that the interface translates.</param>
/// <param name="Days">Days after the approval by which it is done, 0 to 3,650.</param>
public sealed record MilestoneTemplate(string Name, int Days);

/// <summary>How the leads of one business line are reviewed (§7).</summary>
public sealed record ReviewRule
{
    private const int MostSteps = 50, MostMembers = 50;

    /// <summary>The business line, by its id.</summary>
    public string Line { get; init; } = "";

    /// <summary>Conditions over the lead's facts, all of which must hold, for it to need a review before it becomes an opportunity.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>Fields that an application must have, of <see cref="ApplicationFields"/>.</summary>
    public IReadOnlyList<string> RequiredFields { get; init; } = ["company.name", "contact.name", "requirement", "budget", "purchaseBy"];

    /// <summary>How the committee decides.</summary>
    public CommitteeRule Rule { get; init; } = CommitteeRule.Majority;

    /// <summary>Members of the committee.</summary>
    public IReadOnlyList<Guid> Members { get; init; } = [];

    /// <summary>The chair, who is a member; null without one.</summary>
    public Guid? Chair { get; init; }

    /// <summary>Within which time the lead administrator looks an application through.</summary>
    public DecisionRule Completeness { get; init; } = new();

    /// <summary>Within which time the members give their opinions.</summary>
    public DecisionRule Opinion { get; init; } = new() { Minutes = 3 * 24 * 60 };

    /// <summary>Steps proposed for the milestone plan.</summary>
    public IReadOnlyList<MilestoneTemplate> Milestones { get; init; } = BuiltInMilestones;

    /// <summary>Days after which an incubating lead is looked at again where its plan names no date, 1 to 365.</summary>
    public int StatusReviewDays { get; init; } = 30;

    /// <summary>The steps of incubation.</summary>
    public static IReadOnlyList<MilestoneTemplate> BuiltInMilestones { get; } =
        [new("pains_found", 14), new("interest_raised", 30), new("pains_agreed", 45), new("decision_chain_known", 60), new("vision_agreed", 90)];

    /// <summary>Names of the facts that <see cref="When"/> may speak of: what the lead says of itself. A score and the hour would change who is reviewed while it waits.</summary>
    public static IReadOnlyList<string> Facts { get; } =
        [.. LeadFacts.Names.Except(["score", "score.behaviour", "score.attributes", "priority", "stage", "fit", "engagement", "cell", "mature", "grade", "hour", "weekday", "purchase.days"])];

    /// <summary>
    /// What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>, <c>not_a_choice</c>,
    /// <c>not_a_member</c> (the chair) and the codes of <see cref="ConditionRules"/> and <see cref="DecisionRule"/>.
    /// </summary>
    internal IEnumerable<FieldError> Validate(string path) =>
    [
        .. Check(!string.IsNullOrWhiteSpace(Line), $"{path}.line", "required"),
        .. When.Validate($"{path}.when", Fact),
        .. RequiredFields.SelectMany((f, i) => Check(ApplicationFields.Names.Contains(f), $"{path}.requiredFields[{i}]", "not_a_choice")),
        .. Check(Enum.IsDefined(Rule), $"{path}.rule", "not_a_choice"),
        .. Check(Members.Count > 0, $"{path}.members", "required"),
        .. Check(Members.Count <= MostMembers, $"{path}.members", "too_many", $"{MostMembers}"),
        .. Members.SelectMany((m, i) => Check(!Members.Take(i).Contains(m), $"{path}.members[{i}]", "duplicate")),
        .. Check(Rule != CommitteeRule.Chair || Chair is not null, $"{path}.chair", "required"),
        .. Check(Chair is not { } chair || Members.Contains(chair), $"{path}.chair", "not_a_member"),
        .. Completeness.Errors($"{path}.completeness"),
        .. Opinion.Errors($"{path}.opinion"),
        .. Check(Milestones.Count <= MostSteps, $"{path}.milestones", "too_many", $"{MostSteps}"),
        .. Milestones.SelectMany((m, i) => Check(!string.IsNullOrWhiteSpace(m.Name), $"{path}.milestones[{i}].name", "required")),
        .. Milestones.SelectMany((m, i) => Check(!(m.Name?.Length > 100), $"{path}.milestones[{i}].name", "too_long", "100")),
        .. Milestones.SelectMany((m, i) => Check(m.Days is >= 0 and <= 3_650, $"{path}.milestones[{i}].days", "out_of_range", "0–3650")),
        .. Check(StatusReviewDays is >= 1 and <= 365, $"{path}.statusReviewDays", "out_of_range", "1–365"),
    ];

    private static FactField? Fact(string name) => LeadFacts.Names.Contains(name) && !Facts.Contains(name) ? null : LeadFacts.Field(name);

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}

/// <summary>Which leads are reviewed, by whom and how (§7): one rule for each business line that is reviewed.</summary>
public sealed record ReviewPolicy
{
    /// <summary>The rules; a business line without one is not reviewed.</summary>
    public IReadOnlyList<ReviewRule> Lines { get; init; } = [];

    /// <summary>What a new organisation begins with: nothing is reviewed.</summary>
    public static ReviewPolicy BuiltIn { get; } = new();

    /// <summary>The rule of a business line; null where it is not reviewed.</summary>
    public ReviewRule? Of(string line) => Lines.FirstOrDefault(l => l.Line == line);

    /// <summary>The rule that a lead falls under: the first whose conditions hold; null where it needs no review.</summary>
    public ReviewRule? For(IFacts facts) => Lines.FirstOrDefault(l => l.When.AllHold(facts));

    /// <summary>What is wrong: <c>duplicate</c> (a line with two rules) and the codes of <see cref="ReviewRule"/>.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Lines.SelectMany((l, i) => l.Validate($"lines[{i}]")),
        .. Lines.Index().Where(l => Lines.Take(l.Index).Any(e => e.Line == l.Item.Line)).Select(l => new FieldError($"lines[{l.Index}].line", "duplicate")),
    ];
}
