using Granary.Domain.Matching;

namespace Granary.Application.Matching;

/// <summary>
/// A range of company keys in byte order. A stored key is core, U+0001, exact key: an exact match is one key, a core is a
/// narrow range, longer cores that begin alike are a wider one; each costs one descent of the index (§5.2).
/// </summary>
/// <param name="From">First key, included.</param>
/// <param name="To">First key behind it.</param>
public readonly record struct CompanyRange(string From, string To)
{
    private const char Separator = '\u0001', AfterSeparator = '\u0002', Last = '\uFFFF';

    /// <summary>The key under which a company is stored.</summary>
    public static string KeyOf(CompanyName name) => name.Core + Separator + name.ExactKey;

    /// <summary>Where the matches of a name can stand, the closest first.</summary>
    public static IEnumerable<CompanyRange> For(CompanyName name, CompanyAliases aliases)
    {
        HashSet<string> cores = [];
        foreach (var known in Names(name, aliases))
        {
            var key = KeyOf(known);
            yield return new CompanyRange(key, key + Separator);
            if (cores.Add(known.Core))
            {
                yield return OfCore(known.Core);
                yield return new CompanyRange(known.Core + AfterSeparator, known.Core + Last);
            }

            for (var length = 2; length < known.Core.Length; length++)
            {
                if (cores.Add(known.Core[..length]))
                {
                    yield return OfCore(known.Core[..length]);
                }
            }
        }
    }

    /// <summary>Cores under which accounts are kept and looked up: the core and what it begins with.</summary>
    public static IEnumerable<string> Cores(CompanyName name, CompanyAliases aliases) =>
        Names(name, aliases).SelectMany(n => Enumerable.Range(2, Math.Max(1, n.Core.Length - 1)).Select(l => n.Core[..Math.Min(l, n.Core.Length)])).Distinct();

    private static IEnumerable<CompanyName> Names(CompanyName name, CompanyAliases aliases) =>
        aliases.IsEmpty ? [name] : aliases.Resolve(name).Prepend(name).DistinctBy(n => n.ExactKey);

    private static CompanyRange OfCore(string core) => new(core + Separator, core + AfterSeparator);
}
