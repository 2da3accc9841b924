namespace Granary.Application.Analytics.Facts;

/// <summary>What figures are told apart by. Numbers are stored and never reused.</summary>
public enum Dimension
{
    /// <summary>Nothing: all together.</summary>
    None = 0,

    /// <summary>Channel, both levels.</summary>
    Channel = 1,

    /// <summary>Campaign.</summary>
    Campaign = 2,

    /// <summary>Keyword within its channel.</summary>
    Keyword = 3,

    /// <summary>Content piece within its channel.</summary>
    Content = 4,

    /// <summary>Industry.</summary>
    Industry = 5,

    /// <summary>Region.</summary>
    Region = 6,

    /// <summary>Product of interest; a lead with several counts with each.</summary>
    Product = 7,
}

/// <summary>Keys of cells.</summary>
public static class CellKey
{
    /// <summary>Stands between parts of a key.</summary>
    public const char Between = '\u001f';

    /// <summary>The keys of a lead in a dimension: one, but of products as many as it has; empty where it has none.</summary>
    public static IReadOnlyList<string> Of(Dimension dimension, LeadFact fact) => dimension switch
    {
        Dimension.None => [""],
        Dimension.Channel => [Channel(fact.ChannelId)],
        Dimension.Campaign => [fact.Campaign ?? ""],
        Dimension.Keyword => [Of(fact.ChannelId, fact.Keyword)],
        Dimension.Content => [Of(fact.ChannelId, fact.Content)],
        Dimension.Industry => [fact.Industry ?? ""],
        Dimension.Region => [fact.Region ?? ""],
        _ => fact.Products.Count == 0 ? [""] : [.. fact.Products.Distinct(StringComparer.Ordinal)],
    };

    /// <summary>The key of a channel.</summary>
    public static string Channel(Guid id) => id.ToString("N");

    /// <summary>The key of a keyword or content piece within a channel.</summary>
    public static string Of(Guid channel, string? text) => $"{Channel(channel)}{Between}{text}";

    /// <summary>The channel of a key that begins with one.</summary>
    public static Guid ChannelOf(string key) => Guid.ParseExact(key.AsSpan(0, 32), "N");

    /// <summary>What stands behind the channel of a key.</summary>
    public static string Rest(string key) => key[33..];
}
