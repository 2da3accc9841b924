using System.Buffers;
using System.Text;

namespace Granary.Domain.Analytics;

/// <summary>A term of requirements.</summary>
/// <param name="Text">The term.</param>
/// <param name="Count">In how many texts it occurs.</param>
/// <param name="Known">Whether it is a product, an industry or another word that was given.</param>
public sealed record DemandTerm(string Text, int Count, bool Known);

/// <summary>
/// What requirements speak of (§15 point 10), counted by texts and not by mentions. Words that are given (products, industries) are found as they are;
/// besides them runs of Latin letters are words, and of Chinese characters every piece of 2 to 8 that occurs in several texts is a term, unless a
/// longer one occurs in the same texts as often: 数据安全 then stands for 数据安, 据安 and the like, while 数据 stands beside it where it occurs more often.
/// </summary>
public static class DemandTerms
{
    private const int Longest = 8;

    // Characters that tie words together and are within none of trade, as 能 is within 智能.
    private static readonly SearchValues<char> Ties = SearchValues.Create("的了和与及等是我你他她它们也就都很或吗呢吧啊请让想");

    // Words that every requirement has and none is about.
    private static readonly string[] Said = ["需要", "希望", "可以", "目前", "左右", "以内", "能够", "现在", "准备", "考虑", "需求"];

    private static readonly HashSet<string> Small = new(StringComparer.Ordinal) { "the", "and", "for", "with", "of", "to", "in", "on", "is", "we", "our", "an", "or", "by", "at", "be", "as", "it", "need", "needs" };

    /// <summary>Counts.</summary>
    /// <param name="texts">The requirements; empty ones are passed over.</param>
    /// <param name="known">Words that are terms in any case.</param>
    /// <param name="most">Most terms.</param>
    /// <param name="least">In how many texts an unknown term occurs at least.</param>
    /// <returns>The most frequent first, then in the order of their letters.</returns>
    public static IReadOnlyList<DemandTerm> Count(IEnumerable<string?> texts, IEnumerable<string> known, int most = 50, int least = 3)
    {
        string[] words = [.. known.Select(Folded).Where(w => w.Length > 1).Distinct(StringComparer.Ordinal).OrderByDescending(w => w.Length)];
        var (found, pieces) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            seen.Clear();
            var rest = Strike(Folded(text), words, found);
            Cut(rest, seen);
            foreach (var piece in seen)
            {
                pieces[piece] = pieces.GetValueOrDefault(piece) + 1;
            }
        }

        var frequent = pieces.Where(p => p.Value >= least).ToDictionary(StringComparer.Ordinal);
        var swallowed = Swallowed(frequent);
        return
        [
            .. found.Select(f => new DemandTerm(f.Key, f.Value, true))
                .Concat(frequent.Where(p => !swallowed.Contains(p.Key)).Select(p => new DemandTerm(p.Key, p.Value, false)))
                .OrderByDescending(t => t.Count).ThenByDescending(t => t.Known).ThenBy(t => t.Text, StringComparer.Ordinal).Take(most),
        ];
    }

    // Counts the known words of a text and leaves a gap where each stood, the longest first.
    private static string Strike(string text, string[] words, Dictionary<string, int> found)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                found[word] = found.GetValueOrDefault(word) + 1;
                text = text.Replace(word, "\n", StringComparison.Ordinal);
            }
        }

        return Said.Aggregate(text, static (rest, said) => rest.Replace(said, "\n", StringComparison.Ordinal));
    }

    private static void Cut(string text, HashSet<string> into)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (Chinese(text[i]))
            {
                for (i++; i < text.Length && Chinese(text[i]); i++)
                {
                }

                for (var from = start; from < i - 1; from++)
                {
                    for (var length = 2; length <= Longest && from + length <= i; length++)
                    {
                        into.Add(text.Substring(from, length));
                    }
                }
            }
            else if (char.IsAsciiLetter(text[i]))
            {
                for (i++; i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '+' or '#'); i++)
                {
                }

                if (i - start is > 1 and <= 30 && text[start..i] is var word && !Small.Contains(word))
                {
                    into.Add(word);
                }
            }
            else
            {
                i++;
            }
        }
    }

    private static HashSet<string> Swallowed(Dictionary<string, int> frequent)
    {
        HashSet<string> swallowed = new(StringComparer.Ordinal);
        foreach (var (piece, count) in frequent)
        {
            if (piece.Length < 3 || !Chinese(piece[0]))
            {
                continue;
            }

            foreach (var part in (string[])[piece[..^1], piece[1..]])
            {
                if (frequent.GetValueOrDefault(part) == count)
                {
                    swallowed.Add(part);
                }
            }
        }

        return swallowed;
    }

    private static bool Chinese(char c) => c is >= '\u4e00' and <= '\u9fff' && !Ties.Contains(c);

    private static string Folded(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
}
