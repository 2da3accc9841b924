namespace Granary.Domain.Cleansing;

/// <summary>
/// Finds many words in one pass over a text (Aho–Corasick): its cost depends on the text, not on the number of words.
/// Upper and lower case are one. Immutable once built.
/// </summary>
internal sealed class WordAutomaton
{
    private const int Root = 0;
    private const int None = -1;

    // A class per letter that occurs in the words; 0 for all others, which lead back to the root at once.
    private readonly ushort[] _classes = new ushort[char.MaxValue + 1];
    private readonly long[] _edges;
    private readonly int[] _targets;
    private readonly int[] _fallback;
    private readonly int[] _word;
    private readonly int[] _shorter;

    public WordAutomaton(IReadOnlyList<string> words)
    {
        var trie = new Trie(words.Sum(static word => word.Length) + 1);
        var classes = 0;
        for (var index = 0; index < words.Count; index++)
        {
            var node = Root;
            foreach (var c in words[index])
            {
                var letter = char.ToLowerInvariant(c);
                if (_classes[letter] == 0)
                    _classes[letter] = checked((ushort)++classes);
                node = trie.Child(node, _classes[letter]);
            }

            trie.Word[node] = index;
        }

        for (var c = 0; c <= char.MaxValue; c++)
            _classes[c] = _classes[char.ToLowerInvariant((char)c)];
        _word = trie.Word[..trie.Count];
        (_edges, _targets) = Table(trie);
        (_fallback, _shorter) = Link(trie);
    }

    /// <summary>Every occurrence of every word in a text, in the order in which they end.</summary>
    public Occurrences Find(ReadOnlySpan<char> text) => new(this, text);

    private int Step(int node, int letter)
    {
        while (true)
        {
            var next = Edge(node, letter);
            if (next != None)
                return next;
            if (node == Root)
                return Root;
            node = _fallback[node];
        }
    }

    private int Edge(int node, int letter)
    {
        var key = Key(node, letter);
        for (var slot = Slot(key, _edges.Length); ; slot = (slot + 1) & (_edges.Length - 1))
        {
            if (_edges[slot] == key)
                return _targets[slot];
            if (_edges[slot] == 0)
                return None;
        }
    }

    // Letters begin at 1, so that no key is 0, the mark of an empty slot.
    private static long Key(int node, int letter) => (long)node << 16 | (long)letter;

    private static int Slot(long key, int size) => (int)((ulong)(key * -7046029254386353131L) >> 33) & (size - 1);

    private static (long[] Edges, int[] Targets) Table(Trie trie)
    {
        var size = 4;
        while (size < trie.Count * 2)
            size *= 2;
        var edges = new long[size];
        var targets = new int[size];
        foreach (var ((node, letter), child) in trie.Children)
        {
            var key = Key(node, letter);
            var slot = Slot(key, size);
            while (edges[slot] != 0)
                slot = (slot + 1) & (size - 1);
            (edges[slot], targets[slot]) = (key, child);
        }

        return (edges, targets);
    }

    /// <summary>For every node the node of its longest proper suffix, and the next shorter word that ends where it ends.</summary>
    private (int[] Fallback, int[] Shorter) Link(Trie trie)
    {
        var fallback = new int[trie.Count];
        var shorter = new int[trie.Count];
        foreach (var ((node, letter), child) in trie.Children.OrderBy(edge => trie.Depth[edge.Value]))
        {
            var suffix = node;
            var next = None;
            while (suffix != Root && next == None)
            {
                suffix = fallback[suffix];
                next = Edge(suffix, letter);
            }

            fallback[child] = next == None ? Root : next;
            shorter[child] = _word[fallback[child]] != None ? fallback[child] : shorter[fallback[child]];
        }

        return (fallback, shorter);
    }

    /// <summary>Walks a text from occurrence to occurrence.</summary>
    public ref struct Occurrences(WordAutomaton automaton, ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _node;
        private int _hit;

        /// <summary>Position after the last letter of the occurrence.</summary>
        public int End { get; private set; }

        /// <summary>Index of the word that occurs.</summary>
        public readonly int Word => automaton._word[_hit];

        public bool MoveNext()
        {
            if (_hit != Root)
                _hit = automaton._shorter[_hit];
            while (_hit == Root)
            {
                if (End == _text.Length)
                    return false;
                var letter = automaton._classes[_text[End++]];
                _node = letter == 0 ? Root : automaton.Step(_node, letter);
                _hit = automaton._word[_node] != None ? _node : automaton._shorter[_node];
            }

            return true;
        }
    }

    private sealed class Trie
    {
        public Trie(int capacity)
        {
            Word = new int[capacity];
            Depth = new int[capacity];
            Array.Fill(Word, None);
        }

        public int Count { get; private set; } = 1;

        public int[] Word { get; }

        public int[] Depth { get; }

        public Dictionary<(int Node, int Letter), int> Children { get; } = [];

        public int Child(int node, int letter)
        {
            if (Children.TryGetValue((node, letter), out var child))
                return child;
            Children.Add((node, letter), Count);
            Depth[Count] = Depth[node] + 1;
            return Count++;
        }
    }
}
