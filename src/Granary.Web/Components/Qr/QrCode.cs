using System.Text;

namespace Granary.Web.Components.Qr;

/// <summary>
/// A QR code (ISO/IEC 18004) of a text: bytes of UTF-8, error correction level M, the smallest of the 40 versions that holds it.
/// It is computed here, so that what it says never leaves the product.
/// </summary>
public sealed class QrCode
{
    private readonly bool[,] _modules;

    private QrCode(int version, int mask, bool[,] modules) => (Version, Mask, _modules) = (version, mask, modules);

    /// <summary>Version, 1 to 40.</summary>
    public int Version { get; }

    /// <summary>Which of the eight masks was laid over it.</summary>
    public int Mask { get; }

    /// <summary>Modules on each side.</summary>
    public int Size => _modules.GetLength(0);

    /// <summary>Whether a module is dark.</summary>
    public bool this[int x, int y] => _modules[x, y];

    /// <summary>The code of a text.</summary>
    /// <param name="text">What it says, at most 2,331 bytes of UTF-8.</param>
    /// <param name="mask">A mask from 0 to 7; null takes the one that is easiest to read.</param>
    /// <exception cref="ArgumentException">The text is too long.</exception>
    public static QrCode Of(string text, int? mask = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var version = QrVersion.Holding(bytes.Length) ?? throw new ArgumentException("The text is too long for a QR code.", nameof(text));
        var codewords = version.Interleave(Data(version, bytes));
        var canvases = (mask is { } wanted ? [wanted] : Enumerable.Range(0, 8)).Select(m => (Mask: m, Canvas: QrCanvas.Draw(version, codewords, m)));
        var (chosen, canvas) = canvases.MinBy(c => c.Canvas.Penalty());
        return new QrCode(version.Number, chosen, canvas.Modules);
    }

    /// <summary>The dark modules as a path of unit squares, for SVG.</summary>
    public string Path()
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var from = x;
                while (x < Size && this[x, y])
                {
                    x++;
                }

                if (x > from)
                {
                    path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        return path.ToString();
    }

    // Mode, length, bytes, an end, and what fills the rest.
    private static byte[] Data(QrVersion version, byte[] bytes)
    {
        List<bool> bits = [];
        Put(bits, 0b0100, 4);
        Put(bits, bytes.Length, version.CountBits);
        Array.ForEach(bytes, b => Put(bits, b, 8));
        Put(bits, 0, Math.Min(4, (version.DataCodewords * 8) - bits.Count));
        Put(bits, 0, (8 - (bits.Count % 8)) % 8);
        for (var fill = 0xEC; bits.Count < version.DataCodewords * 8; fill ^= 0xEC ^ 0x11)
        {
            Put(bits, fill, 8);
        }

        return [.. bits.Chunk(8).Select(b => (byte)b.Aggregate(0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];
    }

    private static void Put(List<bool> bits, int value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            bits.Add(((value >> i) & 1) != 0);
        }
    }
}
