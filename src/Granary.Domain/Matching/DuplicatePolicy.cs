using Granary.Domain.Policies;

namespace Granary.Domain.Matching;

/// <summary>How duplicates are recognised and treated (§5.1): rules in order, the first that matches decides.</summary>
public sealed record DuplicatePolicy
{
    /// <summary>Most rules a policy may have.</summary>
    public const int MostRules = 20;

    /// <summary>Name shown to administrators, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The rules, in order of precedence, 1 to <see cref="MostRules"/>.</summary>
    public required IReadOnlyList<DuplicateRule> Rules { get; init; }

    /// <summary>Consumer (ToC): one phone or WeChat id among the leads of the last 90 days is one lead, refreshed.</summary>
    public static DuplicatePolicy Consumer { get; } = new()
    {
        Name = "consumer",
        Rules =
        [
            new DuplicateRule
            {
                Name = "lead_phone_or_wechat",
                Target = MatchTarget.Lead,
                Keys = [MatchKeyKind.Phone, MatchKeyKind.WeChat],
                LookBackDays = 90,
                Action = DuplicateAction.Refresh,
            },
        ],
    };

    /// <summary>Business (ToB): account's company, then account's contact, then a lead's phone, then a lead's company.</summary>
    public static DuplicatePolicy Business { get; } = new()
    {
        Name = "business",
        Rules =
        [
            new DuplicateRule
            {
                Name = "account_company",
                Target = MatchTarget.Account,
                Keys = [MatchKeyKind.Company, MatchKeyKind.CreditCode],
                Action = DuplicateAction.ConvertToExisting,
            },
            new DuplicateRule
            {
                Name = "account_contact_phone",
                Target = MatchTarget.AccountContact,
                Keys = [MatchKeyKind.Phone],
                Action = DuplicateAction.ConvertToExisting,
            },
            new DuplicateRule
            {
                Name = "lead_phone",
                Target = MatchTarget.Lead,
                Keys = [MatchKeyKind.Phone],
                Action = DuplicateAction.LinkToSource,
            },
            new DuplicateRule
            {
                Name = "lead_company",
                Target = MatchTarget.Lead,
                Keys = [MatchKeyKind.Company],
                Action = DuplicateAction.TagPossibleDuplicate,
            },
        ],
    };

    /// <summary>
    /// What keeps this policy from being published; empty when nothing does. Fields are named <c>name</c>, <c>rules</c>
    /// and <c>rules[0].keys</c>; codes are <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>,
    /// <c>out_of_range</c> and <c>not_allowed</c> (a key or an action that its target does not have).
    /// </summary>
    public IReadOnlyList<FieldError> Validate()
    {
        var errors = new List<FieldError>();
        DuplicateRule.CheckName(errors, "name", Name);
        if (Rules is not { Count: > 0 })
        {
            errors.Add(new FieldError("rules", "required"));
            return errors;
        }

        if (Rules.Count > MostRules)
        {
            errors.Add(new FieldError("rules", "too_many", "20"));
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Rules.Count; i++)
        {
            var path = $"rules[{i}]";
            if (Rules[i] is not { } rule)
            {
                errors.Add(new FieldError(path, "required"));
                continue;
            }

            rule.Check(errors, path);
            if (!names.Add(rule.Name ?? ""))
            {
                errors.Add(new FieldError($"{path}.name", "duplicate"));
            }
        }

        return errors;
    }
}
