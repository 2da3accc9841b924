using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Desk.Exports;

/// <summary>The columns that an export of leads can have. Where an import has the same field they are called alike, so that a file can be brought in again.</summary>
public static class LeadExportColumns
{
    /// <summary>Columns with contact data.</summary>
    public static IReadOnlyDictionary<string, ContactKind> Contacts { get; } = new Dictionary<string, ContactKind>
    {
        ["contact.phones"] = ContactKind.Phone,
        ["contact.emails"] = ContactKind.Email,
        ["contact.wechat"] = ContactKind.WeChat,
    };

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "company.name", "company.creditCode", "company.industry", "company.size", "company.headcount", "company.province", "company.city",
        "contact.name", "contact.title", "contact.role", "contact.phones", "contact.emails", "contact.wechat",
        "requirement", "products", "budget.min", "budget.max", "budget.match", "purchaseBy", "tags",
        "channel", "campaign", "keyword", "content", "receivedAt", "externalId",
        "status", "owner", "pool", "score", "priority", "cell", "nextStep", "nextAt", "followedAt", "changedAt", "id",
    ];

    /// <summary>Before the key of a custom field.</summary>
    public const string Custom = "custom.";

    /// <summary>All of them with the custom fields of leads.</summary>
    public static IReadOnlyList<string> With(CustomFieldsPolicy fields) => [.. All, .. fields.Of(CustomFieldOwner.Lead).Select(f => Custom + f.Key)];

    /// <summary>Those that are ticked at first.</summary>
    public static IReadOnlyList<string> Usual { get; } =
        ["company.name", "company.industry", "company.size", "contact.name", "contact.title", "contact.phones", "requirement", "channel", "receivedAt", "status", "owner", "score", "cell"];

    /// <summary>What a column says of a lead; contact data comes from elsewhere.</summary>
    internal static ExportCell Cell(string column, Lead lead, ExportWording words, Setting setting) => column switch
    {
        "company.name" => ExportCell.Of(lead.CompanyName),
        "company.creditCode" => ExportCell.Of(lead.CreditCode),
        "company.industry" => ExportCell.Of(lead.Industry),
        "company.headcount" => ExportCell.Of(lead.Headcount),
        "company.province" => ExportCell.Of(lead.Province),
        "company.city" => ExportCell.Of(lead.City),
        "contact.name" => ExportCell.Of(lead.ContactName),
        "contact.title" => ExportCell.Of(lead.Title),
        "requirement" => ExportCell.Of(lead.Requirement),
        "products" => ExportCell.Of(string.Join("; ", lead.Products)),
        "tags" => ExportCell.Of(string.Join("; ", lead.Tags)),
        "budget.min" => ExportCell.Of(lead.BudgetMin),
        "budget.max" => ExportCell.Of(lead.BudgetMax),
        "purchaseBy" => ExportCell.Of(lead.PurchaseBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "campaign" => ExportCell.Of(lead.Campaign),
        "keyword" => ExportCell.Of(lead.Keyword),
        "content" => ExportCell.Of(lead.Content),
        "receivedAt" => Time(lead.ReceivedAt, setting.Calendar.Zone),
        "externalId" => ExportCell.Of(lead.ExternalId),
        "score" => lead.Cell is null ? default : ExportCell.Of((decimal?)lead.Score),
        "cell" => ExportCell.Of(lead.Cell),
        "nextStep" => ExportCell.Of(lead.NextStep),
        "nextAt" => Time(lead.NextAt, setting.Calendar.Zone),
        "followedAt" => Time(lead.FollowedAt, setting.Calendar.Zone),
        "changedAt" => Time(lead.ChangedAt, setting.Calendar.Zone),
        "id" => ExportCell.Of(lead.Id.ToString()),
        _ => Figure(column, lead, setting) is { } figure ? ExportCell.Of(figure) : ExportCell.Of(words.Word(column, lead)),
    };

    // Numbers and money of custom fields stay numbers, so that a spreadsheet adds them up.
    private static decimal? Figure(string column, Lead lead, Setting setting) =>
        lead.Custom is not null && column.StartsWith(Custom, StringComparison.Ordinal) && setting.Fields.Find(CustomFieldOwner.Lead, column[Custom.Length..]) is { Kind: CustomFieldKind.Number or CustomFieldKind.Money } field
        && Json.Read<Dictionary<string, string>>(lead.Custom).TryGetValue(field.Key, out var value) && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var figure) ? figure : null;

    private static ExportCell Time(DateTimeOffset? at, TimeZoneInfo zone) =>
        ExportCell.Of(at is { } known ? TimeZoneInfo.ConvertTime(known, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : null);
}
