using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Qualification;

/// <summary>The normal form of what is said about accounts and their contacts, and what is wrong with it.</summary>
internal static class AccountRules
{
    public const int MostContacts = 50;

    private const int MostLines = 50, LongestLine = 200, LongestNote = 4_000, IndustryLevels = 3, LongestIndustry = 60;

    public static AccountInput Normalised(AccountInput input) => input with
    {
        Name = CleanText.Line(input.Name) ?? "",
        CreditCode = string.IsNullOrWhiteSpace(input.CreditCode) ? null : CreditCode.Normalise(input.CreditCode),
        Industry = CleanText.Line(input.Industry) is { } path ? string.Join('/', path.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } kept ? kept : null : null,
        Province = CleanText.Line(input.Province),
        City = CleanText.Line(input.City),
        Tier = string.IsNullOrWhiteSpace(input.Tier) ? null : input.Tier.Trim(),
        Website = Site(input.Website),
        Sites = Lines(input.Sites),
        PastOrders = Lines(input.PastOrders),
        Competitors = Lines(input.Competitors),
        Note = CleanText.Lines(input.Note),
        Contacts = [.. input.Contacts.Select(Normalised)],
    };

    /// <summary>The same with its custom fields as they are kept.</summary>
    public static AccountInput Typed(AccountInput input, Setting setting) => input with { Custom = CustomValues.Read(setting, CustomFieldOwner.Account, input.Custom).Values };

    public static AccountContactInput Normalised(AccountContactInput input) => input with
    {
        Name = CleanText.Line(input.Name) ?? "",
        Title = CleanText.Line(input.Title),
        Phone = CleanText.Line(input.Phone),
        Email = CleanText.Line(input.Email),
        WeChat = CleanText.Line(input.WeChat),
        Roles = [.. input.Roles.Distinct().OrderDescending()],
    };

