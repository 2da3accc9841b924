using Granary.Domain.Policies;

namespace Granary.Domain.Qualification;

/// <summary>What the product can see of an account by itself. Names are stored.</summary>
public enum EntryFact
{
    /// <summary>Its industry is one of the target industries.</summary>
    TargetIndustry,

    /// <summary>It has at least one contact.</summary>
    Contact,

    /// <summary>There is contact data of at least one key person.</summary>
    KeyPerson,

    /// <summary>At least one present supplier is known.</summary>
    Supplier,

    /// <summary>A visit is recorded and the decision chain known, or they were met offline.</summary>
    VisitOrMeeting,

    /// <summary>An opportunity is recorded.</summary>
    Opportunity,
}

/// <summary>A line of an entry checklist (§12).</summary>
/// <param name="Id">Stable id, unique over all stages. 1 to 60 of a–z, 0–9, <c>_</c>, <c>-</c>.</param>
/// <param name="Name">What must be true; names of built-in lines are keys that the interface translates.</param>
/// <param name="Fact">What the product looks at; null where only a person can tell.</param>
/// <param name="Evidence">Whether a person may tick it, with evidence, where the product does not see it. A line without a fact is always ticked by people.</param>
public sealed record EntryCheck(string Id, string Name, EntryFact? Fact = null, bool Evidence = false)
{
    /// <summary>Whether people may tick it.</summary>
    public bool Tickable => Fact is null || Evidence;
}

/// <summary>Where named accounts come from.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Name; those of built-in ones are keys that the interface translates.</param>
public sealed record NamedSource(string Id, string Name);

/// <summary>The rules of named accounts (§12 FABM).</summary>
public sealed record NamedAccountPolicy
{
    private const int MostChecks = 20, MostIndustries = 100, MostSources = 30;

    /// <summary>What a named account must have.</summary>
    public IReadOnlyList<EntryCheck> Named { get; init; } = [];

    /// <summary>What one must have that is aware of us.</summary>
    public IReadOnlyList<EntryCheck> Aware { get; init; } = [];

    /// <summary>What one must have that is being incubated.</summary>
    public IReadOnlyList<EntryCheck> Incubating { get; init; } = [];

    /// <summary>What one must have that has become an opportunity.</summary>
    public IReadOnlyList<EntryCheck> Opportunity { get; init; } = [];

    /// <summary>Target industries: a level of the industry's path, with all below it. Where none is named, every known industry is one.</summary>
    public IReadOnlyList<string> TargetIndustries { get; init; } = [];

    /// <summary>Where lists come from.</summary>
    public IReadOnlyList<NamedSource> Sources { get; init; } = [];

    /// <summary>Regular named accounts for each premium one (§12: 1 : 2), 0 to 100; 0 asks for no ratio.</summary>
    public int RegularPerPremium { get; init; } = 2;

    /// <summary>Days before a planned touch on which its owner is reminded, 0 to 60.</summary>
    public int RemindDays { get; init; } = 3;

    /// <summary>What a new organisation begins with.</summary>
    public static NamedAccountPolicy BuiltIn { get; } = new()
    {
        Named = [new("target_industry", "target_industry", EntryFact.TargetIndustry), new("contact", "contact", EntryFact.Contact)],
        Aware = [new("key_person", "key_person", EntryFact.KeyPerson), new("it_status", "it_status"), new("supplier", "supplier", EntryFact.Supplier)],
        Incubating = [new("visit_or_meeting", "visit_or_meeting", EntryFact.VisitOrMeeting, true)],
        Opportunity = [new("project_or_need", "project_or_need", EntryFact.Opportunity, true)],
        Sources =
        [
            .. new[] { "expo", "sales_resource", "lost_customer", "competitor_customer", "partner_customer", "label_list", "ranking", "other" }.Select(s => new NamedSource(s, s)),
        ],
    };

    /// <summary>The checklist of a stage; empty for strangers.</summary>
    public IReadOnlyList<EntryCheck> Entry(NamedAccountStage stage) => stage switch
    {
        NamedAccountStage.Named => Named,
        NamedAccountStage.Aware => Aware,
        NamedAccountStage.Incubating => Incubating,
        NamedAccountStage.Opportunity => Opportunity,
        _ => [],
    };

    /// <summary>Whether an industry is one of the target industries.</summary>
    /// <param name="industry">A path such as <c>制造业/汽车</c>; null where it is not known.</param>
    public bool Targets(string? industry) => !string.IsNullOrWhiteSpace(industry)
        && (TargetIndustries.Count == 0 || TargetIndustries.Any(t => industry == t || industry.StartsWith(t + "/", StringComparison.Ordinal)));

    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>malformed</c>, <c>out_of_range</c>.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        var lists = new[] { ("named", Named), ("aware", Aware), ("incubating", Incubating), ("opportunity", Opportunity) };
        var ids = lists.SelectMany(l => l.Item2).Select(c => c.Id).ToLookup(id => id);
        return
        [
            .. lists.SelectMany(l => Check(l.Item2.Count <= MostChecks, l.Item1, "too_many", $"{MostChecks}")),
            .. lists.SelectMany(l => l.Item2.SelectMany((check, i) => (IEnumerable<FieldError>)
            [
                .. Id(check.Id, $"{l.Item1}[{i}].id"),
                .. Name(check.Name, $"{l.Item1}[{i}].name", 200),
                .. Check(ids[check.Id].Count() == 1, $"{l.Item1}[{i}].id", "duplicate"),
            ])),
            .. Check(TargetIndustries.Count <= MostIndustries, "targetIndustries", "too_many", $"{MostIndustries}"),
            .. TargetIndustries.SelectMany((t, i) => Name(t, $"targetIndustries[{i}]", 200)),
            .. Check(Sources.Count is >= 1 and <= MostSources, "sources", Sources.Count == 0 ? "required" : "too_many", $"{MostSources}"),
            .. Sources.SelectMany((s, i) => (IEnumerable<FieldError>)
            [
                .. Id(s.Id, $"sources[{i}].id"), .. Name(s.Name, $"sources[{i}].name", 100), .. Check(Sources.Take(i).All(o => o.Id != s.Id), $"sources[{i}].id", "duplicate"),
            ]),
            .. Check(RegularPerPremium is >= 0 and <= 100, "regularPerPremium", "out_of_range", "0–100"),
            .. Check(RemindDays is >= 0 and <= 60, "remindDays", "out_of_range", "0–60"),
        ];
    }

    private static IEnumerable<FieldError> Id(string? id, string path) =>
        Check(id is { Length: > 0 and <= 60 } && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'), path, "malformed");

    private static IEnumerable<FieldError> Name(string? name, string path, int longest) =>
        string.IsNullOrWhiteSpace(name) ? [new FieldError(path, "required")] : Check(name.Length <= longest, path, "too_long", $"{longest}");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
