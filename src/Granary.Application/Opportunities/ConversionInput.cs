using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;

namespace Granary.Application.Opportunities;

/// <summary>A conversion as it is handed in (§12).</summary>
/// <param name="Criteria">What holds of the four criteria.</param>
/// <param name="Account">Which account; null finds the one that matches, or makes one of the lead's company.</param>
/// <param name="Opportunity">Which opportunity; null makes one of what the lead says.</param>
public sealed record ConversionInput(ConversionCriteria Criteria, ConversionAccount? Account = null, ConversionOpportunity? Opportunity = null);

/// <summary>The account of a conversion.</summary>
/// <param name="Id">One that exists.</param>
/// <param name="Name">Name under which it is looked for and, where there is none, made.</param>
public sealed record ConversionAccount(Guid? Id = null, string? Name = null);

/// <summary>The opportunity of a conversion.</summary>
/// <param name="Id">An open one of the account; what else is said is left out of account then.</param>
public sealed record ConversionOpportunity(Guid? Id = null)
{
    /// <summary>Name; the account's and the product where it is left out.</summary>
    public string? Name { get; init; }

    /// <summary>Id of the business line; the first where it is left out.</summary>
    public string? Line { get; init; }

    /// <summary>Product line; the lead's first product where it is left out.</summary>
    public string? ProductLine { get; init; }

    /// <summary>Amount; the confirmed budget, else the lead's, where it is left out.</summary>
    public decimal? Amount { get; init; }

    /// <summary>When it is expected to be won; the date of the criteria, else the lead's, where it is left out.</summary>
    public DateOnly? ExpectedOn { get; init; }
}

internal static class ConversionErrors
{
    public static IReadOnlyList<FieldError> Errors(this ConversionInput input, Setting setting) =>
    [
        .. OpportunityFields.Amount(input.Criteria.Budget, "criteria.budget"),
        .. OpportunityFields.Text(input.Account?.Name, "account.name", 200),
        .. input.Opportunity is { Id: null } made ? Of(made, setting) : [],
    ];

    private static IEnumerable<FieldError> Of(ConversionOpportunity made, Setting setting) =>
    [
        .. OpportunityFields.Text(made.Name, "opportunity.name", Opportunity.LongestName),
        .. OpportunityFields.Text(made.ProductLine, "opportunity.productLine", Opportunity.LongestProduct),
        .. OpportunityFields.Amount(made.Amount, "opportunity.amount"),
        .. made.Line is { } line && setting.Opportunities.Line(line) is null ? [new FieldError("opportunity.line", "not_a_choice")] : Array.Empty<FieldError>(),
    ];
}

/// <summary>What fields of opportunities may hold.</summary>
internal static class OpportunityFields
{
    /// <summary>The largest amount.</summary>
    public const decimal Most = 1_000_000_000_000m;

    /// <summary>What is wrong with an amount that may be left out.</summary>
    public static IEnumerable<FieldError> Amount(decimal? amount, string field) =>
        amount is null ? []
        : amount is < 0 or > Most ? [new FieldError(field, "out_of_range", "0–1000000000000")]
        : decimal.Round(amount.Value, 2) != amount ? [new FieldError(field, "too_precise", "2")]
        : [];

    /// <summary>Custom fields as they are kept, and what is wrong with them.</summary>
    /// <param name="setting">The settings.</param>
    /// <param name="typed">Values by key.</param>
    /// <param name="kept">Values that were there before.</param>
    public static (IReadOnlyDictionary<string, string> Values, IReadOnlyList<FieldError> Errors) Custom(Setting setting, IReadOnlyDictionary<string, string> typed, IReadOnlyDictionary<string, string> kept)
    {
        var (values, errors) = CustomValues.Read(setting, CustomFieldOwner.Opportunity, typed, kept);
        return (values,
        [
            .. errors,
            .. values.Count > FieldLimits.CustomFields ? [new FieldError("custom", "too_many", $"{FieldLimits.CustomFields}")] : Array.Empty<FieldError>(),
            .. values.Where(v => v.Key.Length is 0 or > FieldLimits.CustomName).Select(v => new FieldError("custom", "too_long", $"{FieldLimits.CustomName}")),
            .. values.Where(v => v.Value.Length > FieldLimits.CustomValue && errors.All(e => e.Field != $"custom.{v.Key}")).Select(v => new FieldError($"custom.{v.Key}", "too_long", $"{FieldLimits.CustomValue}")),
        ]);
    }

    /// <summary>What is wrong with one line of text that may be left out.</summary>
    public static IEnumerable<FieldError> Text(string? text, string field, int longest) =>
        text is null ? []
        : text.Trim().Length > longest ? [new FieldError(field, "too_long", $"{longest}")]
        : text.Any(char.IsControl) ? [new FieldError(field, "control_character")]
        : [];
}
