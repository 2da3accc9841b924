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
    /// <summary>Longest beginning of a core that is looked up by itself; abbreviations are short.</summary>
    private const int LongestPrefix = 8;

    private const char Separator = '\u0001', AfterSeparator = '\u0002', Last = '\uFFFF';

    /// <summary>The key under which a company is stored.</summary>
    public static string KeyOf(CompanyName name) => name.Core + Separator + name.ExactKey;

    /// <summary>Where the matches of a name can stand, the closest first.</summary>
    public static IEnumerable<CompanyRange> For(CompanyName name, CompanyAliases aliases)
    {
        HashSet<string> cores = [];
        foreach (var known in aliases.NamesFor(name))
        {
            var key = KeyOf(known);
            yield return OfKey(key);
            if (cores.Add(known.Core))
            {
                yield return OfLonger(known.Core);
            }

            foreach (var beginning in Beginnings(known.Core).Where(cores.Add))
            {
                yield return OfCore(beginning);
            }
        }
    }

    /// <summary>Shorter cores that a core may be an expansion of.</summary>
    public static IEnumerable<string> Beginnings(string core)
    {
        for (var length = 2; length <= LongestPrefix && length < core.Length; length++)
        {
            yield return core[..length];
        }
    }

    /// <summary>Where one company stands.</summary>
    public static CompanyRange OfKey(string key) => new(key, key + Separator);

    /// <summary>Where the companies of a core stand, and behind them those of longer cores that begin with it.</summary>
    public static CompanyRange OfLonger(string core) => new(core + Separator, core + Last);

    /// <summary>Where the companies of longer cores stand that begin with a core.</summary>
    public static CompanyRange Behind(string core) => new(core + AfterSeparator, core + Last);

    /// <summary>Where the companies of a core stand.</summary>
    public static CompanyRange OfCore(string core) => new(core + Separator, core + AfterSeparator);
}
