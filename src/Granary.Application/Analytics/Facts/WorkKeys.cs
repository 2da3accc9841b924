using System.Globalization;
using Granary.Application.Ownership;

namespace Granary.Application.Analytics.Facts;

/// <summary>What an ownership is told apart by.</summary>
/// <param name="Acquired">How it began.</param>
/// <param name="Ended">How it ended; null while it lasts.</param>
public readonly record struct HeldKey(Acquired Acquired, Ended? Ended)
{
    /// <summary>As a key of cells.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{(int)Acquired}.{(int?)Ended}");

    internal static HeldKey Read(string text)
    {
        var parts = text.Split('.');
        return new((Acquired)int.Parse(parts[0], CultureInfo.InvariantCulture), EndedKey.Read(parts[1]));
    }
}

/// <summary>What flows through pools are told apart by.</summary>
/// <param name="FromPoolId">The pool an ownership came from; null where the lead lay in none.</param>
/// <param name="Ended">How it ended; null while it lasts.</param>
public readonly record struct HeldFromKey(Guid? FromPoolId, Ended? Ended)
{
    /// <summary>As a key of cells.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{FromPoolId:N}.{(int?)Ended}");

    internal static HeldFromKey Read(string text)
    {
        var parts = text.Split('.');
        return new(parts[0].Length == 0 ? null : Guid.ParseExact(parts[0], "N"), EndedKey.Read(parts[1]));
    }
}

internal static class EndedKey
{
    public static Ended? Read(string text) => text.Length == 0 ? null : (Ended)int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>Where a lead goes that comes to a pool or leaves one.</summary>
public static class PoolMove
{
    /// <summary>Stands for leads that nobody had before.</summary>
    public const string Fresh = "fresh";

    /// <summary>Stands for owners.</summary>
    public const string Owners = "owners";

    /// <summary>From one pool to another.</summary>
    public static string Key(Guid from, Guid to) => $"{from:N}.{to:N}";

    /// <summary>From elsewhere to a pool.</summary>
    public static string Key(string from, Guid to) => $"{from}.{to:N}";

    /// <summary>From a pool to elsewhere.</summary>
    public static string Key(Guid from, string to) => $"{from:N}.{to}";

    internal static (string From, string To) Read(string key) => key.Split('.') is [var from, var to] ? (from, to) : ("", "");
}
