using System.Text;

namespace Granary.Domain.FollowUp;

/// <summary>A text with places that a lead fills, such as <c>{contact}</c>.</summary>
public static class TemplateText
{
    /// <summary>Stands where a lead does not know the value, so that nobody overlooks the gap.</summary>
    public const string Gap = "…";

    /// <summary>Names of the places.</summary>
    public static IReadOnlyList<string> Places { get; } = ["contact", "title", "company", "product", "me"];

    /// <summary>The first place of a text that nothing fills, such as a mistyped one; null when all are known.</summary>
    /// <param name="text">The text.</param>
    public static string? Unknown(string text)
    {
        string? unknown = null;
        Walk(text, place => unknown ??= Places.Contains(place) ? null : place);
        return unknown;
    }

    /// <summary>Fills the places of a text. Values are taken as they are: braces in them fill nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">What stands in which place.</param>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values)
    {
        var filled = new StringBuilder(text.Length);
        Walk(text, place => filled.Append(values.GetValueOrDefault(place) is { Length: > 0 } value ? value : Gap), part => filled.Append(part));
        return filled.ToString();
    }

    private delegate void Part(ReadOnlySpan<char> text);

    // A place is a word of letters in braces; other braces are text.
    private static void Walk(string text, Action<string> place, Part? between = null)
    {
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            var close = rest[open..].IndexOf('}');
            var name = close > 1 ? rest.Slice(open + 1, close - 1) : [];
            if (!IsWord(name))
            {
                between?.Invoke(rest[..(open + 1)]);
                rest = rest[(open + 1)..];
                continue;
            }

            between?.Invoke(rest[..open]);
            place(name.ToString());
            rest = rest[(open + close + 1)..];
        }

        between?.Invoke(rest);
    }

    private static bool IsWord(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetter(c))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
