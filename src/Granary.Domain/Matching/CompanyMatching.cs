namespace Granary.Domain.Matching;

/// <summary>Compares company names (§5.2).</summary>
public static class CompanyMatching
{
    /// <summary>
    /// How equal two names are, the alias table included: names that it leads to one company are exactly equal, and what is
    /// equal to an alias's company is equal to the alias. Symmetric.
    /// </summary>
    public static MatchLevel Compare(CompanyName a, CompanyName b, CompanyAliases aliases)
    {
        var level = Compare(a, b);
        if (level == MatchLevel.Exact || aliases.IsEmpty)
            return level;
        var left = aliases.Resolve(a);
        var right = aliases.Resolve(b);
        foreach (var x in left)
            level = Max(level, Compare(x, b));
        foreach (var y in right)
        {
            level = Max(level, Compare(a, y));
            foreach (var x in left)
                level = Max(level, Compare(x, y));
        }

        return level;
    }

    /// <summary>
    /// How equal two names are by their words alone. Symmetric.
    /// <list type="bullet">
    /// <item>Regions agree when one is missing or covers the other.</item>
    /// <item>Two registered names (with a legal form such as 有限公司) stand for one company only when their trade words are the
    /// same: each word that differs makes another legal entity, perhaps of the same group.</item>
    /// <item>A short name stands for a registered one that it abbreviates: 正海磁材 for 烟台正海磁性材料股份有限公司. What it says of
    /// the structure (集团, 控股, 股份) the other must say too.</item>
    /// <item>A branch is its head company.</item>
    /// </list>
    /// </summary>
    public static MatchLevel Compare(CompanyName a, CompanyName b)
    {
        if (a.ExactKey == b.ExactKey)
            return MatchLevel.Exact;
        if (a.CoreKey == b.CoreKey && RegionsAgree(a, b) && SameCompany(a, b))
            return MatchLevel.Strong;
        return CompanyResemblance.CoreContained(a, b) ? MatchLevel.Weak : MatchLevel.None;
    }

    /// <summary>
    /// How alike two names are, 0 to 1, for the order of a search's results: never lower for a higher level of
    /// <see cref="Compare(CompanyName, CompanyName)"/>. Symmetric.
    /// </summary>
    public static double Similarity(CompanyName a, CompanyName b)
    {
        var likeness = CompanyResemblance.Of(a, b);
        return Compare(a, b) switch
        {
            MatchLevel.Exact => 1,
            MatchLevel.Strong => 0.7 + (0.29 * likeness),
            MatchLevel.Weak => 0.3 + (0.39 * likeness),
            _ => 0.29 * likeness,
        };
    }

    /// <summary>
    /// One is missing, the same, or covers the other; foreign places are written in Latin letters. A place that is a name's
    /// core says nothing of where the company is (德宏股份 of 浙江).
    /// </summary>
    private static bool RegionsAgree(CompanyName a, CompanyName b)
    {
        if (a.Region is not { } x || b.Region is not { } y || a.IsPlace != b.IsPlace)
            return true;
        if (a.IsRegistered && b.IsRegistered && a.Place is not null && b.Place is not null && a.Place != b.Place)
            return false;
        return x == y || Within(x, y) || Within(y, x);
    }

    private static bool Within(string place, string wider) =>
        wider == CompanyPlace.Country
            ? !char.IsAscii(place[0])
            : place.Length > wider.Length && place[wider.Length] == '/' && place.StartsWith(wider, StringComparison.Ordinal);

    private static bool SameCompany(CompanyName a, CompanyName b)
    {
        if (a.Parent is not null && b.Parent is not null && a.Parent != b.Parent)
            return false;
        if (a.IsRegistered && b.IsRegistered)
            return SameRegistration(a, b);
        if (a.IsRegistered)
            return CompanyAbbreviation.StandsFor(b, a);
        if (b.IsRegistered)
            return CompanyAbbreviation.StandsFor(a, b);
        return CompanyAbbreviation.StandsFor(a, b) || CompanyAbbreviation.StandsFor(b, a);
    }

    private static bool SameRegistration(CompanyName a, CompanyName b)
    {
        const CompanyStructure Entity = CompanyStructure.Group | CompanyStructure.Holding;
        if (a.Core != b.Core || (a.Structure & Entity) != (b.Structure & Entity) || (a.IsLatin && b.IsLatin && !LatinWords.SameLaw(a.LegalForm, b.LegalForm)))
            return false;
        return SameTrades(a, b) || (Unnamed(a, b) && a.Place is not null and not CompanyPlace.Country && a.Place == b.Place);
    }

    private static bool SameTrades(CompanyName a, CompanyName b)
    {
        if (a.Trade == b.Trade)
            return true;
        if (a.IndustryWords.Count != b.IndustryWords.Count)
            return false;
        for (var i = 0; i < a.IndustryWords.Count; i++)
        {
            if (!(a.IsLatin && b.IsLatin
                ? LatinWords.Trade(a.IndustryWords[i]) == LatinWords.Trade(b.IndustryWords[i])
                : IndustryWords.Same(a.IndustryWords[i], b.IndustryWords[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One of them leaves the trade out; within one region no two companies may differ by that alone.</summary>
    private static bool Unnamed(CompanyName a, CompanyName b) =>
        a.Structure == CompanyStructure.None && b.Structure == CompanyStructure.None && (a.Trade.Length == 0 || b.Trade.Length == 0);

    private static MatchLevel Max(MatchLevel a, MatchLevel b) => a > b ? a : b;
}
