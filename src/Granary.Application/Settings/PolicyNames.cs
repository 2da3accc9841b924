using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Campaigns;
using Granary.Domain.FollowUp;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Finds names in a policy that nobody in the organisation has, so that no rule leads into the void.</summary>
internal static class PolicyNames
{
    public static IReadOnlyList<FieldError> Unknown(PolicyKind kind, string body, Setting setting) =>
    [
        .. Pools(kind, body).Where(named => setting.Pools.Find(named.Pool) is null).Select(named => new FieldError(named.Path, "unknown")),
        .. kind == PolicyKind.Assignment ? UnknownPeople(Json.Read<AssignmentPolicy>(body), setting) : [],
        .. kind == PolicyKind.Review ? UnknownReviewers(Json.Read<ReviewPolicy>(body), setting) : [],
        .. kind == PolicyKind.Sla ? UnknownRoles(Json.Read<SlaPolicy>(body), setting) : [],
    ];

    /// <summary>The pools that a policy names, by key, and where.</summary>
    public static IEnumerable<(string Path, string Pool)> Pools(PolicyKind kind, string body) =>
        kind == PolicyKind.Assignment ? Pools(Json.Read<AssignmentPolicy>(body))
        : kind == PolicyKind.Pools ? Pools(Json.Read<PoolPolicy>(body))
        : kind == PolicyKind.Sla ? Pools(Json.Read<SlaPolicy>(body))
        : kind == PolicyKind.Campaigns ? Pools(Json.Read<CampaignPolicy>(body))
        : [];

    /// <summary>The roles that a policy names.</summary>
    public static IEnumerable<string> Roles(PolicyKind kind, string body) =>
        kind == PolicyKind.Assignment ? Targets(Json.Read<AssignmentPolicy>(body)).Select(named => named.Target.Role).OfType<string>()
        : kind == PolicyKind.Sla ? Json.Read<SlaPolicy>(body).Rules.SelectMany(rule => rule.When).Where(when => when.Field == "owner.role").SelectMany(when => when.Values)
        : [];

    /// <summary>The departments that a policy names.</summary>
    public static IEnumerable<string> Departments(PolicyKind kind, string body) =>
        kind == PolicyKind.Assignment ? Targets(Json.Read<AssignmentPolicy>(body)).Select(named => named.Target.Department).OfType<Guid>().Select(id => id.ToString()) : [];

    /// <summary>The kinds of policies, in force or drafted, that name something.</summary>
    public static async Task<IReadOnlyList<string>> KindsNaming(GranaryDb db, Func<PolicyKind, string, IEnumerable<string>> named, string name, CancellationToken ct)
    {
        var versions = await db.Set<PolicyVersion>().AsNoTracking().GroupBy(p => p.Kind)
            .Select(g => new { Kind = g.Key, Draft = g.Max(p => p.Version), InForce = g.Where(p => p.PublishedAt != null).Max(p => p.Version) }).ToListAsync(ct);
        List<string> kinds = [];
        foreach (var kind in PolicyKind.All)
        {
            int[] counted = [.. versions.Where(v => v.Kind == kind.Name).SelectMany(v => new[] { v.Draft, v.InForce }).Distinct()];
            var bodies = await db.Set<PolicyVersion>().Where(p => p.Kind == kind.Name && counted.Contains(p.Version)).Select(p => p.Body).ToListAsync(ct);
            if (bodies.SelectMany(body => named(kind, body)).Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                kinds.Add(kind.Name);
            }
        }

        return kinds;
    }

    private static IEnumerable<(string Path, string Pool)> Pools(AssignmentPolicy policy) =>
    [
        ("fallbackPool", policy.FallbackPool),
        .. Targets(policy).Where(named => named.Target.Pool is not null).Select(named => ($"{named.Path}.pool", named.Target.Pool!)),
    ];

    private static IEnumerable<(string Path, string Pool)> Pools(PoolPolicy policy) =>
    [
        .. policy.Pools.Keys.Select(key => ($"pools.{key}", key)),
        .. policy.Pools.Where(pool => pool.Value.StandsFor is not null).Select(pool => ($"pools.{pool.Key}.standsFor", pool.Value.StandsFor!)),
        ("returnPool", policy.ReturnPool),
        .. policy.Flows.Index().Where(flow => flow.Item.Pool is not null).Select(flow => ($"flows[{flow.Index}].pool", flow.Item.Pool!)),
        .. policy.Flows.Index().Select(flow => ($"flows[{flow.Index}].to", flow.Item.To)),
    ];

    private static IEnumerable<(string Path, string Pool)> Pools(SlaPolicy policy) =>
        policy.Rules.Index().Where(rule => rule.Item.Pool is not null).Select(rule => ($"rules[{rule.Index}].pool", rule.Item.Pool!));

    private static IEnumerable<(string Path, string Pool)> Pools(CampaignPolicy policy) => [("marketPool", policy.MarketPool), ("keyPersonPool", policy.KeyPersonPool), ("cleaningPool", policy.CleaningPool)];

    private static IEnumerable<(string Path, AssignmentTarget Target)> Targets(AssignmentPolicy policy) =>
        policy.Rules.Index().SelectMany(rule => rule.Item.SalesSteps.Index()
            .Select(step => ($"rules[{rule.Index}].salesSteps[{step.Index}].target", step.Item.Target))
            .Prepend(($"rules[{rule.Index}].target", rule.Item.Target)));

    // A rule for a role that nobody has would never fire.
    private static IEnumerable<FieldError> UnknownRoles(SlaPolicy policy, Setting setting)
    {
        var known = setting.People.Values.SelectMany(p => p.Roles).Concat(BuiltInRoles.Grants.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return policy.Rules.Index().SelectMany(rule => rule.Item.When.Index()
            .Where(when => when.Item is { Field: "owner.role", Comparison: Comparison.AnyOf } && !when.Item.Values.Any(known.Contains))
            .Select(when => new FieldError($"rules[{rule.Index}].when[{when.Index}].values", "unknown")));
    }

    // A member who may not speak would be waited for in vain.
    private static IEnumerable<FieldError> UnknownReviewers(ReviewPolicy policy, Setting setting)
    {
        foreach (var (i, rule) in policy.Lines.Index())
        {
            if (setting.Opportunities.Line(rule.Line) is null)
            {
                yield return new FieldError($"lines[{i}].line", "unknown");
            }

            foreach (var (m, member) in rule.Members.Index())
            {
                if (!setting.People.TryGetValue(member, out var person) || person.Status == PersonStatus.Departed)
                {
                    yield return new FieldError($"lines[{i}].members[{m}]", "unknown");
                }
                else if (!person.Grants.ContainsKey(Permission.ReviewLeads))
                {
                    yield return new FieldError($"lines[{i}].members[{m}]", "may_not_review");
                }
            }
        }
    }

    private static IEnumerable<FieldError> UnknownPeople(AssignmentPolicy policy, Setting setting)
    {
        foreach (var (path, target) in Targets(policy))
        {
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
}
