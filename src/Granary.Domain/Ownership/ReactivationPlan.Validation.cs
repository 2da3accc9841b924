using Granary.Domain.Assignment;
using Granary.Domain.Policies;

namespace Granary.Domain.Ownership;

public sealed partial record ReactivationPlan
{
    /// <summary>Longest name of a reactivation and of a campaign.</summary>
    public const int LongestName = 100;

    /// <summary>Longest script.</summary>
    public const int LongestScript = 2_000;

    private const int MostPools = 50, MostChoices = 100, LongestChoice = 100, MostDays = 3_650, MostLeads = 1_000;

    /// <summary>
    /// What is wrong with the plan: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>out_of_range</c>, <c>not_a_choice</c>,
    /// <c>unknown</c> (no such region), <c>one_target</c>, <c>goes_nowhere</c> (back into a pool it selects from) and
    /// <c>nothing_flows_out</c> (the invalid and the blacklist pool). Empty when it can be used. Whether users, departments and
    /// pools exist is not asked here.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Errors(Select),
        .. Errors(Push),
        .. Push is { ByRules: false, Target.Pool: { } pool } ? Check(!Select.Pools.Contains(pool), "push.target.pool", "goes_nowhere") : [],
        .. Schedule.Validate("schedule"),
        .. Check(Campaign is not { Length: > LongestName }, "campaign", "too_long", $"{LongestName}"),
        .. Check(Script is not { Length: > LongestScript }, "script", "too_long", $"{LongestScript}"),
    ];

    private static IEnumerable<FieldError> Errors(ReactivationSelection select) =>
    [
        .. Check(select.Pools.Count > 0, "select.pools", "required"),
        .. Check(select.Pools.Count <= MostPools, "select.pools", "too_many", $"{MostPools}"),
        .. select.Pools.SelectMany((pool, i) => Check(!string.IsNullOrWhiteSpace(pool), $"select.pools[{i}]", "required")),
        .. select.Pools.SelectMany((pool, i) => Check(pool is not (PoolKeys.Invalid or PoolKeys.Blacklist), $"select.pools[{i}]", "nothing_flows_out")),
        .. Choices(select.Industries, "select.industries"),
        .. Choices(select.Regions, "select.regions"),
        .. select.Regions.SelectMany((name, i) => Check(Capture.Regions.TryFind(name, out _), $"select.regions[{i}]", "unknown")),
        .. Choices(select.Products, "select.products"),
        .. Choices(select.Tags, "select.tags"),
        .. Range(select.ScoreAtLeast, "select.scoreAtLeast", 0, 1_000),
        .. Range(select.ScoreChangedWithinDays, "select.scoreChangedWithinDays", 1, MostDays),
        .. select.Touches.SelectMany((kind, i) => Check(Enum.IsDefined(kind), $"select.touches[{i}]", "not_a_choice")),
        .. Range(select.TouchedWithinDays, "select.touchedWithinDays", 1, MostDays),
        .. Check(select.Touches.Count == 0 || select.TouchedWithinDays is not null, "select.touchedWithinDays", "required"),
        .. Range(select.IdleDays, "select.idleDays", 0, MostDays),
        .. Range(select.OwnershipsAtLeast, "select.ownershipsAtLeast", 0, 1_000),
        .. Range(select.OwnershipsAtMost, "select.ownershipsAtMost", select.OwnershipsAtLeast ?? 0, 1_000),
        .. Range(select.RestDays, "select.restDays", 0, MostDays),
    ];

    private static IEnumerable<FieldError> Errors(ReactivationPush push) =>
    [
        .. Check(Kinds(push) == 1, "push.target", "one_target"),
        .. Check(push.Target.Pool is not (PoolKeys.Invalid or PoolKeys.Blacklist), "push.target.pool", "not_a_choice"),
        .. Range(push.PerRun, "push.perRun", 1, MostLeads),
        .. Range(push.PerRecipient, "push.perRecipient", 1, MostLeads),
    ];

    private static int Kinds(ReactivationPush push) =>
        (push.ByRules ? 1 : 0)
        + (push.Target.Users.Count > 0 ? 1 : 0)
        + (push.Target.Department is not null || push.Target.Role is not null ? 1 : 0)
        + (push.Target.Pool is not null ? 1 : 0);

    private static IEnumerable<FieldError> Choices(IReadOnlyList<string> choices, string path) =>
    [
        .. Check(choices.Count <= MostChoices, path, "too_many", $"{MostChoices}"),
        .. choices.SelectMany((choice, i) => Check(!string.IsNullOrWhiteSpace(choice), $"{path}[{i}]", "required")),
        .. choices.SelectMany((choice, i) => Check(choice is not { Length: > LongestChoice }, $"{path}[{i}]", "too_long", $"{LongestChoice}")),
    ];

    private static IEnumerable<FieldError> Range(int? value, string path, int least, int most) =>
        Check(value is null || (value >= least && value <= most), path, "out_of_range", $"{least}–{most}");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
