using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Qualification;

/// <summary>A line of a qualification checklist.</summary>
/// <param name="Id">Stable id, unique within its list. 1 to 60 of a–z, 0–9, <c>_</c>, <c>-</c>.</param>
/// <param name="Name">What must be true; names of built-in lines are keys that the interface translates.</param>
/// <param name="Required">Whether the stage is not reached without it.</param>
public sealed record QualificationCheck(string Id, string Name, bool Required = true);

/// <summary>A tier of accounts (§12 Account).</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Name.</param>
/// <param name="Rule">Which accounts are of it, in words.</param>
/// <param name="Coverage">How they are looked after, in words.</param>
public sealed record AccountTier(string Id, string Name, string? Rule = null, string? Coverage = null);

/// <summary>The rules of qualification, conversion and accounts (§12).</summary>
public sealed record QualificationPolicy
{
    private const int MostChecks = 30, MostTiers = 20;

    /// <summary>What makes a marketing qualified lead.</summary>
    public IReadOnlyList<QualificationCheck> Mql { get; init; } = [];

    /// <summary>What makes a sales qualified lead.</summary>
    public IReadOnlyList<QualificationCheck> Sql { get; init; } = [];

    /// <summary>How many of the four criteria must hold to convert, 0 to 4.</summary>
    public int Criteria { get; init; } = 2;

    /// <summary>The budget from which it is a criterion, in the organisation's currency.</summary>
    public decimal MinimumDeal { get; init; } = 100_000m;

    /// <summary>Hours within which a conversion may be undone, 0 to 720.</summary>
    public int UndoHours { get; init; } = 24;

    /// <summary>Days within which a merge may be undone, 0 to 365 (§5.3).</summary>
    public int MergeUndoDays { get; init; } = 30;

    /// <summary>Tiers of accounts, the most important first.</summary>
    public IReadOnlyList<AccountTier> Tiers { get; init; } = [];

    /// <summary>What a new organisation begins with.</summary>
    public static QualificationPolicy BuiltIn { get; } = new()
    {
        Mql = [new("fits_profile", "fits_profile"), new("not_private", "not_private"), new("verified", "verified"), new("willing", "willing")],
        Sql = [new("fits_profile", "fits_profile"), new("intends_to_buy", "intends_to_buy"), new("willing_to_continue", "willing_to_continue")],
        Tiers = [new("pstv", "PSTV", "pstv", "pstv"), new("sltv", "SLTV", "sltv", "sltv"), new("ltv", "LTV", "ltv", "ltv"), new("m", "M", "m", "m")],
    };

    /// <summary>The checklist of a stage; empty for raw leads.</summary>
    public IReadOnlyList<QualificationCheck> Of(QualificationStage stage) => stage switch
    {
        QualificationStage.Mql => Mql,
        QualificationStage.Sql => Sql,
        _ => [],
    };

    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>malformed</c>, <c>out_of_range</c>.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Errors(Mql, "mql"),
        .. Errors(Sql, "sql"),
        .. Check(Criteria is >= 0 and <= 4, "criteria", "out_of_range", "0–4"),
        .. Check(MinimumDeal >= 0, "minimumDeal", "out_of_range", "0"),
        .. Check(UndoHours is >= 0 and <= 720, "undoHours", "out_of_range", "0–720"),
        .. Check(MergeUndoDays is >= 0 and <= 365, "mergeUndoDays", "out_of_range", "0–365"),
        .. Check(Tiers.Count <= MostTiers, "tiers", "too_many", $"{MostTiers}"),
        .. Tiers.SelectMany((tier, i) => Id(tier.Id, $"tiers[{i}].id")),
        .. Tiers.SelectMany((tier, i) => Name(tier.Name, $"tiers[{i}].name", 100)),
        .. Tiers.SelectMany((tier, i) => Check(Tiers.Take(i).All(t => t.Id != tier.Id), $"tiers[{i}].id", "duplicate")),
        .. Tiers.SelectMany((tier, i) => Check(!(tier.Rule?.Length > 1_000), $"tiers[{i}].rule", "too_long", "1000")),
        .. Tiers.SelectMany((tier, i) => Check(!(tier.Coverage?.Length > 1_000), $"tiers[{i}].coverage", "too_long", "1000")),
    ];

    private static IEnumerable<FieldError> Errors(IReadOnlyList<QualificationCheck> checks, string path) =>
    [
        .. Check(checks.Count <= MostChecks, path, "too_many", $"{MostChecks}"),
        .. checks.SelectMany((check, i) => Id(check.Id, $"{path}[{i}].id")),
        .. checks.SelectMany((check, i) => Name(check.Name, $"{path}[{i}].name", 200)),
        .. checks.SelectMany((check, i) => Check(checks.Take(i).All(c => c.Id != check.Id), $"{path}[{i}].id", "duplicate")),
    ];

    private static IEnumerable<FieldError> Id(string? id, string path) =>
        Check(id is { Length: > 0 and <= 60 } && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'), path, "malformed");

    private static IEnumerable<FieldError> Name(string? name, string path, int longest) =>
        string.IsNullOrWhiteSpace(name) ? [new FieldError(path, "required")] : Check(name.Length <= longest, path, "too_long", $"{longest}");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
