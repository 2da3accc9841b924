using System.Text;

namespace Granary.Domain.People;

/// <summary>Base 32 of RFC 4648 without padding: what people can type from a page into a phone.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Bytes as capital letters and the digits 2 to 7.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 / 5) + 1);
        var (held, bits) = (0, 0);
        foreach (var b in bytes)
        {
            held = (held << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                text.Append(Alphabet[(held >> (bits -= 5)) & 31]);
            }
        }

        return (bits > 0 ? text.Append(Alphabet[(held << (5 - bits)) & 31]) : text).ToString();
    }

    /// <summary>The bytes of a text; null when it is not base 32. Case and spaces do not matter.</summary>
    public static byte[]? Read(string text)
    {
        List<byte> bytes = [];
        var (held, bits) = (0, 0);
        foreach (var c in text.ToUpperInvariant())
        {
            if (c is ' ' or '-' or '=')
            {
                continue;
            }

            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bytes.Add((byte)(held >> (bits -= 8)));
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
