namespace Granary.Domain.Opportunities;

/// <summary>Codes of provinces (GB/T 2260) and of the great regions they lie in, as inquiry codes have them.</summary>
public static class ProvinceCodes
{
    private static readonly (string Name, string Code, string Region)[] All =
    [
        ("北京", "11", "HB"), ("天津", "12", "HB"), ("河北", "13", "HB"), ("山西", "14", "HB"), ("内蒙古", "15", "HB"),
        ("辽宁", "21", "DB"), ("吉林", "22", "DB"), ("黑龙江", "23", "DB"),
        ("上海", "31", "HD"), ("江苏", "32", "HD"), ("浙江", "33", "HD"), ("安徽", "34", "HD"), ("福建", "35", "HD"), ("江西", "36", "HD"), ("山东", "37", "HD"),
        ("河南", "41", "HZ"), ("湖北", "42", "HZ"), ("湖南", "43", "HZ"),
        ("广东", "44", "HN"), ("广西", "45", "HN"), ("海南", "46", "HN"),
        ("重庆", "50", "XN"), ("四川", "51", "XN"), ("贵州", "52", "XN"), ("云南", "53", "XN"), ("西藏", "54", "XN"),
        ("陕西", "61", "XB"), ("甘肃", "62", "XB"), ("青海", "63", "XB"), ("宁夏", "64", "XB"), ("新疆", "65", "XB"),
        ("台湾", "71", "GT"), ("香港", "81", "GT"), ("澳门", "82", "GT"),
    ];

    /// <summary>The codes of a province, in full or short form, with or without a city behind it; null when it is none.</summary>
    public static (string Province, string Region)? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var text = name.Trim();
        foreach (var (known, code, region) in All)
        {
            if (text.StartsWith(known, StringComparison.Ordinal))
            {
                return (code, region);
            }
        }

        return null;
    }
}
