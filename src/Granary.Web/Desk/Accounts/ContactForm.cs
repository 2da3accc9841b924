using System.Globalization;
using Granary.Application.Qualification;
using Granary.Domain.Policies;

namespace Granary.Web.Desk.Accounts;

/// <summary>A contact as a form posts it. What is known of phone, mail and WeChat is not shown: blank leaves it, a box takes it away.</summary>
public sealed class ContactForm
{
    public string? Name { get; set; }

    public string? Title { get; set; }

    public List<string>? Roles { get; set; }

    public bool KeyPerson { get; set; }

    public string? Phone { get; set; }

    public bool NoPhone { get; set; }

    public string? Email { get; set; }

    public bool NoEmail { get; set; }

    public string? WeChat { get; set; }

    public bool NoWeChat { get; set; }

    public string? Since { get; set; }

    public string? Until { get; set; }

    /// <summary>The version that an edit began with.</summary>
    public int Seen { get; set; }

    /// <summary>A stored contact.</summary>
    public static ContactForm Of(AccountContact c) => new()
    {
        Name = c.Name,
        Title = c.Title,
        Roles = [.. c.Roles],
        KeyPerson = c.KeyPerson,
        Since = Day(c.Since),
        Until = Day(c.Until),
        Seen = c.Version,
    };

    /// <summary>The contact that was typed over what it was.</summary>
    /// <param name="before">What it was; empty for a new one.</param>
    /// <param name="errors">What could not be read.</param>
    public AccountContactInput Over(AccountContactInput before, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> wrong = [];
        DateOnly? Day(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            wrong.Add(new FieldError(field, "invalid_format"));
            return null;
        }

        var input = before with
        {
            Name = Name ?? "",
            Title = Title,
            Roles = [.. (Roles ?? []).Select(AccountContact.RoleOf).OfType<Domain.Capture.BuyingRole>()],
            KeyPerson = KeyPerson,
            Phone = NoPhone ? null : Typed(Phone) ?? before.Phone,
            Email = NoEmail ? null : Typed(Email) ?? before.Email,
            WeChat = NoWeChat ? null : Typed(WeChat) ?? before.WeChat,
            Since = Day("since", Since),
            Until = Day("until", Until),
        };
        errors = wrong;
        return input;
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
