namespace Granary.Domain.Capture;

/// <summary>A province, or a city of one, by short names: <c>江苏</c>, <c>江苏/苏州</c>; a municipality is a province without cities.</summary>
/// <param name="Province">Province, municipality or special region in short form, such as <c>江苏</c>.</param>
/// <param name="City">Prefecture city in short form, such as <c>苏州</c>; null when only the province is known.</param>
public readonly record struct Region(string Province, string? City)
{
    /// <summary>Whether the other region lies in this one; a region covers itself (§8 Nearness).</summary>
    public bool Covers(Region other) => Province == other.Province && (City is null || City == other.City);

    /// <summary>The short form, <c>province</c> or <c>province/city</c>, which <see cref="Regions.TryFind"/> reads back.</summary>
    public override string ToString() => City is null ? Province : $"{Province}/{City}";
}
