namespace Granary.Domain.Capture;

/// <summary>The short code of a tracked link: letters and digits that nobody takes for one another, read aloud or from paper.</summary>
public static class LinkCode
{
    /// <summary>What codes are made of: no 0 and o, no 1, i and l.</summary>
    public const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>Letters of a code: 31⁹ are more than anybody tries out.</summary>
    public const int Length = 9;

    /// <summary>A code from random bytes, at least <see cref="Length"/> of them.</summary>
    /// <param name="random">Random bytes; those that would favour a letter are passed over, so that some to spare do no harm.</param>
    /// <returns>The code; null when too few bytes were of use.</returns>
    public static string? Of(ReadOnlySpan<byte> random)
    {
        Span<char> code = stackalloc char[Length];
        var written = 0;
        foreach (var b in random)
        {
            if (b < 256 / Letters.Length * Letters.Length)
            {
                code[written++] = Letters[b % Letters.Length];
                if (written == Length)
                {
                    return new string(code);
                }
            }
        }

        return null;
    }

    /// <summary>A code as somebody typed it: lower case; null where it cannot be one.</summary>
    public static string? Read(string? typed) =>
        typed?.Trim().ToLowerInvariant() is { Length: Length } code && code.All(c => Letters.Contains(c, StringComparison.Ordinal)) ? code : null;
}