    /// <summary>What is wrong with an account.</summary>
    /// <param name="input">In its normal form.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="before">The owner and tier it has: whoever keeps an owner who left, or a tier that was taken off the list, is not refused for it.</param>
    public static List<FieldError> Errors(AccountInput input, Setting setting, Account? before = null)
    {
        List<FieldError> errors = [.. Text("name", input.Name, FieldLimits.CompanyName, required: true)];
        if (errors.Count == 0 && CompanyName.Parse(input.Name) is null)
        {
            errors.Add(new FieldError("name", "company_name"));
        }

        if (input.CreditCode is { } code && !CreditCode.IsValid(code))
        {
            errors.Add(new FieldError("creditCode", "credit_code"));
        }

        if (input.OwnerId is { } owner && owner != before?.OwnerId && setting.People.GetValueOrDefault(owner)?.Status is not PersonStatus.Active)
        {
            errors.Add(new FieldError("ownerId", setting.People.ContainsKey(owner) ? "inactive_user" : "unknown_value"));
        }

        var levels = input.Industry?.Split('/') ?? [];
        errors.AddRange(levels.Length > IndustryLevels ? [new FieldError("industry", "too_many", $"{IndustryLevels}")] : levels.SelectMany(l => Text("industry", l, LongestIndustry)).Take(1));
        errors.AddRange(Text("province", input.Province, FieldLimits.Place));
        errors.AddRange(Text("city", input.City, FieldLimits.Place));
        if (input.Size is { } size && !Enum.IsDefined(size))
        {
            errors.Add(new FieldError("size", "not_a_choice"));
        }

        if (input.Headcount is < 1 or > FieldLimits.Headcount)
        {
            errors.Add(new FieldError("headcount", "out_of_range", $"1–{FieldLimits.Headcount}"));
        }

        if (input.Tier is { } tier && tier != before?.Tier && setting.Qualification.Tiers.All(t => t.Id != tier))
        {
            errors.Add(new FieldError("tier", "not_a_choice"));
        }

        if (input.Website is { } site && (site.Length > FieldLimits.Url || !Uri.TryCreate(site, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !uri.Host.Contains('.', StringComparison.Ordinal)))
        {
            errors.Add(new FieldError("website", "invalid_format"));
        }

        errors.AddRange(Several("sites", input.Sites));
        errors.AddRange(Several("pastOrders", input.PastOrders));
        errors.AddRange(Several("competitors", input.Competitors));
        if (input.Note?.Length > LongestNote)
        {
            errors.Add(new FieldError("note", "too_long", $"{LongestNote}"));
        }

        errors.AddRange(CustomValues.Read(setting, CustomFieldOwner.Account, input.Custom, before is null ? null : AccountInput.CustomOf(before)).Errors);
        if (input.Custom.Count > FieldLimits.CustomFields)
        {
            errors.Add(new FieldError("custom", "too_many", $"{FieldLimits.CustomFields}"));
        }

        errors.AddRange(input.Custom.SelectMany(c => Text($"custom.{c.Key}", c.Value, FieldLimits.CustomValue)));
        if (input.Contacts.Count > MostContacts)
        {
            errors.Add(new FieldError("contacts", "too_many", $"{MostContacts}"));
            return errors;
        }

        errors.AddRange(input.Contacts.SelectMany((c, i) => Errors(c, $"contacts[{i}].")));
        return errors;
    }

    /// <summary>What is wrong with a contact.</summary>
    public static IEnumerable<FieldError> Errors(AccountContactInput contact, string path = "")
    {
        foreach (var error in Text($"{path}name", contact.Name, FieldLimits.ContactName, required: true).Concat(Text($"{path}title", contact.Title, FieldLimits.Title)))
        {
            yield return error;
        }

        if (contact.Phone is not null && !PhoneNumber.TryParse(contact.Phone, out _, out var phone))
        {
            yield return new FieldError($"{path}phone", phone!);
        }

        if (contact.Email is not null && !EmailAddress.TryParse(contact.Email, out _, out var email))
        {
            yield return new FieldError($"{path}email", email!);
        }

        if (contact.WeChat is not null && !WeChatId.TryParse(contact.WeChat, out _, out var weChat))
        {
            yield return new FieldError($"{path}wechat", weChat!);
        }

        if (contact.Roles.Any(r => !Enum.IsDefined(r)))
        {
            yield return new FieldError($"{path}roles", "not_a_choice");
        }

        foreach (var (field, day) in new[] { ("since", contact.Since), ("until", contact.Until) })
        {
            if (day is { Year: < 1950 or > FieldLimits.LastYear })
            {
                yield return new FieldError($"{path}{field}", "out_of_range", $"1950–{FieldLimits.LastYear}");
            }
        }

        if (contact.Until < contact.Since)
        {
            yield return new FieldError($"{path}until", "before_start");
        }
    }

    private static IEnumerable<FieldError> Several(string field, IReadOnlyList<string> lines) => lines.Count > MostLines
        ? [new FieldError(field, "too_many", $"{MostLines}")]
        : lines.SelectMany((line, i) => Text($"{field}[{i}]", line, LongestLine));

    private static IEnumerable<FieldError> Text(string field, string? text, int limit, bool required = false) =>
        required && string.IsNullOrEmpty(text) ? [new FieldError(field, "required")]
        : text?.Length > limit ? [new FieldError(field, "too_long", $"{limit}")]
        : text?.Any(char.IsControl) == true ? [new FieldError(field, "control_character")]
        : [];

    private static IReadOnlyList<string> Lines(IReadOnlyList<string> lines) => [.. lines.Select(CleanText.Line).OfType<string>().Distinct(StringComparer.Ordinal)];

    // Who types an address leaves the scheme out.
    private static string? Site(string? typed) => CleanText.Line(typed) is not { } site ? null : site.Contains("://", StringComparison.Ordinal) ? site : $"https://{site}";
}
