using Granary.Domain.Capture;

namespace Granary.Domain.Matching;

/// <summary>Reads the places in a Chinese company name (§5.2): country, province, city, county and district.</summary>
internal static class CompanyPlace
{
    /// <summary>The region of a name that names the whole country.</summary>
    public const string Country = "中国";

    private static readonly string[] Districts =
    [
        "高新技术产业开发区", "经济技术开发区", "高新技术开发区", "经济开发区", "自由贸易试验区", "工业园区", "经济特区", "浦东新区", "滨海新区", "高新区", "保税区",
        "新区", "浦东",
    ];

    /// <summary>Takes the region off the start; <paramref name="place"/> is the last place of it, as it would stand for a core.</summary>
    public static string? Take(ref ReadOnlySpan<char> text, out string? place)
    {
        place = null;
        if (Regions.TryReadPrefix(text, out var region, out var length))
        {
            place = LastPlace(text[..length]);
            text = text[length..];
            TakeDistrict(ref text);
            if (text.Length > 4 && text.StartsWith(Country))
                text = text[2..];
            return region.ToString();
        }

        if (text.Length > 2 && text.StartsWith(Country))
        {
            place = Country;
            text = text[2..];
            return Country;
        }

        if (text.Length > 3 && text.EndsWith(Country))
        {
            text = text[..^2];
            return Country;
        }

        return null;
    }

    /// <summary>The last of the places that stand one within the other: 黄山 of 安徽黄山, but 马鞍山 as it is.</summary>
    private static string LastPlace(ReadOnlySpan<char> text)
    {
        for (var at = text.Length - 2; at >= 2; at--)
        {
            if (IsWholly(text[..at]) && IsWholly(text[at..]))
            {
                text = text[at..];
                break;
            }
        }

        return (text.Length > 2 && text[^1] is '市' or '省' ? text[..^1] : text).ToString();
    }

    /// <summary>Whether a text is one region from its first letter to its last.</summary>
    public static bool IsWholly(ReadOnlySpan<char> text) => Regions.TryReadPrefix(text, out _, out var length) && length == text.Length;

    private static void TakeDistrict(ref ReadOnlySpan<char> text)
    {
        foreach (var district in Districts)
        {
            if (text.Length >= district.Length + 2 && text.StartsWith(district))
            {
                text = text[district.Length..];
                return;
            }
        }

        if (text.Length >= 5 && text[2] is '区' or '县' && text[1] is not ('社' or '园' or '景' or '小' or '特' or '校' or '库') && text[3] is not ('块' or '域'))
            text = text[3..];
    }

    /// <summary>The region that a text out of a bracket, or behind a group, stands for: <c>中国</c>, <c>上海</c>, <c>上海总部</c>.</summary>
    public static bool IsRegion(ReadOnlySpan<char> text, out string? region)
    {
        if (text is Country or "china")
        {
            region = Country;
            return true;
        }

        var found = Regions.TryReadPrefix(text, out var read, out var length) && (length == text.Length || text[length..] is "市" or "区" or "县" or "总部");
        region = found ? read.ToString() : null;
        return found;
    }
}
