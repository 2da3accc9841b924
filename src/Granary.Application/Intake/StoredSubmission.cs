using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Intake;

/// <summary>A stored lead as the submission that would make it: what an edit starts from.</summary>
internal static class StoredSubmission
{
    public static LeadSubmission Of(Lead lead, IReadOnlyList<ContactPoint> contacts, Setting setting, Vault vault)
    {
        var facts = lead.Facts(setting);
        // What is no number was typed as one or as a mail; the at sign tells.
        var unusable = contacts.Where(c => c.Kind == ContactKind.Unusable).Select(vault.Plain).ToLookup(text => text.Contains('@', StringComparison.Ordinal));
        return new LeadSubmission
        {
            Channel = facts.Channel,
            Campaign = lead.Campaign,
            Keyword = lead.Keyword,
            Content = lead.Content,
            Utm = facts.Utm,
            ReferredBy = lead.ReferredBy,
            ReceivedAt = lead.ReceivedAt,
            Company = facts.Company,
            Contact = new ContactDetails
            {
                Name = lead.ContactName,
                Title = lead.Title,
                Role = lead.Role,
                Phones = [.. contacts.Where(c => c.Kind == ContactKind.Phone).Select(vault.Plain), .. unusable[false]],
                Emails = [.. contacts.Where(c => c.Kind == ContactKind.Email).Select(vault.Plain), .. unusable[true]],
                WeChat = contacts.Where(c => c.Kind == ContactKind.WeChat).Select(vault.Plain).FirstOrDefault(),
            },
            Requirement = lead.Requirement,
            Products = lead.Products,
            Budget = facts.Budget,
            PurchaseBy = lead.PurchaseBy,
            Tags = lead.Tags,
            Custom = facts.Custom,
        };
    }
}
