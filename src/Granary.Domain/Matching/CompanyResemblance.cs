namespace Granary.Domain.Matching;

/// <summary>Likeness short of equality, for searches (§5.2 weak, §5.3).</summary>
internal static class CompanyResemblance
{
    /// <summary>Whether the core of one is contained in the other, or a short name's letters all stand in the other in their order.</summary>
    public static bool CoreContained(CompanyName a, CompanyName b)
    {
        if (a.Core == b.Core || a.Core == b.Parent || b.Core == a.Parent || IsAcronym(a, b) || IsAcronym(b, a))
            return true;
        var (shorter, longer) = a.Core.Length <= b.Core.Length ? (a, b) : (b, a);
        if (longer.Core.StartsWith(shorter.Core, StringComparison.Ordinal) || longer.Core.EndsWith(shorter.Core, StringComparison.Ordinal))
            return shorter.Core.Length >= 2;
        return !a.IsLatin && !b.IsLatin && ((!a.IsRegistered && IsAbbreviated(a, b)) || (!b.IsRegistered && IsAbbreviated(b, a)));
    }

    /// <summary>How alike two names are, 0 to 1, whatever their level.</summary>
    public static double Of(CompanyName a, CompanyName b)
    {
        var core = Share(a.Core, b.Core);
        var body = Share(a.Core + a.Trade, b.Core + b.Trade);
        var whole = Share(a.ExactKey, b.ExactKey);
        return (0.4 * core) + (0.35 * body) + (0.25 * whole);
    }

    private static bool IsAcronym(CompanyName name, CompanyName whole) => whole.IsPlace && whole.TailKey == name.Core;

    private static bool IsAbbreviated(CompanyName name, CompanyName whole)
    {
        var letters = name.Core + name.Trade;
        return letters.Length >= 4 && CompanyAbbreviation.Shortens(letters, whole.ExactKey);
    }

    /// <summary>Longest common subsequence, as a share of the shorter and, less, of the longer text.</summary>
    private static double Share(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;
        var common = LongestCommonSubsequence(a, b);
        return (0.8 * common / Math.Min(a.Length, b.Length)) + (0.2 * common / Math.Max(a.Length, b.Length));
    }

    private static int LongestCommonSubsequence(string a, string b)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        row.Clear();
        foreach (var letter in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = letter == b[j - 1] ? diagonal + 1 : Math.Max(above, row[j - 1]);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
