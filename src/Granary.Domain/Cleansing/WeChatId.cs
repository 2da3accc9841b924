using Granary.Domain.Privacy;

namespace Granary.Domain.Cleansing;

/// <summary>A WeChat id, lower-case (§4.1): the id itself, or the mobile or QQ number an account is found by. It prints masked.</summary>
/// <param name="Value">The id.</param>
public readonly record struct WeChatId(string Value)
{
    private const int MinLength = 6;
    private const int MaxLength = 20;

    /// <summary>The id as far as a rule shows it: <c>z***1</c>.</summary>
    public string Masked(MaskRule rule) => rule.Apply(Value);

    /// <summary>Reads an id; otherwise the fault is one of <see cref="WeChatFault"/>.</summary>
    public static bool TryParse(string? raw, out WeChatId id, out string? fault)
    {
        id = default;
        var text = raw is null ? string.Empty : CleanText.Compose(raw).Trim().ToLowerInvariant();
        fault = text.Length > 0 && char.IsAsciiLetter(text[0]) ? CheckId(text) : CheckNumber(ref text);
        if (fault is not null)
            return false;
        id = new WeChatId(text);
        return true;
    }

    /// <summary>The masked id.</summary>
    public override string ToString() => Value is null ? string.Empty : Masked(ContactMasks.BuiltIn.WeChat);

    private static string? CheckId(string text)
    {
        if (text.Length is < MinLength or > MaxLength)
            return WeChatFault.Syntax;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                return WeChatFault.Syntax;
        }

        return null;
    }

    private static string? CheckNumber(ref string text)
    {
        if (PhoneNumber.TryParse(text, out var phone, out var fault) && phone.IsMobile)
        {
            text = phone.E164[3..];
            return null;
        }

        var isNumber = text.Length is >= 5 and <= 11 && text[0] != '0' && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        if (!isNumber)
            return WeChatFault.Syntax;
        return fault == PhoneFault.MadeUp || NumberPlan.IsMadeUp(text) ? WeChatFault.MadeUp : null;
    }
}

/// <summary>Rules that refuse a WeChat id.</summary>
public static class WeChatFault
{
    /// <summary>No id looks so.</summary>
    public const string Syntax = "wechat_syntax";

    /// <summary>A number that is obviously made up.</summary>
    public const string MadeUp = "wechat_made_up";
}
