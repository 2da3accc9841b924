using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Forms;

/// <summary>What a form says in the visitor's language, and what kind of control each field is.</summary>
public sealed class FormWords(IStringLocalizer<IntakeTexts> texts, Setting setting)
{
    /// <summary>A text of the design; that of the other language where this one has none.</summary>
    public static string Say(IReadOnlyDictionary<string, string> words) =>
        words.TryGetValue(CultureInfo.CurrentUICulture.Name, out var said) && said.Length > 0 ? said : words.Values.FirstOrDefault(w => w.Length > 0) ?? "";

    /// <summary>The label of a field.</summary>
    public string Label(FormField field) => Say(field.Label) is { Length: > 0 } own ? own
        : Own(field.Path) is { } custom ? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" && custom.EnglishName is { Length: > 0 } english ? english : custom.Name
        : texts[$"field.{field.Path}"] is { ResourceNotFound: false } known ? known
        : field.Path["custom.".Length..];

    /// <summary>The choices of a field; null where anything may be typed.</summary>
    public IReadOnlyList<Choice>? Choices(string path) => path switch
    {
        "company.size" => [.. new[] { "large", "medium", "small" }.Select(size => new Choice(size, texts[$"size.{size}"]))],
        "contact.role" => [.. new[] { "decisionMaker", "influencer", "user" }.Select(role => new Choice(role, texts[$"role.{role}"]))],
        _ => Own(path) switch
        {
            { Kind: CustomFieldKind.Choice or CustomFieldKind.MultiChoice } field => [.. field.Choices.Select(c => new Choice(c.Id, c.Name))],
            { Kind: CustomFieldKind.YesNo } => [new("true", texts["custom.true"]), new("false", texts["custom.false"])],
            _ => null,
        },
    };

    private CustomField? Own(string path) => path.StartsWith("custom.", StringComparison.Ordinal) ? setting.Fields.Find(CustomFieldOwner.Lead, path["custom.".Length..]) : null;

    /// <summary>Type of the control.</summary>
    public string Type(string path) => Own(path)?.Kind switch
    {
        CustomFieldKind.Date => "date",
        CustomFieldKind.Number or CustomFieldKind.Money => "number",
        _ => Fixed(path),
    };

    private static string Fixed(string path) => path switch
    {
        "contact.phones" => "tel",
        "contact.emails" => "email",
        "company.headcount" or "budget.max" => "number",
        "purchaseBy" => "date",
        _ => "text",
    };

    /// <summary>Attributes of the control: how much it holds, and what browsers may fill in.</summary>
    public Dictionary<string, object> Attributes(string path)
    {
        Dictionary<string, object> attributes = [];
        if (Longest(path) is { } longest)
        {
            attributes["maxlength"] = longest;
        }

        if (Filled(path) is { } filled)
        {
            attributes["autocomplete"] = filled;
        }

        if (Fixed(path) == "number")
        {
            attributes["min"] = 0;
        }
        else if (Type(path) == "number")
        {
            attributes["step"] = "any";
        }

        return attributes;
    }

    private static int? Longest(string path) => path switch
    {
        "contact.name" => FieldLimits.ContactName,
        "contact.phones" => FieldLimits.Phone,
        "contact.emails" => FieldLimits.Email,
        "contact.wechat" => FieldLimits.WeChat,
        "contact.title" => FieldLimits.Title,
        "company.name" => FieldLimits.CompanyName,
        "company.creditCode" => FieldLimits.CreditCode,
        "company.industry" => FieldLimits.Industry,
        "company.province" or "company.city" => FieldLimits.Place,
        "requirement" => FieldLimits.Requirement,
        "products" => FieldLimits.Products * FieldLimits.Product,
        _ => path.StartsWith("custom.", StringComparison.Ordinal) ? FieldLimits.CustomValue : null,
    };

    private static string? Filled(string path) => path switch
    {
        "contact.name" => "name",
        "contact.phones" => "tel",
        "contact.emails" => "email",
        "contact.title" => "organization-title",
        "company.name" => "organization",
        "company.province" => "address-level1",
        "company.city" => "address-level2",
        _ => null,
    };
}
