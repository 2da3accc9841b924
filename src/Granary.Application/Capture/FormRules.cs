using Granary.Domain.Policies;

namespace Granary.Application.Capture;

/// <summary>Hosts that a form may send its visitors to afterwards (§3 Forms), from the configuration; none when empty.</summary>
/// <param name="Hosts">Host names; a name covers the hosts below it.</param>
public sealed record RedirectHosts(IReadOnlyList<string> Hosts)
{
    /// <summary>Whether an address may be redirected to.</summary>
    public bool Allows(string address) =>
        !address.Any(c => char.IsControl(c) || c == '\\') && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0
        && Hosts.Any(host => uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || uri.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What a form must be before it is saved.</summary>
public static class FormRules
{
    /// <summary>Most fields.</summary>
    public const int MostFields = 40;

    private const int ShortText = 200, LongText = 2_000;

    private const string CustomPrefix = "custom.";

    /// <summary>Fields of a submission that a form can ask for, in the order editors offer them; <c>custom.…</c> besides.</summary>
    public static IReadOnlyList<string> Askable { get; } =
    [
        "contact.name", "contact.phones", "contact.emails", "contact.wechat", "contact.title", "contact.role",
        "company.name", "company.creditCode", "company.industry", "company.size", "company.headcount", "company.province", "company.city",
        "requirement", "products", "budget.max", "purchaseBy",
    ];

    /// <summary>Languages that a form speaks.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    /// <summary>What is wrong with a design; nothing when it can be saved.</summary>
    public static IEnumerable<FieldError> Validate(this FormDesign design, RedirectHosts redirects)
    {
        if (design.Title.Values.All(string.IsNullOrWhiteSpace))
        {
            yield return new FieldError("design.title.zh-CN", "required");
        }

        foreach (var (name, texts, longest) in new[]
        {
            ("title", design.Title, ShortText), ("intro", design.Intro, LongText), ("consentText", design.ConsentText, LongText), ("thankYou", design.ThankYou, LongText),
        })
        {
            foreach (var (language, _) in texts.Where(t => t.Value.Length > longest))
            {
                yield return new FieldError($"design.{name}.{language}", "too_long", $"{longest}");
            }
        }

        if (design.ConsentVersion.Length is 0 or > 40)
        {
            yield return new FieldError("design.consentVersion", design.ConsentVersion.Length == 0 ? "required" : "too_long", "40");
        }

        if (design.RedirectTo is { } address && !redirects.Allows(address))
        {
            yield return new FieldError("design.redirectTo", "not_allowed");
        }

        if (design.Fields.Count is 0 or > MostFields)
        {
            yield return design.Fields.Count == 0 ? new FieldError("design.fields", "required") : new FieldError("design.fields", "too_many", $"{MostFields}");
        }

        if (design.Fields.Count > 0 && !design.Fields.Any(f => f.Path is "contact.phones" or "contact.emails" or "contact.wechat"))
        {
            yield return new FieldError("design.fields", "contact_required");
        }

        foreach (var (i, field) in design.Fields.Index())
        {
            if (!Askable.Contains(field.Path) && !(field.Path.StartsWith(CustomPrefix, StringComparison.Ordinal) && field.Path.Length > CustomPrefix.Length))
            {
                yield return new FieldError($"design.fields[{i}].path", "unknown_field");
            }
            else if (design.Fields.Take(i).Any(earlier => earlier.Path == field.Path))
            {
                yield return new FieldError($"design.fields[{i}].path", "duplicate");
            }

            foreach (var (language, _) in field.Label.Where(l => l.Value.Length > ShortText))
            {
                yield return new FieldError($"design.fields[{i}].label.{language}", "too_long", $"{ShortText}");
            }
        }
    }
}
