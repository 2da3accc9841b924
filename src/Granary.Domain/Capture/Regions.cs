using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Granary.Domain.Capture;

/// <summary>Finds provinces and cities in what people type: region fields, company names, area codes (§5.2, §8 Nearness).</summary>
public static class Regions
{
    private static readonly RegionNames Names = RegionNames.Read();
    private static readonly FrozenDictionary<string, Region>.AlternateLookup<ReadOnlySpan<char>> Provinces = Lookup(Names.Provinces);
    private static readonly FrozenDictionary<string, Region>.AlternateLookup<ReadOnlySpan<char>> Cities = Lookup(Names.Cities);
    private static readonly FrozenDictionary<string, Region>.AlternateLookup<ReadOnlySpan<char>> AreaCodes = Lookup(Names.AreaCodes);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OrdinaryWords =
        Words(RegionTable.OrdinaryWords).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly string[] LookAlikes = Words(RegionTable.LookAlikes);
    private static readonly string[] Units = ["分公司", "子公司", "有限", "股份", "公司", "分行", "支行", "分店", "分院", "分校", "办事处"];
    private static readonly SearchValues<char> FirstLetters =
        SearchValues.Create([.. Names.Provinces.Keys.Concat(Names.Cities.Keys).Select(static name => name[0]).Distinct()]);
    private static readonly int LongestName = Names.Provinces.Keys.Concat(Names.Cities.Keys).Max(static name => name.Length);

    /// <summary>Every province with its cities in the order of the official list.</summary>
    public static IReadOnlyList<Region> All => Names.All;

    /// <summary>Reads the region that a text begins with: <c>北京市</c>, <c>江苏省苏州市</c>, <c>江苏/苏州</c>, <c>苏州</c>, <c>昆山市</c>.</summary>
    public static bool TryFind([NotNullWhen(true)] string? text, out Region region)
    {
        region = default;
        return text is not null && TryRead(text.AsSpan().Trim(), ordinaryWords: true, out region, out _);
    }

    /// <summary>The region that a pair of fields names; the city counts only within the province. Null when neither is known.</summary>
    public static Region? FromFields(string? province, string? city)
    {
        Region? within = TryFind(province, out var p) ? p : null;
        Region? at = TryFind(city, out var c) ? c : null;
        if (within is not { } outer)
            return at;
        if (CityWithin(outer, city.AsSpan().Trim(), ordinaryWords: true, out var named, out _))
            return named;
        return at is { } inner && outer.Covers(inner) ? inner : outer;
    }

    /// <summary>
    /// The region a company's name tells: at its start (<c>苏州某某有限公司</c>), in brackets (<c>某某（上海）有限公司</c>) or, further
    /// inside, in full (<c>国网江苏省电力</c>) or before the unit (<c>某某集团广东有限公司</c>). Null when none.
    /// </summary>
    public static Region? FromName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var text = name.AsSpan().Trim();
        if (TryReadPrefix(text, out var region, out _))
            return region;
        for (var at = 1; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny(FirstLetters);
            if (next < 0)
                return null;
            at += next;
            if (TryReadPrefix(text[at..], out region, out var length) && StandsOut(text, at, length))
                return region;
        }

        return null;
    }

    /// <summary>The region of a landline area code, with or without its leading zero (<c>0512</c>); null when there is no such code.</summary>
    public static Region? FromAreaCode(ReadOnlySpan<char> code)
    {
        code = code.TrimStart('0');
        return AreaCodes.TryGetValue(code, out var region) ? region : null;
    }

    /// <summary>Reads the region at the start of a company name and how many characters its words take, for parsing the rest (§5.2).</summary>
    public static bool TryReadPrefix(ReadOnlySpan<char> name, out Region region, out int length) =>
        TryRead(name, ordinaryWords: false, out region, out length);

    private static bool TryRead(ReadOnlySpan<char> text, bool ordinaryWords, out Region region, out int length)
    {
        if (!text.IsEmpty && FirstLetters.Contains(text[0]))
        {
            var province = Longest(Provinces, text, ordinaryWords, out var provinceLength);
            var city = Longest(Cities, text, ordinaryWords, out var cityLength);
            if (provinceLength > 0 && provinceLength >= cityLength)
            {
                (region, length) = (province, provinceLength);
                var gap = Separators(text[length..]);
                if (CityWithin(region, text[(length + gap)..], ordinaryWords, out var named, out var more))
                {
                    region = named;
                    length += gap + more;
                    length += CountyWithin(region, text[length..]);
                }

                return true;
            }

            if (cityLength > 0)
            {
                (region, length) = (city, cityLength);
                length += CountyWithin(region, text[length..]);
                return true;
            }
        }

        (region, length) = (default, 0);
        return false;
    }

    private static bool CityWithin(Region province, ReadOnlySpan<char> text, bool ordinaryWords, out Region city, out int length)
    {
        city = Longest(Cities, text, ordinaryWords, out length);
        return length > 0 && province.Covers(city);
    }

    private static int CountyWithin(Region city, ReadOnlySpan<char> text)
    {
        var county = Longest(Cities, text, ordinaryWords: false, out var length);
        return county == city ? length : 0;
    }

    private static Region Longest(
        FrozenDictionary<string, Region>.AlternateLookup<ReadOnlySpan<char>> names, ReadOnlySpan<char> text, bool ordinaryWords, out int length)
    {
        if (!StartsWithAny(text, LookAlikes))
        {
            for (length = Math.Min(LongestName, text.Length); length >= 2; length--)
            {
                if (names.TryGetValue(text[..length], out var region) && (ordinaryWords || !OrdinaryWords.Contains(text[..length])))
                    return region;
            }
        }

        length = 0;
        return default;
    }

    /// <summary>Inside a name two letters can meet by chance (新日照明): only a longer name, a bracket or a unit makes a region of them.</summary>
    private static bool StandsOut(ReadOnlySpan<char> text, int at, int length) =>
        length > 2 || text[at - 1] is '(' or '（' || StartsWithAny(text[(at + length)..], Units);

    private static int Separators(ReadOnlySpan<char> text) => text.Length - text.TrimStart("/-—·,， 、").Length;

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word))
                return true;
        }

        return false;
    }

    private static string[] Words(string lines) =>
        lines.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static FrozenDictionary<string, Region>.AlternateLookup<ReadOnlySpan<char>> Lookup(Dictionary<string, Region> names) =>
        names.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
