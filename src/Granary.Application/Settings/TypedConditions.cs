using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Domain.Scoring;

namespace Granary.Application.Settings;

/// <summary>Checks conditions over custom fields by what the organisation says the fields are, so that no rule compares what cannot be compared.</summary>
internal static class TypedConditions
{
    /// <summary>What is wrong with the conditions of a policy that is saved.</summary>
    public static IEnumerable<FieldError> Errors(PolicyKind kind, string body, Setting setting) =>
        kind == PolicyKind.Scoring ? Errors(Json.Read<ScoreModel>(body), setting)
        : kind == PolicyKind.Assignment ? Errors(Json.Read<AssignmentPolicy>(body), setting)
        : kind == PolicyKind.Pools ? Errors(Json.Read<PoolPolicy>(body), setting)
        : kind == PolicyKind.Sla ? Errors(Json.Read<SlaPolicy>(body), setting)
        : kind == PolicyKind.Review ? Errors(Json.Read<ReviewPolicy>(body), setting)
        : [];

    /// <summary>Fields that cannot become what is wanted, since a rule in force compares them as what they are: <c>used_by_rules</c>.</summary>
    /// <param name="next">The fields as they shall be.</param>
    /// <param name="setting">The settings in force.</param>
    public static IEnumerable<FieldError> UsedByRules(CustomFieldsPolicy next, Setting setting)
    {
        var then = setting with { Fields = next };
        var wrong = new[] { Errors(setting.Scoring, then), Errors(setting.Assignment, then), Errors(setting.PoolRules, then), Errors(setting.Sla, then), Errors(setting.Reviews, then) }.Any(e => e.Any());
        return next.Fields.Index().Where(f => wrong && Alone(f.Item, setting)).Select(f => new FieldError($"fields[{f.Index}].kind", "used_by_rules"));
    }

    // Which of the fields it is: with this one alone changed, something is wrong.
    private static bool Alone(CustomField field, Setting setting)
    {
        var one = setting with { Fields = new CustomFieldsPolicy { Fields = [.. setting.Fields.Fields.Where(f => (f.Owner, f.Key) != (field.Owner, field.Key)), field] } };
        return new[] { Errors(setting.Scoring, one), Errors(setting.Assignment, one), Errors(setting.PoolRules, one), Errors(setting.Sla, one), Errors(setting.Reviews, one) }.Any(e => e.Any());
    }

    private static IEnumerable<FieldError> Errors(ScoreModel policy, Setting setting) =>
        policy.AttributeRules.SelectMany((rule, i) => Errors(rule.When, $"attributeRules[{i}].when", LeadFacts.Field, setting));

    private static IEnumerable<FieldError> Errors(AssignmentPolicy policy, Setting setting) => policy.Rules.SelectMany((rule, i) => (IEnumerable<FieldError>)
    [
        .. Errors(rule.When, $"rules[{i}].when", LeadFacts.Field, setting),
        .. rule.SalesSteps.SelectMany((step, j) => Errors(step.When, $"rules[{i}].salesSteps[{j}].when", LeadFacts.Field, setting)),
        .. rule.Tier.Steps.SelectMany((step, j) => Errors(step.When, $"rules[{i}].tier.steps[{j}].when", LeadFacts.Field, setting)),
    ]);

    private static IEnumerable<FieldError> Errors(PoolPolicy policy, Setting setting) => policy.Flows.SelectMany((flow, i) => Errors(flow.When, $"flows[{i}].when", LeadFacts.Field, setting));

    private static IEnumerable<FieldError> Errors(ReviewPolicy policy, Setting setting) => policy.Lines.SelectMany((line, i) => Errors(line.When, $"lines[{i}].when", LeadFacts.Field, setting));

    private static IEnumerable<FieldError> Errors(SlaPolicy policy, Setting setting) => policy.Rules.SelectMany((rule, i) => Errors(rule.When, $"rules[{i}].when", DeadlineFacts.Field, setting));

    private static IEnumerable<FieldError> Errors(IReadOnlyList<Condition> when, string path, Func<string, FactField?> known, Setting setting)
    {
        FactField? Typed(string name) => name.StartsWith(LeadFacts.CustomPrefix, StringComparison.Ordinal) ? setting.LeadFields.GetValueOrDefault(name[LeadFacts.CustomPrefix.Length..]) ?? known(name) : known(name);

        return when.Validate(path, Typed).Concat(when.Index().Where(c => Typed(c.Item.Field) is { Kind: FactKind.Person } && c.Item.Comparison is Comparison.AnyOf or Comparison.NoneOf)
            .SelectMany(c => c.Item.Values.Index().Where(v => Guid.TryParse(v.Item, out var id) && !setting.People.ContainsKey(id)).Select(v => new FieldError($"{path}[{c.Index}].values[{v.Index}]", "not_a_user"))));
    }
}
