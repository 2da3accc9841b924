namespace Granary.Domain.Capture;

/// <summary>The table of regions, read into every form that a name is written in.</summary>
internal sealed class RegionNames
{
    private RegionNames()
    {
    }

    public List<Region> All { get; } = [];

    public Dictionary<string, Region> Provinces { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Region> Cities { get; } = new(StringComparer.Ordinal);

    /// <summary>By area code without its leading zero.</summary>
    public Dictionary<string, Region> AreaCodes { get; } = new(StringComparer.Ordinal);

    public static RegionNames Read()
    {
        var names = new RegionNames();
        foreach (var line in Lines(RegionTable.Lines))
        {
            names.AddProvince(line[0]);
            var province = names.All[^1].Province;
            foreach (var city in line.AsSpan(1))
                names.AddCity(province, city);
        }

        foreach (var line in Lines(RegionTable.Counties))
        {
            var city = names.Cities[line[0]];
            foreach (var county in line.AsSpan(1))
            {
                names.Cities.Add(county, city);
                names.Cities.Add(county + "市", city);
            }
        }

        return names;
    }

    private void AddProvince(string entry)
    {
        var (name, suffix) = Register(entry, province: null);
        var region = All[^1];
        Provinces.Add(name, region);
        Provinces.Add(name + suffix, region);
        if (suffix.EndsWith("自治区", StringComparison.Ordinal))
        {
            Provinces.TryAdd(name + "自治区", region);
            Provinces.Add(name + "省", region);
        }
    }

    private void AddCity(string province, string entry)
    {
        var (name, suffix) = Register(entry, province);
        var region = All[^1];
        Cities.Add(name, region);
        Cities.Add(name + suffix, region);
        if (suffix.EndsWith("自治州", StringComparison.Ordinal))
        {
            Cities.Add(name + "州", region);
            Cities.Add(name + "自治州", region);
        }

        // The seat of a prefecture or league often bears its name: 大理市, 喀什市.
        if (!Provinces.ContainsKey(name))
            Cities.TryAdd(name + "市", region);
    }

    private (string Name, string Suffix) Register(string entry, string? province)
    {
        var parts = entry.Split(':');
        var plus = parts[0].IndexOf('+', StringComparison.Ordinal);
        var (name, suffix) = plus < 0 ? (parts[0], "市") : (parts[0][..plus], parts[0][(plus + 1)..]);
        var region = province is null ? new Region(name, null) : new Region(province, name);
        All.Add(region);
        foreach (var code in parts.AsSpan(1))
            AreaCodes.Add(code.TrimStart('0'), region);
        return (name, suffix);
    }

    private static IEnumerable<string[]> Lines(string table) =>
        table.Split('\n').Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
