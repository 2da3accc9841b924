using System.Net;
using System.Net.Sockets;

namespace Granary.Web.Hosting;

/// <summary>Who a request comes from, as limits count them.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>The address; of an IPv6 address its /64, since a single customer has all of one.</summary>
    public static string Of(HttpContext http) => Of(http.Connection.RemoteIpAddress);

    /// <summary>The address itself, as it is kept on record; empty where there is none.</summary>
    public static string Exact(HttpContext http) => http.Connection.RemoteIpAddress is { } address
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : "";

    /// <inheritdoc cref="Of(HttpContext)"/>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
