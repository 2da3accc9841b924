using System.Buffers;
using System.Globalization;
using System.Text;
using Granary.Domain.Privacy;

namespace Granary.Domain.Cleansing;

/// <summary>A well-formed e-mail address (§4.1, §4.2), lower-case, its domain in ASCII (IDNA). It prints masked.</summary>
/// <param name="Value">The whole address.</param>
public readonly record struct EmailAddress(string Value)
{
    /// <summary>Most characters of an address (RFC 5321).</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;
    private const int MaxLabelLength = 63;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly SearchValues<char> LabelLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> Signs = SearchValues.Create("!#$%&'*+-/=?^_`{|}~.");

    /// <summary>The part after the at sign.</summary>
    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    /// <summary>The address with its local part as far as a rule shows it: <c>z***@example.com</c>; without its domain where nothing is to be shown.</summary>
    public string Masked(MaskRule rule) => rule.Hidden ? MaskRule.Nothing : string.Concat(rule.Apply(Value[..Value.LastIndexOf('@')]), Value.AsSpan(Value.LastIndexOf('@')));

    /// <summary>Reads an address; otherwise the fault is one of <see cref="EmailFault"/>.</summary>
    public static bool TryParse(string? raw, out EmailAddress email, out string? fault)
    {
        email = default;
        var text = raw is null ? string.Empty : CleanText.Compose(raw).Trim().ToLowerInvariant();
        var at = text.LastIndexOf('@');
        if (text.Length > MaxLength || at > MaxLocalLength)
            fault = EmailFault.TooLong;
        else if (at <= 0 || !IsLocalPart(text.AsSpan(0, at)))
            fault = EmailFault.Syntax;
        else if (!TryReadDomain(text[(at + 1)..], out var domain))
            fault = EmailFault.Domain;
        else
        {
            email = new EmailAddress($"{text.AsSpan(0, at)}@{domain}");
            fault = null;
        }

        return fault is null;
    }

    /// <summary>Brings a domain into the form in which domains are compared: lower-case ASCII with at least two labels.</summary>
    public static bool TryReadDomain(string text, out string domain)
    {
        domain = text;
        if (!Ascii.IsValid(text))
        {
            try
            {
                domain = Idn.GetAscii(text).ToLowerInvariant();
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        var labels = 0;
        var last = default(Range);
        foreach (var range in domain.AsSpan().Split('.'))
        {
            var label = domain.AsSpan(range);
            if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-' || label.ContainsAnyExcept(LabelLetters))
                return false;
            last = range;
            labels++;
        }

        return labels >= 2 && domain.AsSpan(last) is { Length: >= 2 } top && top.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>The masked address.</summary>
    public override string ToString() => Value is null ? string.Empty : Masked(ContactMasks.BuiltIn.Email);

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
            return false;
        foreach (var c in local)
        {
            if (!char.IsLetterOrDigit(c) && !Signs.Contains(c) && !char.IsSurrogate(c))
                return false;
        }

        return true;
    }
}

/// <summary>Rules that refuse an e-mail address.</summary>
public static class EmailFault
{
    /// <summary>It is not an address.</summary>
    public const string Syntax = "email_syntax";

    /// <summary>It is longer than mail allows.</summary>
    public const string TooLong = "email_too_long";

    /// <summary>No mail domain looks so.</summary>
    public const string Domain = "email_domain";

    /// <summary>Its domain gives out throw-away addresses.</summary>
    public const string Disposable = "email_disposable";
}
