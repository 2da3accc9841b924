namespace Granary.Web.Components.Qr;

/// <summary>Error correction over the field of 256 elements that QR codes use (x⁸ + x⁴ + x³ + x² + 1).</summary>
internal sealed class ReedSolomon
{
    private readonly byte[] _divisor;

    /// <summary>The code with a number of correction codewords.</summary>
    public ReedSolomon(int degree)
    {
        // The product of (x − 2ⁱ), highest power first, without its leading one.
        _divisor = new byte[degree];
        _divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
            {
                _divisor[j] = (byte)(Times(_divisor[j], root) ^ (j + 1 < degree ? _divisor[j + 1] : 0));
            }

            root = Times(root, 2);
        }
    }

    /// <summary>The correction codewords of a block: the remainder of its division.</summary>
    public byte[] Of(ReadOnlySpan<byte> data)
    {
        var remainder = new byte[_divisor.Length];
        foreach (var b in data)
        {
            var factor = (byte)(b ^ remainder[0]);
            remainder.AsSpan(1).CopyTo(remainder);
            remainder[^1] = 0;
            for (var i = 0; i < remainder.Length; i++)
            {
                remainder[i] ^= Times(_divisor[i], factor);
            }
        }

        return remainder;
    }

    private static byte Times(byte x, byte y)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((y >> bit) & 1) * x;
        }

        return (byte)product;
    }
}
