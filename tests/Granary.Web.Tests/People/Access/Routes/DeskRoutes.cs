using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>The desk, lists, pools, search and notices.</summary>
internal sealed class DeskRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/").SignedIn(),
        Page("/search").SignedIn(),
        Get("/search/palette").SignedIn().Asks("q=1"),
        Page("/notices").SignedIn(),
        Get("/notices/latest").SignedIn(),
        Post("/notices/seen").SignedIn(),
        Get("/live").SignedIn(),
        Post("/leads/columns").SignedIn(),
        Post("/leads/views").Needs(Permission.ViewLeads).Sends(_ => new { name = $"{Guid.NewGuid():N}" }),
        Post("/leads/views/{id:guid}/sharing").Needs(Permission.ViewLeads).On(Samples.View),
        Post("/leads/views/{id:guid}/deletion").Needs(Permission.ViewLeads).On(Samples.View),

        Page("/pools").Needs(Permission.ViewLeads),
        Page("/pools/{Key}").Needs(Permission.ViewLeads).On(Samples.Pool),
        Page("/pools/{Key}/held").Needs(Permission.ViewLeads).On(Samples.Pool, Locks),
        Post("/pools/{key}/claims").Needs(Permission.ViewLeads).On(Samples.Pool, (who, _) => who.Holds(Permission.ClaimLeads)),
        Post("/pools/{key}/assignment").Needs(Permission.ViewLeads).On(Samples.Pool, Manages),
        Post("/pools/{key}/move").Needs(Permission.ViewLeads).On(Samples.Pool, Manages),
        Post("/pools/{key}/lock").Needs(Permission.ViewLeads).On(Samples.Pool, Locks),
        Get("/api/v1/pools/{id:guid}/leads").Needs(Permission.ViewLeads).On(Samples.Pool),
        Get("/api/v1/pools/{id:guid}/held").Needs(Permission.ViewLeads).On(Samples.Pool, Locks),
        Post("/api/v1/pools/{id:guid}/assignment").Needs(Permission.ViewLeads).On(Samples.Pool, Manages).Sends(who => new { leads = new[] { Guid.NewGuid() }, to = who.Colleague }),
        Post("/api/v1/pools/{id:guid}/move").Needs(Permission.ViewLeads).On(Samples.Pool, Manages).Sends(_ => new { leads = new[] { Guid.NewGuid() }, to = Guid.NewGuid() }),
        Post("/api/v1/pools/{id:guid}/lock").Needs(Permission.ViewLeads).On(Samples.Pool, Locks).Sends(_ => new { leads = new[] { Guid.NewGuid() }, locked = true }),

        Page("/supervision").Needs(Permission.ViewReports),
        Page("/supervision/{Person:guid}/{Figure}").Needs(Permission.ViewReports).OrMissing(),
        Get("/api/v1/reports/supervision").Needs(Permission.ViewReports).Asks("from=2026-11-01&to=2026-11-03"),

        Page("/reactivations").Needs(Permission.AssignLeads).OrMissing(),
        Page("/reactivations/new").Needs(Permission.AssignLeads).OrMissing(),
        Page("/reactivations/{Id:guid}").Needs(Permission.AssignLeads).OrMissing(),
        Page("/reactivations/{Id:guid}/edit").Needs(Permission.AssignLeads).OrMissing(),
        Get("/api/v1/reactivations").Needs(Permission.AssignLeads).When(Everywhere),
        Get("/api/v1/reactivations/{id:guid}").Needs(Permission.AssignLeads).When(Everywhere).OrMissing(),
        Post("/api/v1/reactivations").Needs(Permission.AssignLeads).When(Everywhere),
        Put("/api/v1/reactivations/{id:guid}").Needs(Permission.AssignLeads).When(Everywhere).OrMissing(),
        Delete("/api/v1/reactivations/{id:guid}").Needs(Permission.AssignLeads).When(Everywhere).OrMissing(),
        Post("/api/v1/reactivations/preview").Needs(Permission.AssignLeads).When(Everywhere),
        Post("/api/v1/reactivations/{id:guid}/runs").Needs(Permission.AssignLeads).When(Everywhere).OrMissing(),
        Get("/api/v1/reactivations/{id:guid}/runs").Needs(Permission.AssignLeads).When(Everywhere).OrMissing(),
        Get("/api/v1/reactivations/{id:guid}/leads").Needs(Permission.AssignLeads).When(Everywhere).OrMissing(),
    ];

    private static bool Everywhere(Subject who) => who.Scope(Permission.AssignLeads).HasFlag(DataScope.All);

    // Who merely belongs to a pool does not see what others hold of it.
    private static bool Locks(Subject who, Relation relation) => Everywhere(who);

    private static bool Manages(Subject who, Relation relation) => who.Reaches(Permission.AssignLeads, relation);
}
