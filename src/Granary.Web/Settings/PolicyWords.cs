using System.Text.RegularExpressions;
using Granary.Application.Settings;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;
using Granary.Web.Assignment;
using Granary.Web.Cleansing;
using Granary.Web.Components.Ui;
using Granary.Web.Matching;
using Granary.Web.People;
using Granary.Web.Scoring;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Settings;

/// <summary>
/// Says rules as sentences, and reads the words back that an editor shows for keys: <c>large</c> is shown and typed as
/// 大型, the built-in rule <c>company_large</c> by its name.
/// </summary>
public sealed partial class PolicyWords(
    IStringLocalizer<RuleTexts> rules, IStringLocalizer<ScoringTexts> scoring, IStringLocalizer<AssignmentTexts> assignment,
    IStringLocalizer<CleansingTexts> cleansing, IStringLocalizer<MatchingTexts> matching, IServiceProvider services)
{
    private static readonly char[] Separators = ['、', ',', '，', ';', '；', '\n'];

    // Where the words of a field's values are; fields that are not here hold free text.
    private (IStringLocalizer Texts, string Prefix)? Values(string field) => field switch
    {
        "company.size" => (scoring, "size"),
        "contact.role" => (scoring, "role"),
        "budget.match" => (scoring, "match"),
        "priority" => (scoring, "priority"),
        "stage" => (scoring, "stage"),
        "findings" => (cleansing, "finding"),
        "label" => (matching, "label"),
        "weekday" => (rules, "weekday"),
        "audience" => (rules, "audience"),
        "qualification" => (rules, "qualification"),
        _ => null,
    };

    /// <summary>The field of a name, of leads or of what deadlines look at besides.</summary>
    public static FactField? Fact(string name) => LeadFacts.Field(name) ?? DeadlineFacts.Field(name);

    /// <summary>The field of a name as the organisation defines it: custom fields with their type.</summary>
    public FactField? FactOf(string name) => Custom(name)?.Fact ?? Fact(name);

    /// <summary>Name of a field.</summary>
    public string Field(string name) => Custom(name) is { } field ? NameOf(field) : scoring[$"field.{name}"] is { ResourceNotFound: false } text ? text : name;

    /// <summary>A value of a field in words.</summary>
    public string Value(string field, string value) =>
        field == "mature" && value is "yes" or "no" ? rules[value]
        : field == "owner.role" ? Role(value)
        : field == "pool" ? Pool(value)
        : Custom(field) is { Kind: CustomFieldKind.User } ? Setting.People.Values.FirstOrDefault(p => $"{p.Id}" == value)?.Name ?? value
        : Custom(field) is { } custom ? custom.Kind == CustomFieldKind.YesNo ? rules[value == "true" ? "yes" : "no"] : custom.Choices.FirstOrDefault(c => c.Id == value)?.Name ?? value
        : Values(field) is { } known && known.Texts[$"{known.Prefix}.{value}"] is { ResourceNotFound: false } text ? text : value;

    /// <summary>Values as an editor shows them.</summary>
    public string Shown(string field, IEnumerable<string> values) => string.Join(rules["list.comma"].Value.TrimEnd() + " ", values.Select(v => Value(field, v))).Replace("、 ", "、", StringComparison.Ordinal);

    /// <summary>What an editor's text means: several values, each in words or as it is stored.</summary>
    public IReadOnlyList<string> Stored(string field, string? text)
    {
        if (Grouped().IsMatch(text?.Trim() ?? "") && FactOf(field)?.Kind == FactKind.Number)
        {
            return [text!.Trim().Replace(",", "", StringComparison.Ordinal)];
        }

        var choices = Known(field).ToList();
        return [.. Split(text).Select(part => choices.FirstOrDefault(c => Same(c, part) || Same(Value(field, c), part)) ?? part)];
    }

    private IEnumerable<string> Known(string field) => field switch
    {
        "owner.role" => BuiltInRoles.Grants.Keys.Concat(Setting.People.Values.SelectMany(p => p.Roles)),
        "pool" => Setting.Pools.All.Select(p => p.Key),
        _ => FactOf(field) switch { { Kind: FactKind.Person } => Setting.People.Values.Select(p => $"{p.Id}"), { } known => known.Choices, null => [] },
    };

    /// <summary>Facts of leads that conditions may name: the fixed ones and the organisation's own fields.</summary>
    public IReadOnlyList<string> LeadFields => [.. LeadFacts.Names, .. Setting.Fields.Of(CustomFieldOwner.Lead).Select(f => LeadFacts.CustomPrefix + f.Key)];

    private CustomField? Custom(string name) =>
        name.StartsWith(LeadFacts.CustomPrefix, StringComparison.Ordinal) ? Setting.Fields.Find(CustomFieldOwner.Lead, name[LeadFacts.CustomPrefix.Length..]) : null;

    private static string NameOf(CustomField field) =>
        System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && field.EnglishName is { Length: > 0 } english ? english : field.Name;

    /// <summary>The parts of a text with several.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Name of a score rule: built-in ones in the reader's language.</summary>
    public string ScoreRule(string name) => Found(scoring, $"rule.{name}", name);

    /// <summary>The stored name of what an editor shows for a score rule.</summary>
    public string ScoreRuleKey(string? shown) => ScoreModel.BuiltIn.AttributeRules.Select(r => r.Name).FirstOrDefault(key => Same(ScoreRule(key), shown)) ?? shown?.Trim() ?? "";

    /// <summary>Name of an assignment rule.</summary>
    public string AssignmentRule(string name) => Found(assignment, $"rule.{name}", name);

    /// <summary>The stored name of what an editor shows for an assignment rule.</summary>
    public string AssignmentRuleKey(string? shown) => AssignmentPolicy.BuiltIn.Rules.Select(r => r.Name).FirstOrDefault(key => Same(AssignmentRule(key), shown)) ?? shown?.Trim() ?? "";

    /// <summary>Name of a pool.</summary>
    public string Pool(string key) =>
        assignment[$"pool.{key}"] is { ResourceNotFound: false } text ? text : Setting.Pools.Find(key) is { Name.Length: > 0 } own ? own.Name : key;

    /// <summary>Conditions as half a sentence.</summary>
    public string Sentence(IReadOnlyList<Condition> conditions) =>
        conditions.Count == 0 ? rules["when.all"] : string.Join($" {rules["when.and"]} ", conditions.Select(Sentence));

    /// <summary>Whom a target names.</summary>
    public string Target(AssignmentTarget target) =>
        target.Pool is { } pool ? rules["assign.sentence.pool", Pool(pool)]
        : target.Users.Count > 0 ? rules["assign.sentence.users", string.Join(rules["list.comma"].Value, target.Users.Select(User))]
        : target.Department is { } id && Setting.Departments.TryGetValue(id, out var department)
            ? rules["assign.sentence.team", target.Role is null ? department.Name : rules["assign.sentence.of", department.Name, Role(target.Role)].Value]
        : target.Role is { } role ? rules["assign.sentence.team", Role(role)]
        : rules["assign.sentence.none"];

    /// <summary>An assignment rule as a sentence.</summary>
    public string Sentence(AssignmentRule rule)
    {
        var start = $"{Sentence(rule.When)} → ";
        if (rule.Method == AssignmentMethod.BySalesModel)
        {
            return start + rules["assign.sales.kept"];
        }

        List<string> parts = [Target(rule.Target)];
        if (rule.Target.Pool is null)
        {
            parts.Add(Method(WireName.Of(rule.Method)));
            parts.AddRange(Switches.Where(s => s.Of(rule.Require)).Select(s => assignment[$"switch.{s.Name}"].Value));
        }

        return start + string.Join(rules["list.comma"].Value + (rules["list.comma"].Value == "," ? " " : ""), parts);
    }

    /// <summary>Name of a method.</summary>
    public string Method(string name) => assignment[$"method.{name}"];

    /// <summary>Name of an eligibility switch.</summary>
    public string Switch(string name) => assignment[$"switch.{name}"];

    /// <summary>Name of a role.</summary>
    public string Role(string key) => services.GetRequiredService<RoleNames>().Of(key);

    /// <summary>All roles.</summary>
    public IReadOnlyList<Choice> Roles() => services.GetRequiredService<RoleNames>().All();

    /// <summary>The eligibility switches in the order they are shown.</summary>
    public static IReadOnlyList<(string Name, Func<EligibilitySwitches, bool> Of)> Switches { get; } =
    [
        ("withinWorkingHours", s => s.WithinWorkingHours), ("notEarlierOwner", s => s.NotEarlierOwner), ("matchRegion", s => s.MatchRegion),
        ("matchIndustry", s => s.MatchIndustry), ("matchProduct", s => s.MatchProduct), ("matchSize", s => s.MatchSize),
    ];

    private Setting Setting => services.GetRequiredService<Setting>();

    private string User(Guid id) => Setting.People.GetValueOrDefault(id)?.Name ?? "?";

    private string Sentence(Condition condition)
    {
        if (condition is { Field: "mature", Comparison: Comparison.AnyOf, Values: ["yes" or "no"] })
        {
            return rules[$"mature.{condition.Values[0]}"];
        }

        var bound = condition.Comparison is Comparison.AtLeast or Comparison.Below && FactOf(condition.Field)?.Kind == FactKind.Date ? ".date" : "";
        var compared = $"{Field(condition.Field)} {rules[$"comparison.{WireName.Of(condition.Comparison)}{bound}"]}";
        return condition.Comparison is Comparison.Present or Comparison.Missing ? compared : $"{compared} {Shown(condition.Field, condition.Values)}";
    }

    // A number as people write it: its commas part thousands, not values.
    [GeneratedRegex(@"^-?\d{1,3}(,\d{3})+(\.\d+)?$")]
    private static partial Regex Grouped();

    private static string Found(IStringLocalizer texts, string key, string otherwise) => texts[key] is { ResourceNotFound: false } text ? text : otherwise;

    private static bool Same(string one, string? other) => string.Equals(one, other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
