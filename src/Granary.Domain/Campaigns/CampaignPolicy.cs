using Granary.Domain.Policies;

namespace Granary.Domain.Campaigns;

/// <summary>The five steps of the checklist (§14).</summary>
public enum ChecklistStep
{
    /// <summary>Assess 评估.</summary>
    Assess = 1,

    /// <summary>Charter 立项.</summary>
    Charter = 2,

    /// <summary>Prepare 准备.</summary>
    Prepare = 3,

    /// <summary>Run on site 现场执行.</summary>
    OnSite = 4,

    /// <summary>Convert and track 转化与追踪.</summary>
    Convert = 5,
}

/// <summary>A type of event.</summary>
/// <param name="Id">Stable id, 1 to 60 of <c>a–z</c>, <c>0–9</c>, <c>_</c>, <c>-</c>.</param>
/// <param name="Name">Name; those of built-in types are keys that the interface translates.</param>
public sealed record CampaignType(string Id, string Name);

/// <summary>A line of the checklist that campaigns begin with.</summary>
/// <param name="Id">Stable id, 1 to 60 of <c>a–z</c>, <c>0–9</c>, <c>_</c>, <c>-</c>.</param>
/// <param name="Step">Its step.</param>
/// <param name="Name">What is to be done; those of built-in lines are keys that the interface translates.</param>
/// <param name="Days">When it is due, in days from the first day of the event; below 0 before it. −400 to 1,200.</param>
/// <param name="Types">Ids of the types that have it; all where none is named.</param>
public sealed record ChecklistLine(string Id, ChecklistStep Step, string Name, int Days, IReadOnlyList<string> Types)
{
    /// <summary>Whether campaigns of a type begin with it.</summary>
    public bool Of(string type) => Types.Count == 0 || Types.Contains(type, StringComparer.Ordinal);
}

/// <summary>A category of costs.</summary>
/// <param name="Id">Stable id, 1 to 60 of <c>a–z</c>, <c>0–9</c>, <c>_</c>, <c>-</c>.</param>
/// <param name="Name">Name; those of built-in ones are keys that the interface translates.</param>
public sealed record CostCategory(string Id, string Name);

/// <summary>The rules of campaigns (§14): types of events, the checklist, costs, reminders, and the pools of the split.</summary>
public sealed partial record CampaignPolicy
{
    private const int MostTypes = 30, MostLines = 120, MostCategories = 40;

    /// <summary>Types of events, 1 to 30.</summary>
    public IReadOnlyList<CampaignType> Types { get; init; } = [];

    /// <summary>The checklist, up to 120 lines in their order.</summary>
    public IReadOnlyList<ChecklistLine> Checklist { get; init; } = [];

    /// <summary>Categories of costs, 1 to 40.</summary>
    public IReadOnlyList<CostCategory> Categories { get; init; } = [];

    /// <summary>Days before something is due on which its owner is reminded, 0 to 60.</summary>
    public int RemindDays { get; init; } = 2;

    /// <summary>Channel of leads that check in: <c>level 1/level 2</c>.</summary>
    public string Channel { get; init; } = "市场活动/现场签到";

    /// <summary>Key of the pool of the regional market ②; a regional pool that stands for it goes before it.</summary>
    public string MarketPool { get; init; } = "active";

    /// <summary>Key of the pool of key persons without more ②.</summary>
    public string KeyPersonPool { get; init; } = "general";

    /// <summary>Key of the pool that SDR cleans ③; a regional pool that stands for it goes before it.</summary>
    public string CleaningPool { get; init; } = "sdr";

    /// <summary>The checklist of a type, in the order of steps.</summary>
    public IEnumerable<ChecklistLine> ChecklistOf(string type) => Checklist.Where(l => l.Of(type)).OrderBy(l => l.Step);

    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>malformed</c>, <c>out_of_range</c>, <c>unknown</c>.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Check(Types.Count is >= 1 and <= MostTypes, "types", Types.Count == 0 ? "required" : "too_many", $"{MostTypes}"),
        .. Types.SelectMany((t, i) => (IEnumerable<FieldError>)[.. Id(t.Id, $"types[{i}].id"), .. Name(t.Name, $"types[{i}].name", 60), .. Check(Types.Take(i).All(o => o.Id != t.Id), $"types[{i}].id", "duplicate")]),
        .. Check(Checklist.Count <= MostLines, "checklist", "too_many", $"{MostLines}"),
        .. Checklist.SelectMany((l, i) => (IEnumerable<FieldError>)
        [
            .. Id(l.Id, $"checklist[{i}].id"), .. Name(l.Name, $"checklist[{i}].name", 200), .. Check(Checklist.Take(i).All(o => o.Id != l.Id), $"checklist[{i}].id", "duplicate"),
            .. Check(Enum.IsDefined(l.Step), $"checklist[{i}].step", "not_a_choice"), .. Check(l.Days is >= -400 and <= 1_200, $"checklist[{i}].days", "out_of_range", "-400–1200"),
            .. Check(l.Types.All(t => Types.Any(o => o.Id == t)), $"checklist[{i}].types", "unknown"),
        ]),
        .. Check(Categories.Count is >= 1 and <= MostCategories, "categories", Categories.Count == 0 ? "required" : "too_many", $"{MostCategories}"),
        .. Categories.SelectMany((c, i) => (IEnumerable<FieldError>)[.. Id(c.Id, $"categories[{i}].id"), .. Name(c.Name, $"categories[{i}].name", 60), .. Check(Categories.Take(i).All(o => o.Id != c.Id), $"categories[{i}].id", "duplicate")]),
        .. Check(RemindDays is >= 0 and <= 60, "remindDays", "out_of_range", "0–60"),
        .. Name(Channel, "channel", 120),
        .. new[] { ("marketPool", MarketPool), ("keyPersonPool", KeyPersonPool), ("cleaningPool", CleaningPool) }.SelectMany(p => (IEnumerable<FieldError>)
        [
            .. Name(p.Item2, p.Item1, 40), .. Check(p.Item2 is not (Assignment.PoolKeys.Invalid or Assignment.PoolKeys.Blacklist), p.Item1, "unknown"),
        ]),
    ];

    private static IEnumerable<FieldError> Id(string? id, string path) =>
        Check(id is { Length: > 0 and <= 60 } && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'), path, "malformed");

    private static IEnumerable<FieldError> Name(string? name, string path, int longest) =>
        string.IsNullOrWhiteSpace(name) ? [new FieldError(path, "required")] : Check(name.Length <= longest, path, "too_long", $"{longest}");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) => holds ? [] : [new FieldError(field, code, limit)];
}
