using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Granary.Application.Integration;

/// <summary>Which webhook addresses are allowed besides public ones by https.</summary>
/// <param name="Allowed">Hosts, with their port where it is not the usual one, that may be within the own network and without encryption.</param>
public sealed record WebhookOptions(IReadOnlySet<string> Allowed);

/// <summary>
/// Posts to addresses that users give. Guards the own network: https only, the host's address is looked up, judged and
/// connected to in one step, redirects are not followed (§18).
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private const int LongestAnswer = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebhookOptions _options;
    private readonly HttpClient _client;

    /// <summary>A sender of its own connections.</summary>
    public WebhookSender(WebhookOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = Connect,
        };
        _client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Why an address cannot be used; null when it can, as far as it can be told without looking it up.</summary>
    public string? Refuse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return "address_invalid";
        }

        return Allowed(uri.Host, uri.Port) || (uri.Scheme == "https" && (!IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) || PublicAddress.Is(ip))) ? null : "address_not_allowed";
    }

    /// <summary>Posts a message; null when it was taken, else the code of what went wrong.</summary>
    public async Task<string?> Send(string address, WebhookMessage message, CancellationToken ct = default)
    {
        if (Refuse(address) is { } refusal)
        {
            return refusal;
        }

        var uri = new Uri(address);
        try
        {
            using var content = new StringContent(WebhookBody.Of(uri.Host, message), Encoding.UTF8, "application/json");
            using var answer = await _client.PostAsync(uri, content, ct);
            return !answer.IsSuccessStatusCode ? "refused_status"
                : WebhookBody.Accepted(await answer.Content.ReadAsStringAsync(ct)) ? null : "refused_robot";
        }
        catch (HttpRequestException e) when (e.InnerException is PrivateAddressException)
        {
            return "address_not_allowed";
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return "no_answer";
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private bool Allowed(string host, int port) => _options.Allowed.Contains(host) || _options.Allowed.Contains($"{host}:{port}");

    // The address that is judged is the one connected to: a name cannot mean something else a moment later.
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        var usable = Allowed(host, port) ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (usable.Length == 0)
        {
            throw new PrivateAddressException(host);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class PrivateAddressException(string host) : Exception($"{host} has no public address.");
}

/// <summary>Tells addresses of the public internet from those of networks of one's own.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Closed.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }
}
