using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Tests.People.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Architecture;

/// <summary>Who may use a route is written down for each: the walk of all roles over all routes goes by these tables.</summary>
public sealed class RouteTableTests
{
    private const string Advice =
        "Add a line to the table of its room in tests/Granary.Web.Tests/People/Access/Routes, such as Post(\"/api/v1/things\").Needs(Permission.ManageThings)"
        + " or Get(\"/api/v1/things/{id:guid}\").Needs(Permission.ViewThings).On(Samples.Thing).";

    [Fact]
    public async Task Every_route_stands_in_a_table_of_its_room()
    {
        await using var granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        var there = Endpoints(granary).Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        var written = RouteTable.All().Select(r => r.Key).ToList();

        Assert.Equal([], written.GroupBy(k => k).Where(k => k.Count() > 1).Select(k => k.Key));
        var missing = there.Except(written).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"No line says who may use\n  {string.Join("\n  ", missing)}\n{Advice}");
        var stale = written.Except(there).Order(StringComparer.Ordinal).ToList();
        Assert.True(stale.Count == 0, $"There is no such route any more; take off the lines of\n  {string.Join("\n  ", stale)}");
    }

    [Fact]
    public async Task Only_routes_that_say_why_are_open_to_everybody()
    {
        await using var granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        var open = Endpoints(granary).Where(e => e.Open).Select(e => e.Key).Order(StringComparer.Ordinal);

        Assert.Equal(RouteTable.All().Where(r => r.Open is not null).Select(r => r.Key).Order(StringComparer.Ordinal), open);
    }

    private static IEnumerable<(string Key, bool Open)> Endpoints(GranaryFactory granary)
    {
        _ = granary.Server;
        foreach (var endpoint in granary.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            // Files of the interface itself, the same for everybody, and what the framework maps for them.
            var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || pattern is "/{**path:file}" or "/_framework/opaque-redirect")
            {
                continue;
            }

            var methods = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["PAGE"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
            foreach (var method in methods)
            {
                yield return ($"{method} {pattern}", endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
            }
        }
    }
}
