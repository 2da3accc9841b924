using System.Net;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Hosting;
using Granary.Web.Tests.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Granary.Web.Tests.Hosting;

public sealed class AnonymousRouteTests
{
    [Fact]
    public async Task Every_route_that_needs_no_sign_in_has_a_limit_or_a_reason_for_none()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var routes = Route.All(office.Granary).Where(r => r.IsAnonymous).ToList();

        Assert.True(routes.Count > 10);
        Assert.DoesNotContain(routes, r => !Limited(r) && r.Metadata.GetMetadata<UnlimitedAttribute>() is not { Reason.Length: > 10 });
        Assert.DoesNotContain(routes, r => Limited(r) && r.Metadata.GetMetadata<UnlimitedAttribute>() is not null);
    }

    [Fact]
    public async Task Every_limit_holds_for_one_address_and_for_one_network_of_the_newer_kind()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite, settings: [("Granary:AnonymousRequestsPerMinute", "2"), ("Granary:CollectRequestsPerMinute", "2")]);
        List<string> open = [];
        foreach (var (i, route) in Route.All(office.Granary).Where(r => r.IsAnonymous && Limited(r)).Index())
        {
            // On a slow machine what is allowed comes back between two asks; asking on and on meets the limit all the same.
            var met = false;
            for (var n = 0; n < 30 && !met; n++)
            {
                met = await Ask($"2001:db8:0:{i:x}:{n:x}::1", route.Path, route.Methods[0]) == HttpStatusCode.TooManyRequests;
            }

            open.AddRange(met ? [] : [route.ToString()]);
        }

        Assert.Empty(open);
        Assert.Equal(HttpStatusCode.OK, await Ask("2001:db8:1::1", "/sign-in"));

        Task<HttpStatusCode> Ask(string from, string path, string method = "GET") => From(office.Granary, from, path, method);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void An_address_counts_as_what_one_customer_has(string address, string counted) => Assert.Equal(counted, ClientAddress.Of(IPAddress.Parse(address)));

    private static bool Limited(Route route) => route.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null;

    private static async Task<HttpStatusCode> From(GranaryFactory granary, string address, string path, string method) =>
        (HttpStatusCode)(await granary.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(address);
            (http.Request.Method, http.Request.Path, http.Request.Host) = (method, path, new HostString("localhost"));
        }, Office.Ct)).Response.StatusCode;
}
