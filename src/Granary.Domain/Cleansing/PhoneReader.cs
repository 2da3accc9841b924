using System.Buffers;
using System.Globalization;
using Granary.Domain.Capture;

namespace Granary.Domain.Cleansing;

/// <summary>Reads typed telephone numbers: separators, country, trunk zero and extension in, E.164 out.</summary>
internal static class PhoneReader
{
    private const int MostDigits = 24;
    private const int MostExtensionDigits = 6;
    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789+-. ()");
    private static readonly string[] ExtensionMarks = ["转", "轉", "分机", "#", "extension", "ext", "x", ","];

    public static bool TryRead(string? raw, out PhoneNumber phone, out string? fault)
    {
        phone = default;
        var text = raw is null ? [] : CleanText.Compose(raw).AsSpan().Trim();
        var extension = text.ContainsAnyExcept(NumberSigns) ? SplitExtension(ref text) : [];
        Span<char> buffer = stackalloc char[MostDigits];
        if (!TryCollect(text, buffer, out var typed, out fault))
            return false;
        if (extension.Length > MostExtensionDigits || extension.ContainsAnyExceptInRange('0', '9'))
        {
            fault = PhoneFault.Characters;
            return false;
        }

        ReadOnlySpan<char> digits = buffer[..typed.Count];
        if (extension.IsEmpty && typed.LastGroup is > 0 and <= MostExtensionDigits)
        {
            // A short group after a number that is already whole is its extension: 0512-62345678-123.
            var before = digits[..^typed.LastGroup];
            if ((typed.GroupBefore >= 7 || IsServiceNumber(before))
                && TryDial(before, typed.HasPlus, out var whole, out _)
                && whole.StartsWith("+86", StringComparison.Ordinal))
            {
                phone = new PhoneNumber(whole, digits[^typed.LastGroup..].ToString());
                return true;
            }
        }

        if (!TryDial(digits, typed.HasPlus, out var e164, out fault))
            return false;
        phone = new PhoneNumber(e164, extension.IsEmpty ? null : extension.ToString());
        return true;
    }

    private static ReadOnlySpan<char> SplitExtension(ref ReadOnlySpan<char> text)
    {
        foreach (var mark in ExtensionMarks)
        {
            var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                var extension = text[(at + mark.Length)..].Trim(" .:-转分机");
                text = text[..at].TrimEnd(" (-");
                return extension.TrimEnd(')');
            }
        }

        return [];
    }

    private static bool TryCollect(ReadOnlySpan<char> text, Span<char> digits, out Typed typed, out string? fault)
    {
        typed = default;
        fault = null;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (typed.Count == digits.Length)
                {
                    fault = PhoneFault.Length;
                    return false;
                }

                digits[typed.Count++] = c;
                typed.LastGroup++;
            }
            else if (c == '+' && typed.Count == 0 && !typed.HasPlus)
                typed.HasPlus = true;
            else if (c is ' ' or '-' or '.' or '(' or ')' or '_' || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation)
            {
                if (typed.LastGroup > 0)
                    (typed.GroupBefore, typed.LastGroup) = (typed.LastGroup, 0);
            }
            else if (char.GetUnicodeCategory(c) is not UnicodeCategory.Format)
            {
                fault = PhoneFault.Characters;
                return false;
            }
        }

        if (typed.Count == 0)
            fault = PhoneFault.Characters;
        return typed.Count > 0;
    }

    private static bool TryDial(ReadOnlySpan<char> digits, bool hasPlus, out string e164, out string? fault)
    {
        if (digits.StartsWith("00"))
        {
            digits = digits[2..];
            hasPlus = true;
        }

        if (hasPlus && !digits.StartsWith("86"))
        {
            e164 = $"+{digits}";
            fault = digits.IsEmpty || digits[0] == '0' || !NumberPlan.IsLengthAbroad(digits) ? PhoneFault.Length
                : NumberPlan.IsMadeUp(digits[^Math.Min(8, digits.Length - 1)..]) ? PhoneFault.MadeUp
                : null;
            return fault is null;
        }

        if (hasPlus)
            digits = digits[2..];
        fault = CheckMainland(ref digits);
        // Without a plus 86 may still be the country: no area code and no mobile prefix begins so.
        if (fault is not null && !hasPlus && digits.StartsWith("86"))
        {
            digits = digits[2..];
            fault = CheckMainland(ref digits);
        }

        e164 = $"+86{digits}";
        return fault is null;
    }

    /// <summary>Checks a national number and takes its trunk zero off.</summary>
    private static string? CheckMainland(ref ReadOnlySpan<char> digits)
    {
        var hasTrunk = !digits.IsEmpty && digits[0] == '0';
        if (hasTrunk)
            digits = digits[1..];
        if (digits.Length < 5)
            return PhoneFault.Length;
        if (digits[0] == '1' && digits[1] != '0')
        {
            if (digits.Length != 11)
                return PhoneFault.Length;
            return !NumberPlan.IsMobile(digits) ? PhoneFault.MobilePrefix : MadeUp(digits[3..]);
        }

        if (!hasTrunk && digits.StartsWith("95") && digits.Length <= 8)
            return null;
        if (!hasTrunk && (digits.StartsWith("400") || digits.StartsWith("800")))
            return digits.Length != 10 ? PhoneFault.Length : MadeUp(digits[3..]);
        return CheckLandline(digits, hasTrunk);
    }

    private static string? CheckLandline(ReadOnlySpan<char> digits, bool hasTrunk)
    {
        if (!hasTrunk && digits.Length is 7 or 8)
            return PhoneFault.AreaCodeMissing;
        var isBigCity = digits[0] is '1' or '2';
        var area = isBigCity ? 2 : 3;
        var subscriber = digits[area..];
        if (Regions.FromAreaCode(digits[..area]) is null)
            return PhoneFault.AreaCodeUnknown;
        if (subscriber.Length != 8 && (isBigCity || subscriber.Length != 7) || subscriber[0] is '0' or '1' or '9')
            return PhoneFault.Length;
        return MadeUp(subscriber);
    }

    private static string? MadeUp(ReadOnlySpan<char> subscriber) => NumberPlan.IsMadeUp(subscriber) ? PhoneFault.MadeUp : null;

    private static bool IsServiceNumber(ReadOnlySpan<char> digits) =>
        digits.Length == 10 && (digits.StartsWith("400") || digits.StartsWith("800"));

    private struct Typed
    {
        public int Count;
        public int LastGroup;
        public int GroupBefore;
        public bool HasPlus;
    }
}
