using System.Globalization;

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

    /// <summary>The fact, a number, is at least the first value.</summary>
    AtLeast,

    /// <summary>The fact, a number, is below the first value.</summary>
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
/// <param name="Values">What it is compared with; numbers in invariant form. Empty, or left out, for present/missing.</param>
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
            Comparison.AnyOf => Any(found, static (f, v) => Names(v, f)),
            Comparison.NoneOf => !Any(found, static (f, v) => Names(v, f)),
            Comparison.Contains => Any(found, static (f, v) => f.Contains(v, StringComparison.OrdinalIgnoreCase)),
            Comparison.AtLeast => Number(found, out var n) && n >= Bound(),
            Comparison.Below => Number(found, out var n) && n < Bound(),
            _ => throw new InvalidOperationException($"Unknown comparison {Comparison}."),
        };
    }

    /// <summary>Whether a value names a fact: the same but for case, or the level above it (<c>官网</c> names <c>官网/百度搜索</c>).</summary>
    public static bool Names(string value, string fact) =>
        string.Equals(fact, value, StringComparison.OrdinalIgnoreCase)
        || (fact.Length > value.Length && fact[value.Length] == '/' && fact.StartsWith(value, StringComparison.OrdinalIgnoreCase));

    private bool Any(IReadOnlyList<string> found, Func<string, string, bool> test)
    {
        foreach (var f in found)
        {
            foreach (var v in Values)
            {
                if (test(f, v))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Number(IReadOnlyList<string> found, out decimal n)
    {
        n = 0;
        return found.Count > 0 && decimal.TryParse(found[0], NumberStyles.Number, CultureInfo.InvariantCulture, out n);
    }

    private decimal Bound() => decimal.Parse(Values[0], NumberStyles.Number, CultureInfo.InvariantCulture);
}

/// <summary>Facts by name, as rules see them.</summary>
public interface IFacts
{
    /// <summary>The values of a fact; empty when it is missing. Enumerations in camelCase, numbers in invariant form.</summary>
    IReadOnlyList<string> Values(string field);
}
