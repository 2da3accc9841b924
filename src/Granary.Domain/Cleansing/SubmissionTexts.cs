using Granary.Domain.Capture;

namespace Granary.Domain.Cleansing;

/// <summary>The texts of a submission that people wrote, with their fields' paths; not its contact data, page addresses and ids.</summary>
internal static class SubmissionTexts
{
    public static IEnumerable<(string Field, string Text)> Of(LeadSubmission lead)
    {
        foreach (var (field, text) in Single(lead))
        {
            if (text is not null)
                yield return (field, text);
        }

        foreach (var product in lead.Products)
            yield return ("products", product);
        foreach (var tag in lead.Tags)
            yield return ("tags", tag);
        foreach (var (name, value) in lead.Custom)
            yield return ($"custom.{name}", value);
    }

    private static IEnumerable<(string Field, string? Text)> Single(LeadSubmission lead)
    {
        yield return ("channel", lead.Channel);
        yield return ("campaign", lead.Campaign);
        yield return ("keyword", lead.Keyword);
        yield return ("content", lead.Content);
        yield return ("utm.source", lead.Utm.Source);
        yield return ("utm.medium", lead.Utm.Medium);
        yield return ("utm.campaign", lead.Utm.Campaign);
        yield return ("utm.term", lead.Utm.Term);
        yield return ("utm.content", lead.Utm.Content);
        yield return ("referredBy", lead.ReferredBy);
        yield return ("company.name", lead.Company.Name);
        yield return ("company.industry", lead.Company.Industry);
        yield return ("company.province", lead.Company.Province);
        yield return ("company.city", lead.Company.City);
        yield return ("contact.name", lead.Contact.Name);
        yield return ("contact.title", lead.Contact.Title);
        yield return ("requirement", lead.Requirement);
    }
}
