using Granary.Domain.Capture;
using Granary.Domain.Privacy;

namespace Granary.Domain.Cleansing;

/// <summary>
/// A valid telephone number (§4.1, §4.2). Equal numbers are one number however they were typed: <c>138 0013-8000</c>,
/// <c>+86-138…</c>, <c>0086…</c>, <c>86138…</c>. It prints masked, so that it reaches no log by accident.
/// </summary>
/// <param name="E164">The number in E.164, <c>+8613800138000</c>; service numbers (400, 800, 95xxx) are written the same way.</param>
/// <param name="Extension">Digits of the extension; null for none.</param>
public readonly record struct PhoneNumber(string E164, string? Extension)
{
    private const string Mainland = "+86";
    private const int AreaDigits = 3;

    /// <summary>Whether it is a mainland mobile number.</summary>
    public bool IsMobile => IsMainland && E164.Length == 14 && E164[3] == '1';

    /// <summary>The number with its extension, <c>+8651262345678x8001</c>; it reads back as the same number.</summary>
    public string Full => Extension is null ? E164 : $"{E164}x{Extension}";

    /// <summary>The region of a mainland landline's area code, as <c>province/city</c>; null for all others.</summary>
    public string? AreaRegion => Regions.FromAreaCode(AreaCode)?.ToString();

    /// <summary>
    /// The number as far as a rule shows it: <c>138****8000</c>, <c>0512-****5678</c>, <c>+852****5678</c>; the extension is left out.
    /// An area code is the beginning of its number, and shown when three digits of that are.
    /// </summary>
    public string Masked(MaskRule rule)
    {
        if (rule.Hidden)
            return MaskRule.Nothing;
        if (!IsMainland)
            return $"+{rule.ApplyToDigits(E164[1..])}";
        var national = E164[Mainland.Length..];
        var area = AreaCode;
        if (area.IsEmpty)
            return rule.ApplyToDigits(national);
        var local = (rule with { First = 0 }).ApplyToDigits(national[area.Length..]);
        return rule.First < AreaDigits ? local : $"0{area}-{local}";
    }

    private bool IsMainland => E164.StartsWith(Mainland, StringComparison.Ordinal);

    /// <summary>Area code of a mainland landline without its zero; empty for all others.</summary>
    private ReadOnlySpan<char> AreaCode
    {
        get
        {
            if (!IsMainland || IsMobile)
                return [];
            var national = E164.AsSpan(Mainland.Length);
            if (national.Length < 10 || national.StartsWith("400") || national.StartsWith("800"))
                return [];
            return national[..(national[0] is '1' or '2' ? 2 : 3)];
        }
    }

    /// <summary>Reads a number; one without a country is the mainland's.</summary>
    /// <param name="raw">The number as typed.</param>
    /// <param name="phone">The number when it is valid.</param>
    /// <param name="fault">Otherwise the stable code of the rule that refused it, one of <see cref="PhoneFault"/>.</param>
    public static bool TryParse(string? raw, out PhoneNumber phone, out string? fault) => PhoneReader.TryRead(raw, out phone, out fault);

    /// <summary>The masked number.</summary>
    public override string ToString() => E164 is null ? string.Empty : Masked(ContactMasks.BuiltIn.Phone);
}

/// <summary>Rules that refuse a telephone number.</summary>
public static class PhoneFault
{
    /// <summary>There are letters or signs in it, or no digit at all.</summary>
    public const string Characters = "phone_characters";

    /// <summary>It has too few or too many digits.</summary>
    public const string Length = "phone_length";

    /// <summary>No mobile number begins so.</summary>
    public const string MobilePrefix = "phone_mobile_prefix";

    /// <summary>A landline without its area code.</summary>
    public const string AreaCodeMissing = "phone_area_code_missing";

    /// <summary>There is no such area code.</summary>
    public const string AreaCodeUnknown = "phone_area_code_unknown";

    /// <summary>It is obviously made up: one digit repeated, or a straight sequence.</summary>
    public const string MadeUp = "phone_made_up";
}
