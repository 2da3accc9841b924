namespace Granary.Web.Tests.Architecture;

/// <summary>A failure that names every place at once.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string?> found)
    {
        var places = found.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(places.Count == 0, $"{places.Count} found:\n{string.Join('\n', places)}");
    }
}
