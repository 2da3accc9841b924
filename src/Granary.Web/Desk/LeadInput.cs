using System.Globalization;
using System.Numerics;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Web.Localisation;
using Granary.Web.Settings;

namespace Granary.Web.Desk;

/// <summary>A lead as a form posts it: texts as typed, so that nothing is lost when something is wrong.</summary>
public sealed class LeadInput
{
    private static readonly char[] Separators = [',', '，', '、', ';', '；', '\n'];

    public string? Channel { get; set; }

    public string? Campaign { get; set; }

    public string? ReferredBy { get; set; }

    public string? ReceivedAt { get; set; }

    public string? Company { get; set; }

    public string? CreditCode { get; set; }

    public string? Industry { get; set; }

    public string? Size { get; set; }

    public string? Headcount { get; set; }

    public string? Province { get; set; }

    public string? City { get; set; }

    public string? Contact { get; set; }

    public string? Title { get; set; }

    public string? Role { get; set; }

    public string? Phone { get; set; }

    public string? Email { get; set; }

    public string? WeChat { get; set; }

    public string? Requirement { get; set; }

    public string? Products { get; set; }

    public string? BudgetMin { get; set; }

    public string? BudgetMax { get; set; }

    public string? PurchaseBy { get; set; }

    public string? Tags { get; set; }

    /// <summary>Custom fields by key.</summary>
    public Dictionary<string, string?>? Custom { get; set; }

    /// <summary>Custom fields of several choices by key.</summary>
    public Dictionary<string, List<string>?>? Several { get; set; }

    public bool Consent { get; set; }

    /// <summary>Tells two sendings of one form from two forms.</summary>
    public string? Once { get; set; }

    /// <summary>The version that an edit began with.</summary>
    public int Seen { get; set; }

    /// <summary>A stored lead's fields, without its contact points.</summary>
    public static LeadInput Of(LeadSubmission lead, int version) => new()
    {
        Campaign = lead.Campaign,
        ReferredBy = lead.ReferredBy,
        Company = lead.Company.Name,
        CreditCode = lead.Company.CreditCode,
        Industry = lead.Company.Industry,
        Size = lead.Company.Size is { } size ? WireName.Of(size) : null,
        Headcount = lead.Company.Headcount?.ToString(CultureInfo.InvariantCulture),
        Province = lead.Company.Province,
        City = lead.Company.City,
        Contact = lead.Contact.Name,
        Title = lead.Contact.Title,
        Role = lead.Contact.Role is { } role ? WireName.Of(role) : null,
        Requirement = lead.Requirement,
        Products = string.Join("、", lead.Products),
        BudgetMin = lead.Budget.Min?.ToString("0.##", CultureInfo.InvariantCulture),
        BudgetMax = lead.Budget.Max?.ToString("0.##", CultureInfo.InvariantCulture),
        PurchaseBy = lead.PurchaseBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Tags = string.Join("、", lead.Tags),
        Custom = lead.Custom.ToDictionary(c => c.Key, c => (string?)c.Value),
        Several = lead.Custom.ToDictionary(c => c.Key, c => (List<string>?)[.. c.Value.Split(',')]),
        Seen = version,
    };

    /// <summary>The lead that was typed over what was known before; contact points are added to those it has.</summary>
    /// <param name="before">What was known: nothing for a new lead.</param>
    /// <param name="fields">The custom fields that the form shows.</param>
    /// <param name="org">The organisation's clock, in whose zone times are typed.</param>
    /// <param name="errors">What could not be read.</param>
    public LeadSubmission Over(LeadSubmission before, IReadOnlyList<CustomField> fields, OrgTime org, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> wrong = [];
        var lead = before with
        {
            Channel = Trim(Channel) ?? before.Channel,
            Campaign = Trim(Campaign),
            ReferredBy = Trim(ReferredBy),
            ReceivedAt = Instant(ReceivedAt, org, wrong) ?? before.ReceivedAt,
            Company = before.Company with
            {
                Name = Trim(Company),
                CreditCode = Trim(CreditCode),
                Industry = Trim(Industry),
                Size = Member<CompanySize>(Size),
                Headcount = Number<int>("company.headcount", Headcount, wrong),
                Province = Trim(Province),
                City = Trim(City),
            },
            Contact = before.Contact with
            {
                Name = Trim(Contact),
                Title = Trim(Title),
                Role = Member<BuyingRole>(Role),
                Phones = [.. before.Contact.Phones, .. Split(Phone)],
                Emails = [.. before.Contact.Emails, .. Split(Email)],
                WeChat = Trim(WeChat) ?? before.Contact.WeChat,
            },
            Requirement = Trim(Requirement),
            Products = Split(Products),
            Budget = before.Budget with { Min = Number<decimal>("budget.min", BudgetMin, wrong), Max = Number<decimal>("budget.max", BudgetMax, wrong) },
            PurchaseBy = Day("purchaseBy", PurchaseBy, wrong),
            Tags = Split(Tags),
            Custom = CustomInput.Over(before.Custom, fields, Custom, Several),
            Consent = Consent ? new Consent("sales_contact", null, Clock.Truncate(org.Now)) : before.Consent,
        };
        errors = wrong;
        return lead;
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string[] Split(string? text) => text?.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static T? Member<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var member) && Enum.IsDefined(member) ? member : null;

    private static T? Number<T>(string field, string? text, List<FieldError> wrong)
        where T : struct, INumber<T>
    {
        if (Trim(text) is not { } typed)
        {
            return null;
        }

        if (T.TryParse(typed, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        wrong.Add(new FieldError(field, "not_a_number"));
        return null;
    }

    private static DateOnly? Day(string field, string? text, List<FieldError> wrong)
    {
        if (Trim(text) is not { } typed)
        {
            return null;
        }

        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        wrong.Add(new FieldError(field, "invalid_format"));
        return null;
    }

    private static DateTimeOffset? Instant(string? text, OrgTime org, List<FieldError> wrong)
    {
        if (Trim(text) is not { } typed)
        {
            return null;
        }

        if (DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
            return new DateTimeOffset(unspecified, org.Zone.GetUtcOffset(unspecified)).ToUniversalTime();
        }

        wrong.Add(new FieldError("receivedAt", "invalid_format"));
        return null;
    }
}
