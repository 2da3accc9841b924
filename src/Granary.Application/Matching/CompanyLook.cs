using Granary.Domain.Matching;

namespace Granary.Application.Matching;

/// <summary>
/// Where the leads of one company are looked up when another lead of it comes in (§5.2): those of the very name first, the earliest and the
/// latest of them, which rules of any window ask for; only where these are few, others of the range that may be the same company. Whatever
/// is equal to a name was tagged when the first lead of that name came, so that few are enough, and a company of thousands costs no
/// more than one of ten.
/// </summary>
/// <param name="Key">Key of the very name; null where only a range is looked through.</param>
/// <param name="From">First key of the range, included.</param>
/// <param name="To">First key behind it.</param>
public readonly record struct CompanyLook(string? Key, string From, string To)
{
    /// <summary>Leads of the very name that are considered from either end of time.</summary>
    public const int Ends = 2;

    /// <summary>Leads considered in all.</summary>
    public const int Leads = 4;

    /// <summary>Where the matches of a name can stand.</summary>
    public static IEnumerable<CompanyLook> For(CompanyName name, CompanyAliases aliases)
    {
        HashSet<string> cores = [];
        foreach (var known in aliases.NamesFor(name))
        {
            var key = CompanyRange.KeyOf(known);
            yield return Of(key, cores.Add(known.Core) ? CompanyRange.OfLonger(known.Core) : CompanyRange.OfKey(key));
            foreach (var beginning in CompanyRange.Beginnings(known.Core).Where(cores.Add))
            {
                yield return Of(null, CompanyRange.OfCore(beginning));
            }
        }
    }

    private static CompanyLook Of(string? key, CompanyRange range) => new(key, range.From, range.To);
}
