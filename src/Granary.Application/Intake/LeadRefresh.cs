using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Ownership;

namespace Granary.Application.Intake;

/// <summary>Fills a lead's empty and changed fields from a newer submission; what the newer one leaves open stays.</summary>
internal static class LeadRefresh
{
    /// <summary>Takes over what the newer one says and returns what changed.</summary>
    public static IReadOnlyList<FieldChange> Apply(Lead newer, Lead lead)
    {
        List<FieldChange> changes = [];
        void Text(string field, string? after, string? before, Action<string> set)
        {
            if (!string.IsNullOrEmpty(after) && after != before)
            {
                changes.Add(new FieldChange(field, before, after));
                set(after);
            }
        }

        void Value<T>(string field, T? after, T? before, Action<T> set)
            where T : struct
        {
            if (after is { } value && !Equals(after, before))
            {
                changes.Add(new FieldChange(field, Words(before), Words<T>(value)));
                set(value);
            }
        }

        Text("company.name", newer.CompanyName, lead.CompanyName, v => (lead.CompanyName, lead.CompanyKey, lead.CompanyTail) = (v, newer.CompanyKey, newer.CompanyTail));
        Text("company.creditCode", newer.CreditCode, lead.CreditCode, v => lead.CreditCode = v);
        Text("company.industry", newer.Industry, lead.Industry, v => lead.Industry = v);
        Value("company.size", newer.Size, lead.Size, v => lead.Size = v);
        Value("company.headcount", newer.Headcount, lead.Headcount, v => lead.Headcount = v);
        Text("company.province", newer.Province, lead.Province, v => lead.Province = v);
        Text("company.city", newer.City, lead.City, v => lead.City = v);
        if (newer.Region is not null)
        {
            lead.Region = newer.Region;
        }

        Text("contact.name", newer.ContactName, lead.ContactName, v => lead.ContactName = v);
        Text("contact.title", newer.Title, lead.Title, v => lead.Title = v);
        Value("contact.role", newer.Role, lead.Role, v => lead.Role = v);
        Text("requirement", newer.Requirement, lead.Requirement, v => lead.Requirement = v);
        if (newer.Products.Count > 0 && !newer.Products.SequenceEqual(lead.Products))
        {
            changes.Add(new FieldChange("products", string.Join(", ", lead.Products), string.Join(", ", newer.Products)));
            lead.Products = [.. newer.Products];
        }

        Value("budget.min", newer.BudgetMin, lead.BudgetMin, v => lead.BudgetMin = v);
        Value("budget.max", newer.BudgetMax, lead.BudgetMax, v => lead.BudgetMax = v);
        Value("budget.match", newer.BudgetMatch, lead.BudgetMatch, v => lead.BudgetMatch = v);
        Value("purchaseBy", newer.PurchaseBy, lead.PurchaseBy, v => lead.PurchaseBy = v);
        Text("custom", newer.Custom, lead.Custom, v => lead.Custom = v);
        Text("consent", newer.Consent, lead.Consent, v => lead.Consent = v);
        var tags = newer.Tags.Except(lead.Tags).ToList();
        if (tags.Count > 0)
        {
            changes.Add(new FieldChange("tags", null, string.Join(", ", tags)));
            lead.Tags = [.. lead.Tags, .. tags];
        }

        return changes;
    }

    private static string? Words<T>(T? value)
        where T : struct => value is { } v ? Convert.ToString(v, CultureInfo.InvariantCulture) : null;
}
