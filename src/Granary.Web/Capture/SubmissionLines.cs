using System.Globalization;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Web.Capture;

/// <summary>A submission as lines to read: the field's path and its text, in the order of the API; empty fields are left out.</summary>
public static class SubmissionLines
{
    public static IReadOnlyList<(string Field, string Text)> Of(LeadSubmission lead) =>
    [
        .. new (string Field, string? Text)[]
        {
            ("channel", lead.Channel), ("campaign", lead.Campaign), ("keyword", lead.Keyword), ("content", lead.Content),
            ("utm.source", lead.Utm.Source), ("utm.medium", lead.Utm.Medium), ("utm.campaign", lead.Utm.Campaign), ("utm.term", lead.Utm.Term), ("utm.content", lead.Utm.Content),
            ("landingPage", lead.LandingPage), ("referrer", lead.Referrer), ("referredBy", lead.ReferredBy), ("receivedAt", lead.ReceivedAt?.ToString("u", CultureInfo.InvariantCulture)),
            ("externalId", lead.ExternalId), ("remoteAddress", lead.RemoteAddress),
            ("company.name", lead.Company.Name), ("company.creditCode", lead.Company.CreditCode), ("company.industry", lead.Company.Industry),
            ("company.size", lead.Company.Size is { } size ? WireName.Of(size) : null), ("company.headcount", Number(lead.Company.Headcount)),
            ("company.province", lead.Company.Province), ("company.city", lead.Company.City),
            ("contact.name", lead.Contact.Name), ("contact.title", lead.Contact.Title), ("contact.role", lead.Contact.Role is { } role ? WireName.Of(role) : null),
            ("contact.phones", List(lead.Contact.Phones)), ("contact.emails", List(lead.Contact.Emails)), ("contact.wechat", lead.Contact.WeChat),
            ("requirement", lead.Requirement), ("products", List(lead.Products)),
            ("budget.min", Number(lead.Budget.Min)), ("budget.max", Number(lead.Budget.Max)), ("budget.match", lead.Budget.Match is { } match ? WireName.Of(match) : null),
            ("purchaseBy", lead.PurchaseBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("tags", List(lead.Tags)),
            ("consent.purpose", lead.Consent?.Purpose), ("consent.textVersion", lead.Consent?.TextVersion),
        }.Where(line => !string.IsNullOrEmpty(line.Text)).Select(line => (line.Field, line.Text!)),
        .. lead.Custom.Select(custom => ($"custom.{custom.Key}", custom.Value)),
        .. lead.Touches.Select(touch => ($"touches.{WireName.Of(touch.Kind)}", Figures(touch.Count))),
    ];

    private static string? List(IReadOnlyList<string> values) => values.Count == 0 ? null : string.Join(", ", values);

    private static string? Number(decimal? value) => value is { } n ? n.ToString("#,0.##", CultureInfo.CurrentCulture) : null;

    private static string Figures(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
