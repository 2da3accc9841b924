using System.Globalization;

namespace Granary.Domain.Capture.Mapping;

/// <summary>A number with its unit, such as <c>1.2亿</c>, <c>50w</c> or <c>三百万</c>.</summary>
/// <param name="Number">The number before the unit.</param>
/// <param name="Unit">Factor of the unit; null when none was written.</param>
internal readonly record struct Scaled(decimal Number, decimal? Unit)
{
    private const string Digits = "零一二三四五六七八九";

    private static readonly (string Word, decimal Factor)[] Units =
    [
        ("千万", 10_000_000), ("百万", 1_000_000), ("十万", 100_000), ("million", 1_000_000),
        ("亿", 100_000_000), ("万", 10_000), ("w", 10_000), ("千", 1_000), ("k", 1_000), ("m", 1_000_000),
    ];

    /// <summary>The value, with <paramref name="otherwise"/> as the unit where none was written.</summary>
    public decimal Times(decimal otherwise) => Number * (Unit ?? otherwise);

    /// <summary>The factor of a unit's word; null when it is none.</summary>
    public static decimal? Factor(string word)
    {
        foreach (var (name, factor) in Units)
        {
            if (name == word)
            {
                return factor;
            }
        }

        return null;
    }

    /// <summary>Reads a number that is not negative; thousands may be grouped by commas.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Scaled scaled)
    {
        decimal? unit = null;
        scaled = default;
        if (text.IsEmpty || text.Length > 30)
        {
            return false;
        }

        if (TryChinese(text, out scaled))
        {
            return true;
        }

        foreach (var (word, factor) in Units)
        {
            if (text.EndsWith(word, StringComparison.Ordinal))
            {
                unit = factor;
                text = text[..^word.Length].TrimEnd();
                break;
            }
        }

        if (!GroupedByThousands(text)
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            || number > 1_000_000_000_000_000m)
        {
            return false;
        }

        scaled = new Scaled(number, unit);
        return true;
    }

    // A comma that does not group three digits may be a decimal comma: two ways to read it, so none.
    private static bool GroupedByThousands(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        while (comma >= 0)
        {
            var rest = text[(comma + 1)..];
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (comma is 0 or > 3 || (digits < 0 ? rest.Length : digits) != 3)
            {
                return false;
            }

            text = rest;
            comma = text.IndexOf(',');
        }

        return true;
    }

    private static bool TryChinese(ReadOnlySpan<char> text, out Scaled scaled)
    {
        scaled = default;
        decimal? unit = null;
        if (text[^1] is '万' or '亿')
        {
            unit = Factor(text[^1..].ToString());
            text = text[..^1];
        }

        var sum = 0;
        var digit = -1;
        foreach (var c in text)
        {
            var d = c == '两' ? 2 : Digits.IndexOf(c);
            if (d >= 0)
            {
                digit = d;
                continue;
            }

            var power = c switch { '十' => 10, '百' => 100, '千' => 1_000, _ => 0 };
            if (power == 0)
            {
                return false;
            }

            // 十五 is fifteen: a ten without a digit before it counts once.
            sum += (digit < 0 ? 1 : digit) * power;
            digit = 0;
        }

        scaled = new Scaled(sum + Math.Max(digit, 0), unit);
        return !text.IsEmpty;
    }
}
