using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Granary.Domain.Policies;

/// <summary>A few facts by name, in the order they were given: a list that is asked like a dictionary, for reasons have five facts at most and there are many of them.</summary>
internal sealed class FactMap : IReadOnlyDictionary<string, string>
{
    private readonly KeyValuePair<string, string>[] _facts;

    /// <summary>A later fact takes the place of an earlier one of its name.</summary>
    public FactMap(ReadOnlySpan<(string Name, string Value)> facts)
    {
        var (own, count) = (facts.Length == 0 ? [] : new KeyValuePair<string, string>[facts.Length], 0);
        foreach (var (name, value) in facts)
        {
            var place = Place(own.AsSpan(0, count), name);
            own[place < 0 ? count++ : place] = KeyValuePair.Create(name, value);
        }

        _facts = count == own.Length ? own : own[..count];
    }

    /// <inheritdoc/>
    public int Count => _facts.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _facts.Select(f => f.Key);

    /// <inheritdoc/>
    public IEnumerable<string> Values => _facts.Select(f => f.Value);

    /// <inheritdoc/>
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no fact {key}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Place(_facts, key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var place = Place(_facts, key);
        value = place < 0 ? null : _facts[place].Value;
        return place >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _facts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Place(ReadOnlySpan<KeyValuePair<string, string>> facts, string name)
    {
        for (var i = 0; i < facts.Length; i++)
        {
            if (facts[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }
}
