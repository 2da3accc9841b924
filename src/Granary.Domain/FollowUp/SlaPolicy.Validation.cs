using Granary.Domain.Assignment;
using Granary.Domain.Policies;

namespace Granary.Domain.FollowUp;

public sealed partial record SlaPolicy
{
    private const int MostRules = 200, MostReminders = 10, MostMinutes = 5_256_000, LongestName = 100;

    /// <summary>
    /// What is wrong with the policy: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>,
    /// <c>malformed</c>, <c>not_a_choice</c>, <c>not_ascending</c> (reminders), <c>never_fires</c>, <c>always_fires</c>, and the codes
    /// of <see cref="ConditionRules"/>. Empty when it can be used. Whether roles and pools exist is not asked here.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Check(ShortestFollowUp is >= 0 and <= 1_000, "shortestFollowUp", "out_of_range", "0–1000"),
        .. Check(Counts.Count > 0, "counts", "required"),
        .. Counts.SelectMany((work, i) => Check(Enum.IsDefined(work), $"counts[{i}]", "not_a_choice")),
        .. Counts.SelectMany((work, i) => Check(!Counts.Take(i).Contains(work), $"counts[{i}]", "duplicate")),
        .. Decisions.Errors("decisions"),
        .. Check(Rules.Count <= MostRules, "rules", "too_many", $"{MostRules}"),
        .. Rules.SelectMany((rule, i) => Errors(rule, $"rules[{i}]")),
        .. Rules.SelectMany((rule, i) => Check(Rules.Take(i).All(earlier => earlier.Id != rule.Id), $"rules[{i}].id", "duplicate")),
    ];

    private static IEnumerable<FieldError> Errors(SlaRule rule, string path)
    {
        var conditions = rule.When.Validate($"{path}.when", DeadlineFacts.Field).ToList();
        return
        [
            .. Check(rule.Id is { Length: > 0 and <= 60 } && rule.Id.All(IsIdCharacter), $"{path}.id", "malformed"),
            .. Check(!string.IsNullOrWhiteSpace(rule.Name), $"{path}.name", "required"),
            .. Check(rule.Name is not { Length: > LongestName }, $"{path}.name", "too_long", $"{LongestName}"),
            .. Check(Enum.IsDefined(rule.From), $"{path}.from", "not_a_choice"),
            .. Check(Enum.IsDefined(rule.Goal), $"{path}.goal", "not_a_choice"),
            .. Check(Enum.IsDefined(rule.Clock), $"{path}.clock", "not_a_choice"),
            .. Check(Enum.IsDefined(rule.Outcome), $"{path}.outcome", "not_a_choice"),
            .. Check(rule.Minutes is >= 0 and <= MostMinutes, $"{path}.minutes", "out_of_range", $"0–{MostMinutes}"),
            .. Reminders(rule, $"{path}.reminders"),
            .. Check(rule.Pool is not (PoolKeys.Invalid or PoolKeys.Blacklist), $"{path}.pool", "not_a_choice", rule.Pool),
            .. conditions,
            // Only conditions that can be understood can contradict each other.
            .. conditions.Count > 0 || Contradictions.First(rule.When, DeadlineFacts.Field) is not { } contradiction
                ? [] : Check(false, $"{path}.when[{contradiction}]", "never_fires"),
            // A conversion ends the ownership, and a decision is made once: neither comes after a next step.
            .. Check(rule.From != SlaStart.NextStep || rule.Goal == SlaGoal.FollowUp, $"{path}.goal", "never_fires"),
            // Nobody does anything in no time; only a next step may remind at its very moment.
            .. Check(rule.Minutes != 0 || rule is { From: SlaStart.NextStep, Outcome: SlaOutcome.Reminder }, $"{path}.minutes", "always_fires"),
        ];
    }

    private static IEnumerable<FieldError> Reminders(SlaRule rule, string path) =>
    [
        .. Check(rule.Reminders.Count <= MostReminders, path, "too_many", $"{MostReminders}"),
        .. rule.Reminders.SelectMany((percent, i) => Check(percent is >= 1 and <= 99, $"{path}[{i}]", "out_of_range", "1–99")),
        .. rule.Reminders.Skip(1).SelectMany((percent, i) => Check(percent > rule.Reminders[i], $"{path}[{i + 1}]", "not_ascending")),
    ];

    private static bool IsIdCharacter(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-';

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
