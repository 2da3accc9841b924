namespace Granary.Domain.Policies;

/// <summary>How a condition compares a fact with its values.</summary>
public enum Comparison
{
    /// <summary>The fact is one of the values.</summary>
    AnyOf,

    /// <summary>The fact is none of the values (also true when the fact is missing).</summary>
    NoneOf,

    /// <summary>The fact, a text, contains one of the values.</summary>
    Contains,

    /// <summary>The fact, a number or a day, is at least the first value.</summary>
    AtLeast,

    /// <summary>The fact, a number or a day, is below the first value: less, or earlier.</summary>
    Below,

    /// <summary>The fact is present and not empty.</summary>
    Present,

    /// <summary>The fact is missing or empty.</summary>
    Missing,
}

/// <summary>
/// One condition of a rule, written as a sentence: "<c>channel</c> is any of …" (§8 conditions).
/// A fact may have several values (products, tags); then one matching value is enough.
/// A channel value such as <c>官网</c> also matches its second level <c>官网/百度搜索</c>.
/// </summary>
/// <param name="Field">Name of the fact, see <see cref="IFacts"/>.</param>
/// <param name="Comparison">How the fact is compared.</param>
/// <param name="Values">What it is compared with; numbers in invariant form, days as <c>yyyy-MM-dd</c>. Empty, or left out, for present/missing.</param>
public sealed record Condition(string Field, Comparison Comparison, IReadOnlyList<string> Values = null!)
{
    /// <summary>What it is compared with; never null.</summary>
    public IReadOnlyList<string> Values { get; init; } = Values ?? [];

    /// <summary>Whether the facts meet this condition.</summary>
    public bool Holds(IFacts facts)
    {
        var found = facts.Values(Field);
        return Comparison switch
        {
            Comparison.Present => found.Count > 0,
            Comparison.Missing => found.Count == 0,
            Comparison.AnyOf => Any(found, facts.Kind(Field), FactValue.Means),
            Comparison.NoneOf => !Any(found, facts.Kind(Field), FactValue.Means),
            Comparison.Contains => Any(found, FactKind.Text, static (v, f, _) => f.Contains(v, StringComparison.OrdinalIgnoreCase)),
            Comparison.AtLeast => found.Count > 0 && FactValue.Compare(found[0], Values[0], facts.Kind(Field)) >= 0,
            Comparison.Below => found.Count > 0 && FactValue.Compare(found[0], Values[0], facts.Kind(Field)) < 0,
            _ => throw new InvalidOperationException($"Unknown comparison {Comparison}."),
        };
    }

    /// <summary>Whether a value names a fact: the same but for case, or the level above it (<c>官网</c> names <c>官网/百度搜索</c>).</summary>
    public static bool Names(string value, string fact) =>
        string.Equals(fact, value, StringComparison.OrdinalIgnoreCase)
        || (fact.Length > value.Length && fact[value.Length] == '/' && fact.StartsWith(value, StringComparison.OrdinalIgnoreCase));

    private bool Any(IReadOnlyList<string> found, FactKind kind, Func<string, string, FactKind, bool> test)
    {
        // By number: an enumerator of an interface is an object, and conditions are asked a hundred times for a lead.
        for (var f = 0; f < found.Count; f++)
        {
            for (var v = 0; v < Values.Count; v++)
            {
                if (test(Values[v], found[f], kind))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>Facts by name, as rules see them.</summary>
public interface IFacts
{
    /// <summary>The values of a fact; empty when it is missing. Enumerations in camelCase, numbers in invariant form.</summary>
    IReadOnlyList<string> Values(string field);

    /// <summary>What the values of a fact are; a text where nobody gave it a type.</summary>
    FactKind Kind(string field);
}
