using System.Globalization;
using System.Text;
using Granary.Domain.Policies;

namespace Granary.Domain.People;

/// <summary>
/// What a password must hold to (§18): 10 to 128 characters, none of those that everybody tries first, and not the person's own
/// name or address. There are no rules of composition: they lead to <c>Passw0rd!2026</c>.
/// </summary>
public static class PasswordRules
{
    /// <summary>Shortest password, in characters.</summary>
    public const int Shortest = 10;

    /// <summary>Longest password, in characters.</summary>
    public const int Longest = 128;

    // Below this many characters that do not follow from the one before, a password is a walk over the keyboard.
    private const int LeastSurprises = 5;

    // Longest unit whose repetition alone makes a password.
    private const int LongestUnit = 5;

    // Shortest own word that is looked for: two letters begin too many passwords.
    private const int ShortestOwn = 3;

    private static readonly string[] Keyboard =
    [
        "1234567890-=", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "0p", "!@#$%^&*()", "abcdefghijklmnopqrstuvwxyz",
    ];

    private static readonly HashSet<(char, char)> Steps = [.. Keyboard.SelectMany(row => row.Zip(row[1..])).SelectMany(s => new[] { (s.First, s.Second), (s.Second, s.First) })];

    private static readonly HashSet<string> Common = [.. CommonPasswords.All, .. CommonPasswords.All.Select(Plain)];

    /// <summary>Why a password is refused; null when it does.</summary>
    /// <param name="field">The field that the error names.</param>
    /// <param name="password">The password.</param>
    /// <param name="own">The person's name and e-mail address; what is missing is passed over.</param>
    /// <returns><c>too_short</c>, <c>too_long</c>, <c>password_common</c>, <c>password_pattern</c> or <c>password_own</c>.</returns>
    public static FieldError? Check(string field, string password, params IReadOnlyList<string?> own)
    {
        var lower = password.ToLowerInvariant();
        return password.Length < Shortest ? new FieldError(field, "too_short", Shortest.ToString(CultureInfo.InvariantCulture))
            : password.Length > Longest ? new FieldError(field, "too_long", Longest.ToString(CultureInfo.InvariantCulture))
            : IsOwn(lower, own) ? new FieldError(field, "password_own")
            : IsCommon(lower) ? new FieldError(field, "password_common")
            : IsPattern(lower) ? new FieldError(field, "password_pattern")
            : null;
    }

    /// <summary>Whether a password in lower case is one of those tried first, also with the usual digits behind it or within it.</summary>
    private static bool IsCommon(string lower)
    {
        var stem = Stem(lower);
        return Forms(lower).Concat(Forms(stem)).Concat(Forms(Head(stem))).Any(Common.Contains)
            || (Doubled(lower) is { } half && Common.Contains(half))
            || (Doubled(stem) is { } word && Common.Contains(word));
    }

    private static IEnumerable<string> Forms(string text) => text.Length < ShortestOwn ? [] : [text, Plain(text)];

    /// <summary>Whether it repeats a few characters, or goes along the keyboard, the alphabet or the digits.</summary>
    private static bool IsPattern(string lower)
    {
        for (var unit = 1; unit <= LongestUnit; unit++)
        {
            var length = unit;
            if (lower.Index().All(c => c.Item == lower[c.Index % length]))
            {
                return true;
            }
        }

        return lower.Distinct().Count() <= 2 || Surprises(lower) < LeastSurprises;
    }

    // A character surprises unless it repeats its forerunner, counts on from it or lies beside it.
    private static int Surprises(string lower) => 1 + lower.Zip(lower[1..]).Count(s => s.First != s.Second && !Steps.Contains(s));

    private static bool IsOwn(string lower, IReadOnlyList<string?> own)
    {
        var (whole, stem) = (Letters(lower), Letters(Stem(lower)));
        return own.OfType<string>().SelectMany(o => new[] { o, o.Split('@')[0] }).Select(o => Letters(o.ToLowerInvariant()))
            .Any(o => o.Length >= ShortestOwn && (o == whole || o == stem || (Letters(Stem(o)) == stem && stem.Length >= ShortestOwn)));
    }

    // 张三 stays; separators of names and addresses go.
    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>Without the digits and signs that people put behind a word when they are asked for a longer one.</summary>
    private static string Stem(string text) => text.TrimEnd([.. "0123456789!@#$%^&*()-_=+.,;:?~ "]);

    private static string Head(string text) => text.TrimStart([.. "0123456789!@#$%^&*()-_=+.,;:?~ "]);

    private static string? Doubled(string text) => text.Length >= 2 * ShortestOwn && text.Length % 2 == 0 && text[..(text.Length / 2)] == text[(text.Length / 2)..] ? text[..(text.Length / 2)] : null;

    /// <summary>With letters for the digits and signs that stand for them: <c>p@55w0rd</c> is <c>password</c>.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(c switch
            {
                '0' => 'o',
                '1' or '!' or '|' => 'i',
                '3' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' => 't',
                '8' => 'b',
                '9' => 'g',
                _ => c,
            });
        }

        return plain.ToString();
    }
}
