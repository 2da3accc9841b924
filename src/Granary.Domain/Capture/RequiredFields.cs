using System.Collections.Frozen;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>Fields that a submission must fill, by the names of <see cref="Known"/> (§3). The channel is always required.</summary>
/// <param name="Fields">Names of the fields.</param>
public sealed record RequiredFields(IReadOnlyList<string> Fields)
{
    /// <summary>The name under which any one of phone, e-mail and WeChat is required.</summary>
    public const string AnyContact = "anyContact";

    private const string CustomPrefix = "custom.";

    private static readonly FrozenDictionary<string, Func<LeadSubmission, bool>> Filled = new Dictionary<string, Func<LeadSubmission, bool>>
    {
        ["channel"] = static lead => Has(lead.Channel),
        ["campaign"] = static lead => Has(lead.Campaign),
        ["keyword"] = static lead => Has(lead.Keyword),
        ["content"] = static lead => Has(lead.Content),
        ["landingPage"] = static lead => Has(lead.LandingPage),
        ["referrer"] = static lead => Has(lead.Referrer),
        ["referredBy"] = static lead => Has(lead.ReferredBy),
        ["receivedAt"] = static lead => lead.ReceivedAt is not null,
        ["company.name"] = static lead => Has(lead.Company.Name),
        ["company.creditCode"] = static lead => Has(lead.Company.CreditCode),
        ["company.industry"] = static lead => Has(lead.Company.Industry),
        ["company.size"] = static lead => lead.Company.Size is not null || lead.Company.Headcount is not null,
        ["company.province"] = static lead => Has(lead.Company.Province),
        ["company.city"] = static lead => Has(lead.Company.City),
        ["contact.name"] = static lead => Has(lead.Contact.Name),
        ["contact.title"] = static lead => Has(lead.Contact.Title),
        ["contact.role"] = static lead => lead.Contact.Role is not null,
        ["contact.phones"] = static lead => Has(lead.Contact.Phones),
        ["contact.emails"] = static lead => Has(lead.Contact.Emails),
        ["contact.wechat"] = static lead => Has(lead.Contact.WeChat),
        [AnyContact] = static lead => Has(lead.Contact.Phones) || Has(lead.Contact.Emails) || Has(lead.Contact.WeChat),
        ["requirement"] = static lead => Has(lead.Requirement),
        ["products"] = static lead => Has(lead.Products),
        ["budget"] = static lead => lead.Budget.Min is not null || lead.Budget.Max is not null,
        ["purchaseBy"] = static lead => lead.PurchaseBy is not null,
        ["consent"] = static lead => lead.Consent is not null,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The default of §3: channel, contact name, and one way to reach the contact.</summary>
    public static RequiredFields BuiltIn { get; } = new(["channel", "contact.name", AnyContact]);

    /// <summary>Names that can be required besides <c>custom.</c> with a custom field's name.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Filled.Keys.Order(StringComparer.Ordinal)];

    /// <summary>These fields but for the ways to reach the contact, for submissions that are known to have none.</summary>
    public RequiredFields ExceptContact() => new([.. Fields.Except([AnyContact, "contact.phones", "contact.emails", "contact.wechat"], StringComparer.Ordinal)]);

    /// <summary>These fields and others.</summary>
    public RequiredFields And(RequiredFields more) => new([.. Fields.Union(more.Fields, StringComparer.Ordinal)]);

    /// <summary>One error for each required field that is empty: <c>required</c>, or <c>contact_required</c> on <c>contact</c>.</summary>
    public IEnumerable<FieldError> Missing(LeadSubmission lead)
    {
        if (!Has(lead.Channel))
            yield return new FieldError("channel", "required");
        foreach (var field in Fields)
        {
            if (field != "channel" && !IsFilled(lead, field))
                yield return field == AnyContact ? new FieldError("contact", "contact_required") : new FieldError(field, "required");
        }
    }

    /// <summary>Names that no field bears.</summary>
    public IReadOnlyList<FieldError> Validate(string path) =>
        [.. Fields.Index()
            .Where(static field => !Filled.ContainsKey(field.Item) && !(field.Item.Length > CustomPrefix.Length && field.Item.StartsWith(CustomPrefix, StringComparison.Ordinal)))
            .Select(field => new FieldError($"{path}[{field.Index}]", "unknown_field"))];

    private static bool IsFilled(LeadSubmission lead, string field) =>
        Filled.TryGetValue(field, out var isFilled)
            ? isFilled(lead)
            : lead.Custom.TryGetValue(field[CustomPrefix.Length..], out var value) && Has(value);

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    private static bool Has(IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            if (Has(text))
                return true;
        }

        return false;
    }
}
