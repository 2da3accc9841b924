using Granary.Domain.Policies;

namespace Granary.Domain.Matching;

/// <summary>One rule of a <see cref="DuplicatePolicy"/>: any of the keys equal on the target leads to the action.</summary>
public sealed record DuplicateRule
{
    /// <summary>Longest look-back window, in days.</summary>
    public const int LongestLookBack = 3650;

    /// <summary>Name, unique within the policy, 1 to 100 characters; explanations refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>What the new lead is compared with.</summary>
    public required MatchTarget Target { get; init; }

    /// <summary>Any one of these equal is a match. At least one.</summary>
    public required IReadOnlyList<MatchKeyKind> Keys { get; init; }

    /// <summary>How many days back a lead counts, 1 to <see cref="LongestLookBack"/>, the last day included; null is for ever. Leads only.</summary>
    public int? LookBackDays { get; init; }

    /// <summary>What is done with a match.</summary>
    public required DuplicateAction Action { get; init; }

    /// <summary>
    /// The least level at which company names count as equal. <see cref="MatchLevel.Weak"/> accepts those weak matches
    /// that the look-up keys of <see cref="CompanyName"/> find: the same core with another region or industry.
    /// </summary>
    public MatchLevel CompanyLevel { get; init; } = MatchLevel.Strong;

    internal void Check(List<FieldError> errors, string path)
    {
        CheckName(errors, $"{path}.name", Name);
        if (!Enum.IsDefined(Target))
        {
            errors.Add(new FieldError($"{path}.target", "out_of_range"));
        }

        if (Keys is not { Count: > 0 })
        {
            errors.Add(new FieldError($"{path}.keys", "required"));
        }
        else if (Keys.Any(key => !Has(Target, key)))
        {
            errors.Add(new FieldError($"{path}.keys", "not_allowed"));
        }

        if (LookBackDays is < 1 or > LongestLookBack)
        {
            errors.Add(new FieldError($"{path}.lookBackDays", "out_of_range", "1–3650"));
        }
        else if (LookBackDays is not null && Target != MatchTarget.Lead)
        {
            errors.Add(new FieldError($"{path}.lookBackDays", "not_allowed"));
        }

        if (Action == DuplicateAction.ConvertToExisting == (Target == MatchTarget.Lead) || !Enum.IsDefined(Action))
        {
            errors.Add(new FieldError($"{path}.action", "not_allowed"));
        }

        if (CompanyLevel is < MatchLevel.Weak or > MatchLevel.Exact)
        {
            errors.Add(new FieldError($"{path}.companyLevel", "out_of_range"));
        }
    }

    internal static void CheckName(List<FieldError> errors, string field, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add(new FieldError(field, "required"));
        }
        else if (name.Length > 100)
        {
            errors.Add(new FieldError(field, "too_long", "100"));
        }
    }

    private static bool Has(MatchTarget target, MatchKeyKind key) => key switch
    {
        MatchKeyKind.Phone or MatchKeyKind.WeChat or MatchKeyKind.Email => target != MatchTarget.Account,
        MatchKeyKind.Company or MatchKeyKind.CreditCode => target != MatchTarget.AccountContact,
        _ => false,
    };
}
