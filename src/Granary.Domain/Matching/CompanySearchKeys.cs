using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>
/// What the search box (§5.3) looks up for a company name, each by an equality or an index range, so that the cost grows with
/// the number of results, not of records. Rank the results by <see cref="CompanyMatching.Similarity"/>.
/// </summary>
public sealed record CompanySearchKeys
{
    /// <summary>Places by the letter that stands for them in short names.</summary>
    private static readonly FrozenDictionary<char, string> Abbreviated =
        """
        京北京 津天津 沪上海 渝重庆 冀河北 晋山西 辽辽宁 黑黑龙江 苏江苏 浙浙江 皖安徽 闽福建 赣江西 鲁山东 豫河南 鄂湖北 湘湖南 粤广东 桂广西 琼海南
        川四川 黔贵州 滇云南 藏西藏 陕陕西 蒙内蒙古 深深圳 穗广州 甬宁波 中中国
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToFrozenDictionary(static entry => entry[0], static entry => entry[1..]);

    private CompanySearchKeys()
    {
    }

    /// <summary>Values of <see cref="CompanyName.ExactKey"/>: exact matches.</summary>
    public required IReadOnlyList<string> Exact { get; init; }

    /// <summary>
    /// Values of <see cref="CompanyName.Core"/>: equal, or beginning so, or a beginning of these of two letters or more. Strong
    /// matches are all among them.
    /// </summary>
    public required IReadOnlyList<string> Cores { get; init; }

    /// <summary>Values of <see cref="CompanyName.TailKey"/>, and of <see cref="CompanyName.Core"/>: names that end like the one sought, or that it ends with.</summary>
    public required IReadOnlyList<string> Tails { get; init; }

    /// <summary>The keys of a name and its aliases.</summary>
    public static CompanySearchKeys For(CompanyName name, CompanyAliases aliases)
    {
        var names = aliases.NamesFor(name);
        var cores = names.Select(static known => known.Core).ToList();
        if (!name.IsRegistered && name.Core.Length > 2 && Abbreviated.TryGetValue(name.Core[0], out var place))
        {
            // 浙海德曼 for 浙江海德曼, 陕国投 for a name of 陕西 and its trade.
            cores.Add(name.Core[1..]);
            cores.Add(place);
        }

        var tails = new List<string>(2);
        if (name.Core.Length >= 2 && CompanyText.AllIdeographs(name.Core))
            tails.Add(name.Core[^2..]);
        if (name.Parent is { } parent)
            cores.Add(parent);
        return new CompanySearchKeys
        {
            Exact = [.. names.Select(static known => known.ExactKey)],
            Cores = [.. cores.Distinct(StringComparer.Ordinal)],
            Tails = tails,
        };
    }
}
