using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Settings;

/// <summary>Finds names in a policy that nobody in the organisation has, so that no rule leads into the void.</summary>
internal static class PolicyNames
{
    public static IReadOnlyList<FieldError> Unknown(PolicyKind kind, string body, Setting setting) =>
        kind == PolicyKind.Assignment ? [.. Unknown(Json.Read<AssignmentPolicy>(body), setting)] : [];

    private static IEnumerable<FieldError> Unknown(AssignmentPolicy policy, Setting setting)
    {
        if (setting.Pools.Find(policy.FallbackPool) is null)
        {
            yield return new FieldError("fallbackPool", "unknown");
        }

        foreach (var (i, rule) in policy.Rules.Index())
        {
            foreach (var error in Unknown(rule.Target, $"rules[{i}].target", setting))
            {
                yield return error;
            }

            foreach (var error in rule.SalesSteps.SelectMany((step, s) => Unknown(step.Target, $"rules[{i}].salesSteps[{s}].target", setting)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> Unknown(AssignmentTarget target, string path, Setting setting)
    {
        if (target.Pool is { } pool && setting.Pools.Find(pool) is null)
        {
            yield return new FieldError($"{path}.pool", "unknown");
        }

        if (target.Department is { } department && !setting.Departments.ContainsKey(department))
        {
            yield return new FieldError($"{path}.department", "unknown");
        }

        foreach (var (i, user) in target.Users.Index())
        {
            if (!setting.People.TryGetValue(user, out var person) || person.Status == PersonStatus.Departed)
            {
                yield return new FieldError($"{path}.users[{i}]", "unknown");
            }
        }
    }
}
