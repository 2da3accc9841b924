using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Review;

/// <summary>A step of a milestone plan as the policy proposes it.</summary>
/// <param name="Name">Name, 1 to 100 characters; names of built-in steps are keys that the interface translates.</param>
/// <param name="Days">Days after the approval by which it is done, 0 to 3,650.</param>
public sealed record MilestoneTemplate(string Name, int Days);

/// <summary>Which leads are reviewed, by whom and how (§7).</summary>
public sealed record ReviewPolicy
{
    private const int MostSteps = 50, MostMembers = 50;

    /// <summary>Whether leads are reviewed at all.</summary>
    public bool Enabled { get; init; }

    /// <summary>Conditions over the lead's facts, all of which must hold, for it to need a review before it becomes an opportunity.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>Fields that an application must have, as the API names them.</summary>
    public IReadOnlyList<string> RequiredFields { get; init; } = ["company.name", "contact.name", "requirement", "budget", "purchaseBy"];

    /// <summary>How the committee decides.</summary>
    public CommitteeRule Rule { get; init; } = CommitteeRule.Majority;

    /// <summary>Members of the committee.</summary>
    public IReadOnlyList<Guid> Members { get; init; } = [];

    /// <summary>The chair, who is a member; null without one.</summary>
    public Guid? Chair { get; init; }

    /// <summary>Steps proposed for the milestone plan.</summary>
    public IReadOnlyList<MilestoneTemplate> Milestones { get; init; } = [];

    /// <summary>Days after which an incubating lead is looked at again where its plan names no date, 1 to 365.</summary>
    public int StatusReviewDays { get; init; } = 30;

    /// <summary>What a new organisation begins with: no review, and the steps of incubation ready.</summary>
    public static ReviewPolicy BuiltIn { get; } = new()
    {
        Milestones = [new("pains_found", 14), new("interest_raised", 30), new("pains_agreed", 45), new("decision_chain_known", 60), new("vision_agreed", 90)],
    };

    /// <summary>The committee.</summary>
    public Committee Committee => new(Members, Chair);

    /// <summary>
    /// What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>, <c>not_a_choice</c>,
    /// <c>not_a_member</c> (the chair) and the codes of <see cref="ConditionRules"/>. A committee is needed only when leads are reviewed.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. When.Validate("when", LeadFacts.Field),
        .. RequiredFields.SelectMany((f, i) => Check(!string.IsNullOrWhiteSpace(f), $"requiredFields[{i}]", "required")),
        .. Check(Enum.IsDefined(Rule), "rule", "not_a_choice"),
        .. Check(!Enabled || Members.Count > 0, "members", "required"),
        .. Check(Members.Count <= MostMembers, "members", "too_many", $"{MostMembers}"),
        .. Members.SelectMany((m, i) => Check(!Members.Take(i).Contains(m), $"members[{i}]", "duplicate")),
        .. Check(!Enabled || Rule != CommitteeRule.Chair || Chair is not null, "chair", "required"),
        .. Check(Chair is not { } chair || Members.Contains(chair), "chair", "not_a_member"),
        .. Check(Milestones.Count <= MostSteps, "milestones", "too_many", $"{MostSteps}"),
        .. Milestones.SelectMany((m, i) => Check(!string.IsNullOrWhiteSpace(m.Name), $"milestones[{i}].name", "required")),
        .. Milestones.SelectMany((m, i) => Check(!(m.Name?.Length > 100), $"milestones[{i}].name", "too_long", "100")),
        .. Milestones.SelectMany((m, i) => Check(m.Days is >= 0 and <= 3_650, $"milestones[{i}].days", "out_of_range", "0–3650")),
        .. Check(StatusReviewDays is >= 1 and <= 365, "statusReviewDays", "out_of_range", "1–365"),
    ];

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
