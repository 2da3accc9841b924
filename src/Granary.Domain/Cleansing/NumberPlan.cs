using System.Collections;

namespace Granary.Domain.Cleansing;

/// <summary>The telephone numbering plan as far as a number's validity depends on it (§4.2).</summary>
internal static class NumberPlan
{
    /// <summary>First three digits of mainland mobile numbers in use.</summary>
    private const string MobilePrefixes = "130-139 145-149 150-153 155-159 162 165-167 170-178 180-193 195-199";

    private static readonly BitArray Mobile = ReadPrefixes();

    /// <summary>Countries and regions often met whose numbers have a fixed length, by calling code: shortest, longest.</summary>
    private static readonly (string Code, int Shortest, int Longest)[] Abroad =
    [
        ("1", 10, 10), ("7", 10, 10), ("33", 9, 9), ("44", 9, 10), ("49", 6, 13), ("60", 8, 10), ("61", 9, 9), ("65", 8, 8), ("66", 8, 9),
        ("81", 9, 10), ("82", 8, 10), ("84", 9, 10), ("91", 10, 10), ("852", 8, 8), ("853", 8, 8), ("886", 8, 9),
    ];

    /// <summary>Whether the first three of the digits begin mobile numbers.</summary>
    public static bool IsMobile(ReadOnlySpan<char> digits) =>
        Mobile[(digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0'];

    /// <summary>Whether a number abroad, calling code first, has a possible length: E.164 allows 15 digits, some countries are stricter.</summary>
    public static bool IsLengthAbroad(ReadOnlySpan<char> digits)
    {
        foreach (var (code, shortest, longest) in Abroad)
        {
            if (digits.StartsWith(code))
                return digits.Length - code.Length >= shortest && digits.Length - code.Length <= longest;
        }

        return digits.Length is >= 8 and <= 15;
    }

    /// <summary>Whether digits are obviously made up: one digit repeated, or counting straight up or down (0 follows 9).</summary>
    public static bool IsMadeUp(ReadOnlySpan<char> digits)
    {
        var step = (digits[1] - digits[0] + 10) % 10;
        if (step is not (0 or 1 or 9))
            return false;
        for (var i = 2; i < digits.Length; i++)
        {
            if ((digits[i] - digits[i - 1] + 10) % 10 != step)
                return false;
        }

        return true;
    }

    private static BitArray ReadPrefixes()
    {
        var prefixes = new BitArray(1000);
        foreach (var range in MobilePrefixes.Split(' '))
        {
            for (var prefix = int.Parse(range[..3], null); prefix <= int.Parse(range[^3..], null); prefix++)
                prefixes[prefix] = true;
        }

        return prefixes;
    }
}
