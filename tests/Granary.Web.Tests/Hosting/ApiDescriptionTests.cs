using System.Text.Json.Nodes;
using Granary.Testing;
using Granary.Web.Tests.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Granary.Web.Tests.Hosting;

public sealed class ApiDescriptionTests
{
    [Fact]
    public async Task Every_endpoint_of_the_api_is_described_in_words_with_its_answers()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);
        var paths = (await http.Get("/openapi/v1.json")).Body["paths"]!.AsObject();
        var described = paths.SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}")).ToHashSet();

        Assert.Subset(described, Endpoints(office).ToHashSet());
        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty((string?)operation!["summary"]), $"{method} {path} has no summary");
                Assert.Contains(operation["responses"]!.AsObject(), r => r.Key[0] == '2');
                Assert.True(operation["responses"]!["401"] is JsonObject, $"{method} {path} does not say 401");
            }
        }
    }

    [Fact]
    public async Task Nothing_is_open_to_everybody_unless_it_says_so()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var http = office.Client(null);
        var open = office.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.RoutePattern.Parameters.Count == 0);
        foreach (var endpoint in open)
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            var answer = await http.Send(new HttpMethod(method), "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), null);
            Assert.True((int)answer.Status is 401 or 302, $"{method} {endpoint.RoutePattern.RawText} answers {answer.Status}");
        }
    }

    private static IEnumerable<string> Endpoints(Office office) =>
        from endpoint in office.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where pattern.StartsWith("/api/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {System.Text.RegularExpressions.Regex.Replace(pattern, @":[^}]+", "").TrimEnd('/')}";
}
