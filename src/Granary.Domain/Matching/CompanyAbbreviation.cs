using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>Whether a short name stands for a longer one (§5.2): same core, and trade words that the longer one's shorten to.</summary>
internal static class CompanyAbbreviation
{
    /// <summary>Cores that many companies share: alone, without trade or region, they tell none.</summary>
    private static readonly FrozenSet<string> CommonCores = """
        东方 南方 北方 西部 东部 中部 华东 华南 华北 华中 西南 西北 东北 中国 中华 华夏 神州 长城 长江 黄河 泰山 大众 人民 时代 世纪 新世纪 新时代 未来 太平洋 大西洋 阳光 红星
        第一 第二 大地 海洋 蓝天 绿色 金牛 中兴 国家 国际 环球 世界 全球 亚洲 亚太 远东 兄弟 朋友 我们 中联 华联 新华 中信 国泰 国信 五洲 四海 天地 宇宙 银河
        中船 中航 中科 中核 中铁 中建 中交 中化 中粮 中石 中电 中车 中冶 中煤 中节能 国电 国网 国投 国机 华能 华电 大唐 航天 招商 北京 上海 江南
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether <paramref name="name"/>, which is no registered name, stands for <paramref name="whole"/>.</summary>
    public static bool StandsFor(CompanyName name, CompanyName whole)
    {
        if (whole.IsRegistered && (name.Structure & ~whole.Structure) != CompanyStructure.None)
            return false;
        if (name.IsLatin || whole.IsLatin)
            return name.Core == whole.Core && (name.Trade.Length == 0 ? IsTelling(name, whole) : WordsWithin(name, whole));
        if (OtherInstitution(name.Trade, whole.Trade))
            return false;
        var trade = TradeOf(whole);
        if (name.Core == whole.Core)
            return name.Trade.Length == 0 ? IsTelling(name, whole) : Shortens(name.Trade, trade);

        // 正海磁材 knows no trade word of its own; the longer name tells where its core ends.
        if (name.Core.StartsWith(whole.Core, StringComparison.Ordinal))
            return Shortens(string.Concat(name.Core.AsSpan(whole.Core.Length), name.Trade), trade);

        // 至纯科技 for 至纯洁净系统科技: the longer name's core runs into a trade nobody listed.
        return whole.Core.StartsWith(name.Core, StringComparison.Ordinal)
            && (name.Trade.Length > 0
                ? !IsCommon(name) && Shortens(name.Trade, string.Concat(whole.Core.AsSpan(name.Core.Length), trade))
                : name.Core.Length > 2 && IsTelling(name, whole));
    }

    private static bool OtherInstitution(string a, string b) =>
        IndustryWords.Institution(a) is { } x && IndustryWords.Institution(b) is { } y && x != y;

    /// <summary>The trade with what names of its structure lend to abbreviations: 金控 is 金融控股.</summary>
    private static string TradeOf(CompanyName name) =>
        name.Structure.HasFlag(CompanyStructure.Holding) ? name.Trade + "控股" : name.Trade;

    /// <summary>Whether a core alone is enough: an uncommon one, or a common one with the same region on both.</summary>
    private static bool IsTelling(CompanyName name, CompanyName whole) =>
        !IsCommon(name) || (!name.IsPlace && name.Region is not null && name.Region == whole.Region) || (name.IsPlace && !whole.IsPlace);

    private static bool IsCommon(CompanyName name) => name.IsLatin
        ? LatinWords.IsCommon(name.Core)
        : name.IsPlace || name.Core.Length < 2 || CommonCores.Contains(name.Core) || IndustryWords.Contains(name.Core);

    /// <summary>
    /// Whether the letters of the short trade stand in the long one in the same order (磁材 in 磁性材料); a 业 that only rounds
    /// the word off (药业 for 制药) may be missing.
    /// </summary>
    public static bool Shortens(ReadOnlySpan<char> trade, ReadOnlySpan<char> whole)
    {
        var at = 0;
        for (var i = 0; i < trade.Length; i++)
        {
            var found = whole[at..].IndexOf(trade[i]);
            if (found >= 0)
                at += found + 1;
            else if (trade[i] != '业' || i == 0)
                return false;
        }

        return trade.Length > 0;
    }

    private static bool WordsWithin(CompanyName name, CompanyName whole)
    {
        foreach (var word in name.IndustryWords)
        {
            if (!whole.IndustryWords.Any(other => LatinWords.Trade(other) == LatinWords.Trade(word)))
                return false;
        }

        return true;
    }
}
