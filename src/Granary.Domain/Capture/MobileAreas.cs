namespace Granary.Domain.Capture;

/// <summary>
/// Where mainland mobile numbers are at home, by their first seven digits (§8 Nearness). The table is public but changes
/// with every new block of numbers, so an organisation brings its own; without one a mobile number tells no region.
/// </summary>
public sealed class MobileAreas
{
    /// <summary>Digits that tell the area.</summary>
    public const int PrefixDigits = 7;

    private const int Lowest = 1_300_000, Highest = 1_999_999;

    // Half a million prefixes in a row of small numbers: 1.4 MB, and a look-up is one read.
    private readonly ushort[] _places = new ushort[Highest - Lowest + 1];
    private readonly List<Region> _regions = [];

    /// <summary>No table.</summary>
    public static MobileAreas None { get; } = new();

    /// <summary>Prefixes that are known.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Reads a table of comma-separated lines <c>prefix7,province,city,…</c>; a heading and what follows the city are passed over.
    /// </summary>
    /// <exception cref="FormatException">A line has no prefix, or a region nobody knows; the message names the line.</exception>
    public static MobileAreas Read(IEnumerable<string> lines)
    {
        var areas = new MobileAreas();
        Dictionary<Region, ushort> known = [];
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var cells = line.Split(',');
            if (line.Length == 0 || (number == 1 && !char.IsAsciiDigit(line[0])))
            {
                continue;
            }

            if (cells.Length < 3 || !int.TryParse(cells[0], out var prefix) || prefix is < Lowest or > Highest)
            {
                throw new FormatException($"Line {number} does not begin with seven digits of a mobile number, a province and a city.");
            }

            if (Regions.FromFields(cells[1], cells[2]) is not { } region)
            {
                throw new FormatException($"Line {number}: '{cells[1]}' is no province.");
            }

            if (!known.TryGetValue(region, out var place))
            {
                areas._regions.Add(region);
                known[region] = place = (ushort)areas._regions.Count;
            }

            areas.Count += areas._places[prefix - Lowest] == 0 ? 1 : 0;
            areas._places[prefix - Lowest] = place;
        }

        return areas;
    }

    /// <summary>Where a number is at home; null when the table does not know it.</summary>
    /// <param name="national">The number without its country, such as <c>13800138000</c>.</param>
    public Region? Find(ReadOnlySpan<char> national) =>
        national.Length >= PrefixDigits && int.TryParse(national[..PrefixDigits], out var prefix) && prefix is >= Lowest and <= Highest
        && _places[prefix - Lowest] is var place and > 0
            ? _regions[place - 1]
            : null;
}
