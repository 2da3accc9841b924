using System.Text.Json;
using Granary.Domain.Capture;

namespace Granary.Web.Intake;

/// <summary>Reads what came over the wire as a submission.</summary>
internal static class LeadBodyReading
{
    /// <summary>The submission of a body.</summary>
    /// <exception cref="JsonException">A custom field holds a list or an object.</exception>
    public static LeadSubmission Submission(this LeadBody body) => new()
    {
        Channel = body.Channel,
        Campaign = body.Campaign,
        Keyword = body.Keyword,
        Content = body.Content,
        Utm = body.Utm is { } utm ? new UtmTags(utm.Source, utm.Medium, utm.Campaign, utm.Term, utm.Content) : UtmTags.None,
        LandingPage = body.LandingPage,
        Referrer = body.Referrer,
        ReferredBy = body.ReferredBy,
        ReceivedAt = body.ReceivedAt,
        ExternalId = body.ExternalId,
        Company = body.Company.Details(),
        Contact = body.Contact.Details(),
        Requirement = body.Requirement,
        Products = Texts(body.Products),
        Budget = body.Budget.Known(),
        PurchaseBy = body.PurchaseBy,
        Tags = Texts(body.Tags),
        Consent = body.Consent is { } consent ? new Consent(consent.Purpose ?? "", consent.TextVersion, consent.GivenAt) : null,
        Custom = Custom(body.Custom),
        Touches = body.Touches is { Count: > 0 } touches ? [.. touches.Select(t => new SubmittedTouch(t.Kind, t.At, t.Count))] : [],
    };

    /// <summary>The details of a company.</summary>
    public static CompanyDetails Details(this CompanyBody? company) => company is null ? CompanyDetails.Empty : new CompanyDetails
    {
        Name = company.Name,
        CreditCode = company.CreditCode,
        Industry = company.Industry,
        Size = company.Size,
        Headcount = company.Headcount,
        Province = company.Province,
        City = company.City,
    };

    /// <summary>A company as the API writes it.</summary>
    public static CompanyBody Body(this CompanyDetails company) =>
        new(company.Name, company.CreditCode, company.Industry, company.Size, company.Headcount, company.Province, company.City);

    /// <summary>The details of a contact.</summary>
    public static ContactDetails Details(this ContactBody? contact) => contact is null ? ContactDetails.Empty : new ContactDetails
    {
        Name = contact.Name,
        Title = contact.Title,
        Role = contact.Role,
        Phones = Texts(contact.Phones),
        Emails = Texts(contact.Emails),
        WeChat = contact.WeChat,
    };

    /// <summary>The budget.</summary>
    public static Budget Known(this BudgetBody? budget) => budget is null ? Budget.Unknown : new Budget(budget.Min, budget.Max, budget.Match);

    /// <summary>A list in which nothing is null; an empty place keeps its number for the messages.</summary>
    public static IReadOnlyList<string> Texts(IReadOnlyList<string?>? texts) => texts is { Count: > 0 } ? [.. texts.Select(t => t ?? "")] : [];

    /// <summary>Custom fields as text, which is how rules compare them.</summary>
    public static IReadOnlyDictionary<string, string> Custom(IReadOnlyDictionary<string, JsonElement>? custom)
    {
        var read = new Dictionary<string, string>(custom?.Count ?? 0, StringComparer.Ordinal);
        foreach (var (name, value) in custom ?? new Dictionary<string, JsonElement>())
        {
            if (value.ValueKind != JsonValueKind.Null)
            {
                read[name] = value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString()!,
                    // Several choices of a field.
                    JsonValueKind.Array when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => string.Join(',', value.EnumerateArray().Select(v => v.GetString())),
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                    _ => throw new JsonException("A custom field is a single value.", $"$.custom.{name}", null, null),
                };
            }
        }

        return read;
    }
}
