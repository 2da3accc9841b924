using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Granary.Domain.Cleansing;

/// <summary>A range of network addresses in CIDR form; IPv4 is held as the part of IPv6 that maps it.</summary>
/// <param name="First">The lowest address.</param>
/// <param name="Bits">Leading bits that all its addresses share, 0 to 128.</param>
internal readonly record struct NetworkRange(UInt128 First, int Bits)
{
    private const int AddressBits = 128;

    /// <summary>Reads <c>203.0.113.7</c>, <c>203.0.113.0/24</c>, <c>2001:db8::/32</c>; host bits are cleared.</summary>
    public static bool TryParse(string text, out NetworkRange range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
            return false;
        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : AddressBits;
        var length = most;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
            return false;
        var bits = AddressBits - most + length;
        range = new NetworkRange(Mask(Number(address), bits), bits);
        return true;
    }

    /// <summary>An address as a number of 128 bits.</summary>
    public static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>An address with only its leading bits kept.</summary>
    public static UInt128 Mask(UInt128 address, int bits) => bits == 0 ? 0 : address >> (AddressBits - bits) << (AddressBits - bits);

    /// <summary>The range in CIDR form.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, First);
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 && Bits >= 96
            ? string.Create(CultureInfo.InvariantCulture, $"{address.MapToIPv4()}/{Bits - 96}")
            : string.Create(CultureInfo.InvariantCulture, $"{address}/{Bits}");
    }
}
