namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// A number or a range as people write it: <c>50万</c>, <c>1.2亿</c>, <c>500,000</c>, <c>30-50万</c>, <c>500以上</c>,
/// <c>不超过20万</c>, <c>五十万左右</c>. A single number has both bounds alike; an open range lacks one.
/// </summary>
internal readonly record struct NumberRange(decimal? Min, decimal? Max)
{
    private static readonly string[] Unknown =
        ["面议", "待定", "未定", "不详", "未知", "不确定", "暂无", "无", "保密", "tbd", "n/a", "na", "unknown", "none", "-"];

    private static readonly string[] AtLeastBefore = [">=", "≥", ">", "不低于", "不少于", "大于等于", "大于", "超过", "至少", "at least", "over", "more than"];
    private static readonly string[] AtLeastAfter = ["及以上", "以上", "起", "+", "or more"];
    private static readonly string[] AtMostBefore = ["<=", "≤", "<", "不超过", "不高于", "不多于", "小于等于", "小于", "低于", "少于", "最多", "up to", "under", "below", "at most", "less than"];
    private static readonly string[] AtMostAfter = ["及以下", "以下", "以内", "之内", "内", "or less"];
    private static readonly string[] About = ["大约", "大概", "约", "近", "about", "approx.", "ca."];
    private static readonly string[] MoreOrLess = ["左右", "上下"];
    private static readonly string[] Separators = ["-", "~", "–", "—", "至", "到", " to "];

    /// <summary>Reads a range; bounds are not compared with each other.</summary>
    /// <param name="value">The cell.</param>
    /// <param name="noise">Words that say nothing here, such as currency signs or 人.</param>
    /// <param name="defaultUnit">Factor of numbers without a unit of their own.</param>
    /// <param name="range">The range; both bounds null where the cell says that nothing is known.</param>
    public static bool TryParse(string value, string[] noise, decimal defaultUnit, out NumberRange range)
    {
        range = default;
        var text = CellText.Fold(value);
        if (Array.IndexOf(Unknown, text) >= 0)
        {
            return true;
        }

        foreach (var word in noise)
        {
            text = text.Replace(word, "", StringComparison.Ordinal);
        }

        var rest = text.AsSpan().Trim();
        Cut(ref rest, About, MoreOrLess);
        var atLeast = Cut(ref rest, AtLeastBefore, AtLeastAfter);
        var atMost = Cut(ref rest, AtMostBefore, AtMostAfter);
        if (atLeast && atMost)
        {
            return false;
        }

        if (Scaled.TryParse(rest, out var single))
        {
            var n = single.Times(defaultUnit);
            range = new NumberRange(atMost ? null : n, atLeast ? null : n);
            return true;
        }

        return !atLeast && !atMost && TryBoth(rest, defaultUnit, out range);
    }

    private static bool TryBoth(ReadOnlySpan<char> text, decimal defaultUnit, out NumberRange range)
    {
        range = default;
        foreach (var separator in Separators)
        {
            var at = text.IndexOf(separator, StringComparison.Ordinal);
            if (at > 0
                && Scaled.TryParse(text[..at].Trim(), out var low)
                && Scaled.TryParse(text[(at + separator.Length)..].Trim(), out var high))
            {
                // 30-50万 shares its unit, 5000-1万 does not.
                var lowUnit = high.Unit is { } shared && (low.Number <= high.Number || low.Number < 1_000) ? shared : defaultUnit;
                range = new NumberRange(low.Times(lowUnit), high.Times(defaultUnit));
                return true;
            }
        }

        return false;
    }

    private static bool Cut(ref ReadOnlySpan<char> text, string[] before, string[] after)
    {
        foreach (var word in before)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                text = text[word.Length..].Trim();
                return true;
            }
        }

        foreach (var word in after)
        {
            if (text.EndsWith(word, StringComparison.Ordinal))
            {
                text = text[..^word.Length].Trim();
                return true;
            }
        }

        return false;
    }
}
