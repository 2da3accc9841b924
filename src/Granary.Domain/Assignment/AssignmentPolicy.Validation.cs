using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Assignment;

public sealed partial record AssignmentPolicy
{
    private const int MostRules = 200;
    private const int LongestId = 60;
    private const int LongestName = 100;

    /// <summary>
    /// What is wrong with the policy: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>,
    /// <c>malformed</c>, <c>not_a_choice</c>, <c>one_target</c>, <c>no_target</c> (a pool where people are needed), and the codes of
    /// <see cref="ConditionRules"/>. Empty when it can be used. Whether users, departments and pools exist is not asked here.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Check(!string.IsNullOrWhiteSpace(FallbackPool), "fallbackPool", "required"),
        .. Check(RetryMinutes is >= 1 and <= 1_440, "retryMinutes", "out_of_range", "1–1440"),
        .. Check(Rules.Count <= MostRules, "rules", "too_many", $"{MostRules}"),
        .. Rules.SelectMany((rule, i) => Errors(rule, $"rules[{i}]")),
        .. Rules.SelectMany((rule, i) => Check(Rules.Take(i).All(earlier => earlier.Id != rule.Id), $"rules[{i}].id", "duplicate")),
    ];

    private static IEnumerable<FieldError> Errors(AssignmentRule rule, string path) =>
    [
        .. Check(rule.Id is { Length: > 0 and <= LongestId } && rule.Id.All(IsIdCharacter), $"{path}.id", "malformed"),
        .. Check(!string.IsNullOrWhiteSpace(rule.Name), $"{path}.name", "required"),
        .. Check(rule.Name is not { Length: > LongestName }, $"{path}.name", "too_long", $"{LongestName}"),
        .. Check(Enum.IsDefined(rule.Method), $"{path}.method", "not_a_choice"),
        .. rule.When.Validate($"{path}.when", LeadFacts.Field),
        .. TargetErrors(rule, path),
        .. rule.Weights.Where(weight => weight.Value is < 0 or > 1_000)
            .Select(weight => new FieldError($"{path}.weights.{weight.Key}", "out_of_range", "0–1000")),
        .. rule.Tier.Steps.SelectMany((step, i) => TierErrors(step, $"{path}.tier.steps[{i}]")),
        .. Check(rule.Performance.Floor is > 0 and <= 1, $"{path}.performance.floor", "out_of_range", "0–1"),
        .. Check(rule.Performance.Ceiling is >= 1 and <= 10, $"{path}.performance.ceiling", "out_of_range", "1–10"),
        .. Check(rule.Performance.BestOnly is null or >= 1, $"{path}.performance.bestOnly", "out_of_range", "1"),
    ];

    private static IEnumerable<FieldError> TargetErrors(AssignmentRule rule, string path)
    {
        if (rule.Method != AssignmentMethod.BySalesModel)
        {
            return Check(Kinds(rule.Target) == 1, $"{path}.target", "one_target");
        }

        return
        [
            .. Check(rule.SalesSteps.Count > 0, $"{path}.salesSteps", "required"),
            .. Check(Kinds(rule.Target) == 0, $"{path}.target", "one_target"),
            .. rule.SalesSteps.SelectMany((step, i) => StepErrors(step, $"{path}.salesSteps[{i}]")),
        ];
    }

    private static IEnumerable<FieldError> StepErrors(SalesStep step, string path) =>
    [
        .. Check(Enum.IsDefined(step.Model), $"{path}.model", "not_a_choice"),
        .. step.When.Validate($"{path}.when", LeadFacts.Field),
        .. Check(Kinds(step.Target) == 1, $"{path}.target", "one_target"),
        .. Check(step.Target.Pool is null, $"{path}.target", "no_target"),
    ];

    private static IEnumerable<FieldError> TierErrors(TierStep step, string path) =>
    [
        .. Check(step.When.Count > 0, $"{path}.when", "required"),
        .. step.When.Validate($"{path}.when", LeadFacts.Field),
        .. Check(Enum.IsDefined(step.Seniority), $"{path}.seniority", "not_a_choice"),
    ];

    private static int Kinds(AssignmentTarget target) =>
        (target.Users.Count > 0 ? 1 : 0)
        + (target.Department is not null || !string.IsNullOrWhiteSpace(target.Role) ? 1 : 0)
        + (!string.IsNullOrWhiteSpace(target.Pool) ? 1 : 0);

    private static bool IsIdCharacter(char c) => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-';

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
