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

/// <summary>What a lead has in a dimension.</summary>
/// <param name="By">The dimension.</param>
/// <param name="Channel">Its channel, where the dimension is one of channels.</param>
/// <param name="Text">What it is besides; empty where it is nothing.</param>
public readonly record struct LeadKey(Dimension By, Guid Channel, string Text)
{
    /// <summary>The key of cells.</summary>
    public string Key => By switch { Dimension.Channel => CellKey.Channel(Channel), Dimension.Keyword or Dimension.Content => CellKey.Of(Channel, Text), _ => Text };
}

/// <summary>Keys of cells.</summary>
public static class CellKey
{
    /// <summary>Stands between parts of a key.</summary>
    public const char Between = '\u001f';

    /// <summary>What a lead has in a dimension: one, but of products as many as it has; what is empty where it has none.</summary>
    public static IReadOnlyList<LeadKey> Had(Dimension dimension, LeadFact fact) => dimension switch
    {
        Dimension.None => [new(dimension, default, "")],
        Dimension.Channel => [new(dimension, fact.ChannelId, "")],
        Dimension.Campaign => [new(dimension, default, fact.Campaign ?? "")],
        Dimension.Keyword => [new(dimension, fact.ChannelId, fact.Keyword ?? "")],
        Dimension.Content => [new(dimension, fact.ChannelId, fact.Content ?? "")],
        Dimension.Industry => [new(dimension, default, fact.Industry ?? "")],
        Dimension.Region => [new(dimension, default, fact.Region ?? "")],
        _ => fact.Products.Count == 0 ? [new(dimension, default, "")] : [.. fact.Products.Distinct(StringComparer.Ordinal).Select(p => new LeadKey(dimension, default, p))],
    };

    /// <summary>The same as keys.</summary>
    public static IEnumerable<string> Of(Dimension dimension, LeadFact fact) => Had(dimension, fact).Select(k => k.Key);

    /// <summary>The key of a channel.</summary>
    public static string Channel(Guid id) => id.ToString("N");

    /// <summary>The key of a keyword or content piece within a channel.</summary>
    public static string Of(Guid channel, string? text) => $"{Channel(channel)}{Between}{text}";

    /// <summary>The channel of a key that begins with one.</summary>
    public static Guid ChannelOf(string key) => Guid.ParseExact(key.AsSpan(0, 32), "N");

    /// <summary>What stands behind the channel of a key.</summary>
    public static string Rest(string key) => key[33..];
}
