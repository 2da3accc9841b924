using Granary.Testing.Web;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Hosting;

/// <summary>A route of the running product.</summary>
internal sealed record Route(string Pattern, string Path, IReadOnlyList<string> Methods, EndpointMetadataCollection Metadata)
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal);

    public bool IsAnonymous => Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Methods by which it changes something.</summary>
    public IEnumerable<string> Changing => Methods.Except(Safe);

    public override string ToString() => $"{string.Join('|', Methods)} {Pattern}";

    /// <summary>All of them, as the product maps them.</summary>
    public static IReadOnlyList<Route> All(GranaryFactory granary) =>
    [
        .. granary.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => new Route(
            e.RoutePattern.RawText ?? "", Filled(e.RoutePattern), e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"], e.Metadata)),
    ];

    // An address that the route matches: nothing stands behind it.
    private static string Filled(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(p => p.Content == "guid") => "01890000-0000-7000-8000-000000000001",
            RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(p => p.Content == "int") => "404",
            RoutePatternParameterPart { Name: "kind" or "Name" } => "scoring",
            RoutePatternParameterPart { Name: "documentName" } => "v1",
            _ => "x",
        }))));
}
