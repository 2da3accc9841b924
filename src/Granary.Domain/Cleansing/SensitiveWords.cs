namespace Granary.Domain.Cleansing;

/// <summary>
/// An administrator's list of sensitive words (§4.4) with the innocent words that contain them. Case and width do not matter;
/// a word counts unless it lies within an innocent one. Immutable; one pass over a text, whatever the number of words.
/// </summary>
public sealed class SensitiveWords
{
    private readonly string[] _words;
    private readonly int _innocentFrom;
    private readonly WordAutomaton _automaton;

    /// <summary>A list of words; blank ones are passed over.</summary>
    /// <param name="words">Words that are sensitive.</param>
    /// <param name="innocent">Words that contain one of them and are harmless.</param>
    public SensitiveWords(IEnumerable<string> words, IEnumerable<string> innocent)
    {
        var sensitive = Normal(words);
        _innocentFrom = sensitive.Length;
        _words = [.. sensitive, .. Normal(innocent).Except(sensitive, StringComparer.Ordinal)];
        _automaton = new WordAutomaton(_words);
    }

    /// <summary>No word is sensitive.</summary>
    public static SensitiveWords Empty { get; } = new([], []);

    /// <summary>How many words are sensitive.</summary>
    public int Count => _innocentFrom;

    /// <summary>The different sensitive words in a text, in the order in which they end; none is an empty list.</summary>
    public IReadOnlyList<string> Find(string text) => FindClean(CleanText.Compose(text));

    /// <summary>As <see cref="Find"/>, for a text that is in normal form already.</summary>
    internal IReadOnlyList<string> FindClean(ReadOnlySpan<char> text)
    {
        if (_innocentFrom == 0)
            return [];
        List<(int Word, int Start, int End)>? hits = null;
        List<(int Start, int End)>? innocent = null;
        var occurrences = _automaton.Find(text);
        while (occurrences.MoveNext())
        {
            var (word, end) = (occurrences.Word, occurrences.End);
            if (word < _innocentFrom)
                (hits ??= []).Add((word, end - _words[word].Length, end));
            else
                (innocent ??= []).Add((end - _words[word].Length, end));
        }

        return hits is null ? [] : Guilty(hits, innocent);
    }

    private List<string> Guilty(List<(int Word, int Start, int End)> hits, List<(int Start, int End)>? innocent)
    {
        var reach = innocent is null ? null : new InnocentReach(innocent);
        var seen = new HashSet<int>();
        var words = new List<string>();
        foreach (var (word, start, end) in hits)
        {
            if ((reach is null || !reach.Covers(start, end)) && seen.Add(word))
                words.Add(_words[word]);
        }

        return words;
    }

    private static string[] Normal(IEnumerable<string> words) =>
        [.. words.Select(CleanText.Line).OfType<string>().Select(static word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];

    /// <summary>Answers whether a span lies within one of many, in logarithmic time: for each start, how far those that begin no later reach.</summary>
    private sealed class InnocentReach
    {
        private readonly int[] _starts;
        private readonly int[] _ends;

        public InnocentReach(List<(int Start, int End)> spans)
        {
            spans.Sort();
            _starts = [.. spans.Select(static span => span.Start)];
            _ends = [.. spans.Select(static span => span.End)];
            for (var i = 1; i < _ends.Length; i++)
                _ends[i] = Math.Max(_ends[i], _ends[i - 1]);
        }

        public bool Covers(int start, int end)
        {
            var at = Array.BinarySearch(_starts, start);
            if (at < 0)
                at = ~at - 1;
            else
            {
                while (at + 1 < _starts.Length && _starts[at + 1] == start)
                    at++;
            }

            return at >= 0 && _ends[at] >= end;
        }
    }
}
