using Granary.Domain.Policies;

namespace Granary.Domain.Cleansing;

/// <summary>What an entry of the blacklist names. Numbers are stored.</summary>
public enum BlacklistKind
{
    /// <summary>A telephone number.</summary>
    Phone = 1,

    /// <summary>An e-mail address.</summary>
    Email = 2,

    /// <summary>A mail domain with its sub-domains.</summary>
    Domain = 3,

    /// <summary>A company, by its whole name.</summary>
    Company = 4,

    /// <summary>A network address or CIDR range.</summary>
    Ip = 5,
}

/// <summary>An entry of the blacklist (§4.3); its value is always valid and in the form in which it is compared.</summary>
public sealed record BlacklistEntry
{
    private BlacklistEntry(BlacklistKind kind, string value, string reason, string author, DateTimeOffset? expiresAt) =>
        (Kind, Value, Reason, Author, ExpiresAt) = (kind, value, reason, author, expiresAt);

    /// <summary>What the value is.</summary>
    public BlacklistKind Kind { get; }

    /// <summary>The value in normal form: E.164, lower-case address or domain, company name, CIDR.</summary>
    public string Value { get; }

    /// <summary>Why it is listed.</summary>
    public string Reason { get; }

    /// <summary>Who listed it.</summary>
    public string Author { get; }

    /// <summary>From when on it no longer counts; null is never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>Makes an entry, or says what is wrong with its value or reason.</summary>
    public static bool TryCreate(
        BlacklistKind kind, string? value, string? reason, string author, DateTimeOffset? expiresAt, out BlacklistEntry? entry, out FieldError? error)
    {
        entry = null;
        error = CleanText.Line(reason) is null ? new FieldError("reason", "required") : null;
        if (CleanText.Line(value) is not { } text)
            error = new FieldError("value", "required");
        else if (Normalise(kind, text, out var fault) is not { } normal)
            error = new FieldError("value", fault!);
        else if (error is null)
            entry = new BlacklistEntry(kind, normal, CleanText.Line(reason)!, author, expiresAt);
        return entry is not null;
    }

    /// <summary>Whether it counts at an instant.</summary>
    public bool IsInForce(DateTimeOffset now) => ExpiresAt is not { } end || now < end;

    /// <summary>A company name as it is compared here: letters and digits alone, lower-case.</summary>
    internal static string CompanyKey(string name)
    {
        Span<char> kept = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        var count = 0;
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
                kept[count++] = char.ToLowerInvariant(c);
        }

        return kept[..count].ToString();
    }

    private static string? Normalise(BlacklistKind kind, string text, out string? fault)
    {
        fault = null;
        switch (kind)
        {
            case BlacklistKind.Phone:
                return PhoneNumber.TryParse(text, out var phone, out fault) ? phone.E164 : null;
            case BlacklistKind.Email:
                return EmailAddress.TryParse(text, out var email, out fault) ? email.Value : null;
            case BlacklistKind.Domain:
                fault = EmailFault.Domain;
                return EmailAddress.TryReadDomain(text.TrimStart('@').ToLowerInvariant(), out var domain) ? domain : null;
            case BlacklistKind.Company:
                fault = "company_name";
                return CompanyKey(text) is { Length: > 0 } key ? key : null;
            case BlacklistKind.Ip:
                fault = "ip_range";
                return NetworkRange.TryParse(text, out var range) ? range.ToString() : null;
            default:
                fault = "unknown_value";
                return null;
        }
    }
}
