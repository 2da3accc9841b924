using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Costs of channels, tracked links, and what pages report.</summary>
internal sealed class TouchRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/settings/costs").Needs(Permission.ManageCosts),
        Get("/api/v1/channels/{id:guid}/costs").Needs(Permission.ManageCosts).OrMissing(),
        Post("/api/v1/channels/{id:guid}/costs").Needs(Permission.ManageCosts).Sends(new { day = "2026-11-02", amount = 1 }).OrMissing(),
        Get("/api/v1/channels/{id:guid}/costs/{cost:guid}").Needs(Permission.ManageCosts).OrMissing(),
        Put("/api/v1/channels/{id:guid}/costs/{cost:guid}").Needs(Permission.ManageCosts).Sends(new { day = "2026-11-02", amount = 1 }).OrMissing(),
        Delete("/api/v1/channels/{id:guid}/costs/{cost:guid}").Needs(Permission.ManageCosts).OrMissing(),

        Page("/links").Needs(Permission.ShareLinks),
        Page("/links/{Id:guid}").Needs(Permission.ShareLinks).OrMissing(),
        Page("/links/sharing").Needs(Permission.ShareLinks),
        Get("/api/v1/links").Needs(Permission.ShareLinks),
        Post("/api/v1/links").Needs(Permission.ShareLinks).Sends(new { name = "走", target = "/f/walk" }),
        Get("/api/v1/links/{id:guid}").Needs(Permission.ShareLinks).OrMissing(),
        Patch("/api/v1/links/{id:guid}").Needs(Permission.ShareLinks).Sends(new { name = "走走" }).OrMissing(),
        Post("/api/v1/links/{id:guid}/retirement").Needs(Permission.ShareLinks).OrMissing(),
        Delete("/api/v1/links/{id:guid}/retirement").Needs(Permission.ShareLinks).OrMissing(),

        Get("/t/{code}").Public("a link that was sent to anybody"),
        Post("/collect").Public("pages of listed sites report what visitors do"),
        new RouteRule(RouteKind.Part, "OPTIONS", "/collect").Public("a browser asks whether a page may report"),
        Get("/collect.gif").Public("a picture in pages and mails that tells of being seen"),
        Get("/collect.js").Public("the script of a web site, the same for everybody"),
    ];
}
