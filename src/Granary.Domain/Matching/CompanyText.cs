using System.Globalization;
using System.Text;

namespace Granary.Domain.Matching;

/// <summary>Normalises the letters of a company name, whatever was typed (§4.1, §5.2).</summary>
internal static class CompanyText
{
    /// <summary>One form of a text: see <see cref="CompanyName.Full"/>. Words of Latin letters stay apart by one space.</summary>
    public static string Fold(string raw)
    {
        var text = raw.AsSpan().Trim();
        if (text.Length > CompanyName.Longest)
            text = text[..CompanyName.Longest];
        if (text.ContainsAnyExcept(Plain))
            text = Decompose(text.ToString());

        Span<char> folded = stackalloc char[Math.Min(text.Length, CompanyName.Longest)];
        var length = 0;
        foreach (var letter in text)
        {
            if (length == folded.Length)
                break;
            var next = FoldLetter(letter);
            if (next == Dropped || (next == ' ' && (length == 0 || !IsLatin(folded[length - 1]))))
                continue;
            if (!IsLatin(next) && length > 0 && folded[length - 1] == ' ')
                length--;
            folded[length++] = next;
        }

        return folded[..length].TrimEnd(' ').ToString();
    }

    /// <summary>Whether the text has Chinese, Japanese or Korean letters.</summary>
    public static bool HasIdeograph(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (IsIdeograph(letter))
                return true;
        }

        return false;
    }

    /// <summary>Whether every letter is Chinese, Japanese or Korean.</summary>
    public static bool AllIdeographs(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!IsIdeograph(letter))
                return false;
        }

        return true;
    }

    public static bool IsIdeograph(char letter) => letter is >= '\u3400' and <= '\u9fff' or >= '\u3040' and <= '\u30ff' or >= '\uac00' and <= '\ud7a3';

    private const char Dropped = '\0';

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        [.. Range(' ', '~'), .. Range('\u4e00', '\u9fff'), .. Range('\uff01', '\uff5e'), .. "\u3000（）【】〔〕《》“”‘’·—…、。，"]);

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(static code => (char)code);

    private static bool IsLatin(char letter) => letter is not ' ' and not '(' and not ')' && !IsIdeograph(letter);

    private static char FoldLetter(char letter)
    {
        if (letter is >= '\uff01' and <= '\uff5e')
            letter = (char)(letter - 0xfee0);
        return letter switch
        {
            >= 'a' and <= 'z' or >= '0' and <= '9' or '&' => letter,
            >= 'A' and <= 'Z' => (char)(letter | 0x20),
            '(' or '[' or '{' or '【' or '〔' => '(',
            ')' or ']' or '}' or '】' or '〕' => ')',
            '.' or '\'' or '’' or '‘' or '"' or '“' or '”' or '·' or '•' or '・' or '《' or '》' or '*' or '/' or '。' => Dropped,
            >= '\u4e00' and <= '\u9fff' => TraditionalForms.Simplify(letter),
            _ when char.IsLetterOrDigit(letter) => char.ToLowerInvariant(letter),
            _ when char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format && !char.IsWhiteSpace(letter) => Dropped,
            _ => ' ',
        };
    }

    /// <summary>NFKC, and Latin letters without their accents; half of a surrogate pair becomes a space.</summary>
    private static string Decompose(string text)
    {
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            valid.Append(rune == Rune.ReplacementChar ? " " : rune.ToString());
        var plain = new StringBuilder(valid.Length);
        foreach (var letter in valid.ToString().Normalize(NormalizationForm.FormKC))
        {
            if (letter is < '\u00c0' or (> '\u024f' and < '\u1e00') or > '\u1eff')
                plain.Append(letter);
            else if (Ligature(letter) is { } spelled)
                plain.Append(spelled);
            else
                plain.Append(letter.ToString().Normalize(NormalizationForm.FormD)[0]);
        }

        return plain.ToString();
    }

    private static string? Ligature(char letter) => letter switch
    {
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ł' or 'Ł' => "l",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        _ => null,
    };
}
