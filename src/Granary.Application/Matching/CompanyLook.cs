using Granary.Application.Capture;
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
/// <param name="ShortOnly">Whether only names of the range are looked at that are <see cref="LeadTable.ShortNames"/>.</param>
public readonly record struct CompanyLook(string? Key, string From, string To, bool ShortOnly = false)
{
    /// <summary>Leads of the very name that are considered from either end of time.</summary>
    public const int Ends = 2;

    /// <summary>Leads considered in all.</summary>
    public const int Leads = 4;

    /// <summary>Where the matches of a name can stand that are of a level or closer.</summary>
    public static IEnumerable<CompanyLook> For(CompanyName name, CompanyAliases aliases, MatchLevel level)
    {
        HashSet<(string Core, bool ShortOnly)> cores = [];
        foreach (var known in aliases.NamesFor(name))
        {
            // Of two registered names only those of one core are strongly equal: of other cores a short name is sought that stands for this one.
            var shortOnly = known.IsRegistered && level > MatchLevel.Weak;
            var key = CompanyRange.KeyOf(known);
            if (!cores.Add((known.Core, shortOnly)))
            {
                yield return Of(key, CompanyRange.OfKey(key));
                continue;
            }

            yield return Of(key, shortOnly ? CompanyRange.OfCore(known.Core) : CompanyRange.OfLonger(known.Core));
            if (shortOnly)
            {
                yield return Of(null, CompanyRange.Behind(known.Core), shortOnly);
            }

            foreach (var beginning in CompanyRange.Beginnings(known.Core).Where(b => cores.Add((b, shortOnly))))
            {
                yield return Of(null, CompanyRange.OfCore(beginning), shortOnly);
            }
        }
    }

    private static CompanyLook Of(string? key, CompanyRange range, bool shortOnly = false) => new(key, range.From, range.To, shortOnly);
}
