using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

internal sealed class PeopleRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/me").SignedIn(),

        // Who works here, and how they are set up, is no secret among colleagues.
        Get("/api/v1/users").SignedIn(),
        Get("/api/v1/users/{id:guid}").SignedIn().On(Samples.Person),
        Post("/api/v1/users").Needs(Permission.ManagePeople).Sends(_ => new { name = "New", email = $"{Guid.NewGuid():N}@example.com", password = "a long enough password", roles = new[] { "sdr" } }),
        Patch("/api/v1/users/{id:guid}").Needs(Permission.ManagePeople).On(Samples.Person).Sends(new { name = "Renamed" }),
        Get("/api/v1/users/{id:guid}/departure").Needs(Permission.ManagePeople).On(Samples.Person),
        Post("/api/v1/users/{id:guid}/departure").Needs(Permission.ManagePeople).On(Samples.Person).Sends(new { byRule = true }),
        Get("/api/v1/departments").SignedIn(),
        Get("/api/v1/departments/{id:guid}").SignedIn().On(Samples.Department),
        Post("/api/v1/departments").Needs(Permission.ManagePeople).Sends(_ => new { name = $"{Guid.NewGuid():N}" }),
        Patch("/api/v1/departments/{id:guid}").Needs(Permission.ManagePeople).On(Samples.Department).Sends(_ => new { name = $"{Guid.NewGuid():N}" }),
        Delete("/api/v1/departments/{id:guid}").Needs(Permission.ManagePeople).On(Samples.Department).OrMissing(),
        Get("/api/v1/roles").SignedIn(),
        Post("/api/v1/departments/{id:guid}/merger").Needs(Permission.ManagePeople).On(Samples.Department).Sends(_ => new { into = Guid.NewGuid() }).OrMissing(),
        Get("/api/v1/roles/{key}").SignedIn().OrMissing(),
        Get("/api/v1/roles/{key}/history").Needs(Permission.ManagePeople).OrMissing(),
        Post("/api/v1/roles/{key}/copies").Needs(Permission.ManagePeople).Sends(_ => new { key = $"r{Guid.NewGuid():N}" }).OrMissing(),
        Post("/api/v1/roles/{key}/preview").Needs(Permission.ManagePeople).Sends(new { grants = new { } }).OrMissing(),
        Delete("/api/v1/roles/{key}").Needs(Permission.ManagePeople).OrMissing(),
        Post("/api/v1/roles").Needs(Permission.ManagePeople).Sends(_ => new { key = $"r{Guid.NewGuid():N}", grants = new { viewLeads = new[] { "all" } } }),
        Patch("/api/v1/roles/{key}").Needs(Permission.ManagePeople).Sends(new { grants = new { } }).OrMissing(),

        Page("/settings/people").Needs(Permission.ManagePeople),
        Page("/settings/people/new").Needs(Permission.ManagePeople),
        Page("/settings/people/{Id:guid}").Needs(Permission.ManagePeople).On(Samples.Person),
        Post("/settings/people/{id:guid}/departure").Needs(Permission.ManagePeople).On(Samples.Person).Sends(new { way = "rule" }),
        Page("/settings/roles").Needs(Permission.ManagePeople),
        Page("/settings/roles/new").Needs(Permission.ManagePeople),
        Page("/settings/roles/{Key}").Needs(Permission.ManagePeople).OrMissing(),

        // The roster is for everybody to read; one plans for those one assigns leads to.
        Page("/settings/duty").SignedIn(),
        Get("/api/v1/duty").SignedIn().Asks("from=2026-11-02&to=2026-11-08"),
        Put("/api/v1/duty").SignedIn().When(who => Plans(who, Relation.Team))
            .Sends(who => new { from = "2026-11-02", to = "2026-11-08", people = new[] { new { userId = who.Colleague, shifts = new[] { new { date = "2026-11-07", from = "09:00:00", to = "18:00:00" } } } } }),
        Get("/api/v1/leave").SignedIn(),
        Post("/api/v1/leave").SignedIn().When(who => Plans(who, Relation.Team)).Sends(who => new { userId = who.Colleague, firstDay = "2027-01-04", lastDay = "2027-01-05" }),
        Post("/api/v1/leave/{id:guid}/decision").SignedIn().On(Samples.Leave, Plans).Sends(new { granted = false, comment = "the walk" }),
        Post("/api/v1/leave/{id:guid}/ending").SignedIn().On(Samples.Leave),
        Post("/settings/duty/leave").SignedIn(),
        Post("/settings/duty/leave/{id:guid}/decision").SignedIn().On(Samples.Leave, Plans).Sends(new { granted = false, comment = "the walk" }),
        Post("/settings/duty/leave/{id:guid}/ending").SignedIn().On(Samples.Leave),
        Page("/settings/departments").Needs(Permission.ManagePeople),
        Page("/settings/me").SignedIn(),
        Post("/settings/me/keys/{id:guid}/revocation").SignedIn().On(Samples.ApiKey),
        Post("/settings/me/channels").SignedIn(),
        Post("/settings/me/channels/test").SignedIn(),
    ];

    private static bool Plans(Subject who, Relation relation) => who.Holds(Permission.ManagePeople) || (relation != Relation.Own && who.Reaches(Permission.AssignLeads, relation));
}
