namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>What is open to everybody, and why.</summary>
internal sealed class PublicRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/f/{slug}").Public("a form that visitors fill in"),
        Post("/f/{slug}").Public("a form that visitors fill in"),
        Get("/f/{slug}/thanks").Public("what a visitor is told afterwards"),
        Get("/f/{slug}/embed.js").Public("puts a form into a page of others"),
        Post("/hooks/{token}").Public("the token in the address lets a platform in"),
        Get("/health/live").Public("tells a balancer that the node lives"),
        Get("/health/ready").Public("tells a balancer that the node serves"),
        Get("/openapi/{documentName}.json").Public("describes the API, holds no data"),
        Post("/local/commands").Public("only from this machine with the token of the data folder"),
        Get("/language").Public("sets the reader's language in a cookie"),
        Get("/theme").Public("sets the reader's theme in a cookie"),
        Page("/gallery").Public("shows the parts of the interface, in development only"),
        Page("/gallery/gate").Public("stands before it"),
        Page("/error/{Status:int?}").Public("tells what went wrong"),
    ];
}
