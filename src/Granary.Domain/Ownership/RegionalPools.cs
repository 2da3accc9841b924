using Granary.Domain.Capture;

namespace Granary.Domain.Ownership;

/// <summary>Pools that stand in for a general one in their regions 区域公海 (§9).</summary>
public static class RegionalPools
{
    /// <summary>Keys of the pools that may take a lead meant for a pool, best first: those of its city, those of its province, then the pool itself.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">Key of the pool it is meant for.</param>
    /// <param name="region">The lead's region in short form; null when it is not known.</param>
    public static IEnumerable<string> StandIns(this PoolPolicy policy, string key, string? region) =>
    [
        .. policy.Pools
            .Where(pool => pool.Value.StandsFor == key && pool.Key != key)
            .Select(pool => (pool.Key, Nearness: Nearness(pool.Value, region)))
            .Where(pool => pool.Nearness > 0)
            .OrderByDescending(pool => pool.Nearness).ThenBy(pool => pool.Key, StringComparer.Ordinal)
            .Select(pool => pool.Key),
        key,
    ];

    /// <summary>The general pool that a pool counts as: the one it stands for, else itself.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The pool's key.</param>
    public static string GeneralOf(this PoolPolicy policy, string key) => policy.For(key).StandsFor ?? key;

    // 2 serves its city, 1 its province, 0 not.
    private static int Nearness(PoolRules rules, string? region) => !Regions.TryFind(region, out var lead) ? 0
        : rules.Regions.Select(name => Regions.TryFind(name, out var served) && served.Covers(lead) ? served.City is null ? 1 : 2 : 0).DefaultIfEmpty().Max();
}
