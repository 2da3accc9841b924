using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Granary.Web.Hosting;

/// <summary>Forwarded headers count only when they come from a proxy named in <c>Granary:TrustedProxies</c> (addresses or networks).</summary>
internal static class Proxies
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var named = app.Configuration["Granary:TrustedProxies"]?.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (named.Length == 0)
        {
            return;
        }

        // However many of them stand in a row: the first that is not named is the client.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var name in named)
        {
            if (System.Net.IPNetwork.TryParse(name, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else if (IPAddress.TryParse(name, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                throw new UnusableConfigurationException($"Granary:TrustedProxies has '{name}', which is neither an address nor a network.");
            }
        }

        app.UseForwardedHeaders(options);
    }
}
