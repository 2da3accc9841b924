using System.Net.Mail;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>What an administrator says about a user.</summary>
public sealed record UserInput
{
    /// <summary>The name shown, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address; they sign in with it.</summary>
    public required string Email { get; init; }

    /// <summary>The department they belong to.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Keys of their roles, at least one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Active, away or departed; who has departed can no longer sign in.</summary>
    public PersonStatus Status { get; init; }

    /// <summary>What assignment goes by.</summary>
    public AssignmentProfile Profile { get; init; } = new();

    /// <summary>The same without the spaces that people type around words.</summary>
    public UserInput Trimmed() => this with { Name = Name.Trim(), Email = Email.Trim(), Roles = [.. Roles.Distinct(StringComparer.Ordinal)] };

    /// <summary>What is wrong with it by itself.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Checks.Text("name", Name, 100),
        .. Checks.Email("email", Email),
        .. Roles.Count == 0 ? [new FieldError("roles", "required")] : Array.Empty<FieldError>(),
        .. Profile.Validate(),
    ];
}

/// <summary>Checks of single fields.</summary>
internal static class Checks
{
    public static IEnumerable<FieldError> Text(string field, string text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return new FieldError(field, "required");
        }
        else if (text.Length > longest)
        {
            yield return new FieldError(field, "too_long", longest.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public static IEnumerable<FieldError> Email(string field, string email)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            yield return new FieldError(field, "required");
        }
        else if (email.Length > 254 || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email || !parsed.Host.Contains('.', StringComparison.Ordinal))
        {
            yield return new FieldError(field, "email_syntax");
        }
    }

    public static IEnumerable<FieldError> Password(string password, UserInput user) =>
        PasswordRules.Check("password", password, user.Name, user.Email) is { } error ? [error] : [];
}
