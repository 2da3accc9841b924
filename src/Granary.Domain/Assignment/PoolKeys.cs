namespace Granary.Domain.Assignment;

/// <summary>Keys of the pools every organisation has (§9); an administrator makes more, such as regional ones.</summary>
public static class PoolKeys
{
    /// <summary>SDR pool.</summary>
    public const string Sdr = "sdr";

    /// <summary>Nurture pool.</summary>
    public const string Nurture = "nurture";

    /// <summary>Active pool 活跃公海.</summary>
    public const string Active = "active";

    /// <summary>General pool 泛公海.</summary>
    public const string General = "general";

    /// <summary>Company pool 大公海.</summary>
    public const string Company = "company";

    /// <summary>Invalid pool: held for a human check.</summary>
    public const string Invalid = "invalid";

    /// <summary>Blacklist pool; nothing flows out by itself.</summary>
    public const string Blacklist = "blacklist";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Sdr, Nurture, Active, General, Company, Invalid, Blacklist];
}
