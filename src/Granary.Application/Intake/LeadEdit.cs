using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Ownership;

namespace Granary.Application.Intake;

/// <summary>Takes over every field that an edit may change, emptied ones too, and tells what changed.</summary>
internal static class LeadEdit
{
    private static readonly (string Name, Func<Lead, object?> Get, Action<Lead, Lead> Copy)[] Fields =
    [
        ("campaign", l => l.Campaign, (from, to) => to.Campaign = from.Campaign),
        ("keyword", l => l.Keyword, (from, to) => to.Keyword = from.Keyword),
        ("content", l => l.Content, (from, to) => to.Content = from.Content),
        ("referredBy", l => l.ReferredBy, (from, to) => to.ReferredBy = from.ReferredBy),
        ("company.name", l => l.CompanyName, (from, to) => (to.CompanyName, to.CompanyKey, to.CompanyTail) = (from.CompanyName, from.CompanyKey, from.CompanyTail)),
        ("company.creditCode", l => l.CreditCode, (from, to) => to.CreditCode = from.CreditCode),
        ("company.industry", l => l.Industry, (from, to) => to.Industry = from.Industry),
        ("company.size", l => l.Size, (from, to) => to.Size = from.Size),
        ("company.headcount", l => l.Headcount, (from, to) => to.Headcount = from.Headcount),
        ("company.province", l => l.Province, (from, to) => to.Province = from.Province),
        ("company.city", l => l.City, (from, to) => to.City = from.City),
        ("contact.name", l => l.ContactName, (from, to) => to.ContactName = from.ContactName),
        ("contact.title", l => l.Title, (from, to) => to.Title = from.Title),
        ("contact.role", l => l.Role, (from, to) => to.Role = from.Role),
        ("requirement", l => l.Requirement, (from, to) => to.Requirement = from.Requirement),
        ("products", l => List(l.Products), (from, to) => to.Products = from.Products),
        ("budget.min", l => l.BudgetMin, (from, to) => to.BudgetMin = from.BudgetMin),
        ("budget.max", l => l.BudgetMax, (from, to) => to.BudgetMax = from.BudgetMax),
        ("budget.match", l => l.BudgetMatch, (from, to) => to.BudgetMatch = from.BudgetMatch),
        ("purchaseBy", l => l.PurchaseBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (from, to) => to.PurchaseBy = from.PurchaseBy),
        ("tags", l => List(l.Tags), (from, to) => to.Tags = from.Tags),
        ("custom", l => l.Custom, (from, to) => to.Custom = from.Custom),
    ];

    /// <summary>The fields by their names in the API.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Fields.Select(f => f.Name)];

    /// <summary>What a field holds, in words; null when it is empty.</summary>
    public static string? Value(string name, Lead lead) => Words(Array.Find(Fields, f => f.Name == name).Get(lead));

    /// <summary>Takes a field over from one lead to another.</summary>
    public static void Copy(string name, Lead from, Lead to) => Array.Find(Fields, f => f.Name == name).Copy(from, to);

    /// <summary>Fields whose change may count as a follow-up (§10): budget, authority, need, time.</summary>
    public static IReadOnlyList<string> KeyFields { get; } = ["budget.min", "budget.max", "budget.match", "contact.role", "requirement", "products", "purchaseBy"];

    /// <summary>Makes a lead like the edited one and returns what changed.</summary>
    public static List<FieldChange> Apply(Lead edited, Lead lead)
    {
        List<FieldChange> changes = [];
        foreach (var (name, get, copy) in Fields)
        {
            if (!Equals(get(edited), get(lead)))
            {
                changes.Add(new FieldChange(name, Words(get(lead)), Words(get(edited))));
                copy(edited, lead);
            }
        }

        lead.Region = edited.Region;
        return changes;
    }

    private static string? List(List<string> texts) => texts.Count == 0 ? null : string.Join(", ", texts);

    private static string? Words(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}
