using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Granary.Application.Storage;

/// <summary>
/// How a sealed value names its key: one byte for the first 255 keys, and for all later ones a marker with four bytes behind it,
/// so that no number of rotations can run out.
/// </summary>
internal static class KeyNumber
{
    private const byte Marker = 0xFF;
    private const int Wide = 1 + sizeof(int);

    /// <summary>The bytes in front of what a key sealed.</summary>
    /// <param name="number">The key's number, from 0.</param>
    public static byte[] Prefix(int number)
    {
        if (number < Marker)
        {
            return [(byte)number];
        }

        var prefix = new byte[Wide];
        prefix[0] = Marker;
        BinaryPrimitives.WriteInt32BigEndian(prefix.AsSpan(1), number);
        return prefix;
    }

    /// <summary>The number of the key that sealed a value, and how many bytes name it.</summary>
    public static int Read(ReadOnlySpan<byte> sealedBytes, out int length)
    {
        length = sealedBytes is [Marker, ..] ? Wide : 1;
        return sealedBytes.Length < length ? throw new CryptographicException("A sealed value is cut off.")
            : length == 1 ? sealedBytes[0] : BinaryPrimitives.ReadInt32BigEndian(sealedBytes[1..]);
    }
}
