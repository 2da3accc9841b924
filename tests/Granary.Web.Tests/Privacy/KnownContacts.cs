using System.Text;
using System.Text.RegularExpressions;

namespace Granary.Web.Tests.Privacy;

/// <summary>Numbers, addresses and ids that exist nowhere but in this test, and the search for what is left of them.</summary>
internal sealed partial class KnownContacts
{
    private const string MailMark = "kontakt", WeChatMark = "geheim";

    private readonly HashSet<string> _phones = [];

    /// <summary>How many were given out.</summary>
    public int Count { get; private set; }

    /// <summary>The next three.</summary>
    public (string Phone, string Email, string WeChat) Next()
    {
        var i = Count++;
        var phone = $"1{"35678"[i % 5]}{i % 9}{((long)i * 48_271 * 7_919) % 100_000_000:00000000}";
        _phones.Add(phone);
        return (phone, $"{MailMark}{i:0000}qz@firma{i}.example.com", $"{WeChatMark}{i:0000}xy");
    }

    /// <summary>What of them stands in bytes: as text in UTF-8 or UTF-16, also within hexadecimal digits.</summary>
    public IEnumerable<string> In(ReadOnlyMemory<byte> bytes)
    {
        var once = Encoding.Latin1.GetString(bytes.Span);
        IEnumerable<string> found = Found(once);
        // UTF-16 is the same text with a zero between its signs.
        return found.Concat(Found(once.Replace("\0", "", StringComparison.Ordinal))).Distinct();
    }

    /// <summary>What of them stands in a text.</summary>
    public IEnumerable<string> In(string text) => Found(text).Distinct();

    private IEnumerable<string> Found(string text)
    {
        foreach (Match run in Digits().Matches(text))
        {
            for (var i = 0; i + 11 <= run.Length; i++)
            {
                if (_phones.Contains(run.Value.Substring(i, 11)))
                {
                    yield return Around(text, run.Index + i);
                }
            }
        }

        foreach (Match mark in Marks().Matches(text))
        {
            yield return Around(text, mark.Index);
        }
    }

    private static string Around(string text, int at)
    {
        var from = Math.Max(0, at - 30);
        return string.Concat(text[from..Math.Min(text.Length, at + 60)].Select(c => char.IsControl(c) || c > '~' ? '·' : c));
    }

    [GeneratedRegex("[0-9]{11,}")]
    private static partial Regex Digits();

    // In the clear, and as a dump writes bytes.
    [GeneratedRegex("kontakt[0-9]{4}qz|geheim[0-9]{4}xy|6b6f6e74616b743|67656865696d3", RegexOptions.IgnoreCase)]
    private static partial Regex Marks();
}
