using System.Net;
using System.Net.Mime;

namespace Granary.Web.Hosting;

/// <summary>
/// The names this server answers to: those in <c>Granary:AllowedHosts</c>, those that <c>urls</c> name, loopback, and the very address a
/// request arrived at. A page that another site makes the browser ask under its own name is refused, and no link is made from a foreign name.
/// </summary>
public sealed class HostNames
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost" };
    private readonly List<string> _below = [];
    private readonly bool _any;

    /// <summary>Those of the configuration.</summary>
    /// <exception cref="UnusableConfigurationException">A name is none.</exception>
    public HostNames(IConfiguration configuration)
    {
        foreach (var name in configuration["Granary:AllowedHosts"]?.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            _any |= name == "*";
            if (name.StartsWith("*.", StringComparison.Ordinal))
            {
                _below.Add(name[1..]);
            }
            else if (name != "*" && Uri.CheckHostName(name.Trim('[', ']')) == UriHostNameType.Unknown)
            {
                throw new UnusableConfigurationException($"Granary:AllowedHosts has '{name}', which is not the name of a host.");
            }
            else
            {
                _names.Add(name);
            }
        }

        foreach (var url in configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            _names.Add(BindingAddress.Parse(url).Host);
        }
    }

    /// <summary>Whether the request asks for us.</summary>
    public bool Knows(HttpContext http)
    {
        var host = http.Request.Host.Host;
        return _any || _names.Contains(host) || _below.Exists(end => host.Length > end.Length && host.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || Same(address, http.Connection.LocalIpAddress)));
    }

    private static bool Same(IPAddress named, IPAddress? own) => own is not null && named.MapToIPv6().Equals(own.MapToIPv6());
}

/// <summary>Answering only to names of ours.</summary>
internal static class HostNameCheck
{
    public static void UseHostNames(this WebApplication app)
    {
        var names = new HostNames(app.Configuration);
        app.Use((http, next) => names.Knows(http) ? next(http) : Refuse(http));
    }

    private static async Task Refuse(HttpContext http)
    {
        var problem = new Problem("unknown_host", StatusCodes.Status400BadRequest);
        if (http.IsApi())
        {
            await problem.ExecuteAsync(http);
            return;
        }

        // Plain words: a page would need styles and links, which are asked for under the same name.
        var words = http.RequestServices.GetRequiredService<ProblemWords>().Body(problem);
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
        await http.Response.WriteAsync($"{words["title"]}\n{words["detail"]}\n", http.RequestAborted);
    }
}
