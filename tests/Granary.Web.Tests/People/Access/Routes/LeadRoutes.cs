using Granary.Domain.People;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Leads: entering, reading, and the verbs on one.</summary>
internal sealed class LeadRoutes : RouteTable
{
    private const string Why = "the walk comes by";

    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/leads").Needs(Permission.ViewLeads),
        Post("/api/v1/leads").Needs(Permission.CreateLeads).Sends(new { channel = "" }),
        Post("/api/v1/leads/batch").Needs(Permission.CreateLeads).Sends(new { items = Array.Empty<object>() }),
        Get("/api/v1/duplicates").Needs(Permission.SearchDuplicates).Asks("company=走走科技"),
        Get("/api/v1/timers").Needs(Permission.ViewLeads),

        Get("/api/v1/leads/{id:guid}").Needs(Permission.ViewLeads).On(Samples.Lead),
        Get("/api/v1/leads/{id:guid}/timeline").Needs(Permission.ViewLeads).On(Samples.Lead),
        Get("/api/v1/leads/{id:guid}/ownerships").Needs(Permission.ViewLeads).On(Samples.Lead),
        Get("/api/v1/leads/{id:guid}/explanations").Needs(Permission.ViewLeads).On(Samples.Lead),
        Patch("/api/v1/leads/{id:guid}").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { requirement = Why }),
        Post("/api/v1/leads/{id:guid}/release").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.CheckHeldLeads),
        Post("/api/v1/leads/{id:guid}/assignment").Needs(Permission.AssignLeads).On(Samples.Lead, Permission.AssignLeads).Sends(who => new { to = who.Colleague }),
        Post("/api/v1/leads/{id:guid}/invalidation").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { reason = "no_budget" }),
        Post("/api/v1/leads/{id:guid}/promotion").Needs(Permission.AssignLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { reason = Why }),
        Post("/api/v1/leads/{id:guid}/touches").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { kind = "pageVisited" }),
        Post("/api/v1/leads/{id:guid}/contact-reveals").Needs(Permission.ViewLeads).On(Samples.Lead, (who, r) => r == Relation.Pooled || who.Reaches(Permission.RevealContacts, r)),
        Post("/api/v1/leads/{id:guid}/claim").Needs(Permission.ViewLeads).On(Samples.Lead, Claims),
        Post("/api/v1/leads/{id:guid}/return").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { reason = Why }),
        Post("/api/v1/leads/{id:guid}/transfer").Needs(Permission.ViewLeads)
            .On(Samples.Lead, Judges).Sends(who => new { to = who.Colleague, reason = Why }),
        Post("/api/v1/leads/{id:guid}/withdrawal").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { reason = Why }),
        Post("/api/v1/leads/{id:guid}/voiding").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { reason = Why }),
        Post("/api/v1/leads/{id:guid}/reopening").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.CheckHeldLeads).Sends(new { reason = Why }),
        Post("/api/v1/leads/{id:guid}/protection").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { days = 3 }),
        Post("/api/v1/leads/{id:guid}/adjustment-requests").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { reason = Why }),
        Get("/api/v1/leads/{id:guid}/qualifications").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/api/v1/leads/{id:guid}/qualification").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { stage = "mql" }),
        Post("/api/v1/leads/{id:guid}/qualification/acceptance").Needs(Permission.ViewLeads).On(Samples.Lead, Judges).Sends(new { }),
        Post("/api/v1/leads/{id:guid}/qualification/rejection").Needs(Permission.ViewLeads).On(Samples.Lead, Judges).Sends(new { reason = Why }),
        Post("/api/v1/leads/assignments").Needs(Permission.AssignLeads).Sends(who => new { ids = new[] { Guid.NewGuid() }, to = who.Colleague }),
        Get("/api/v1/requests").Needs(Permission.ViewLeads),
        Post("/api/v1/requests/{id:guid}/decision").Needs(Permission.ViewLeads).On(Samples.Request, Permission.AssignLeads).Sends(new { granted = false, comment = Why }),

        Page("/leads").Needs(Permission.ViewLeads),
        Page("/leads/new").Needs(Permission.CreateLeads),
        Get("/leads/new/duplicates").Needs(Permission.SearchDuplicates),
        Get("/leads/people").Needs(Permission.ViewLeads),
        Page("/leads/{Id:guid}").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { handler = "reveal" }),
        Post("/leads/assignment").Needs(Permission.AssignLeads).Sends(who => new { ids = new[] { Guid.NewGuid() }, to = who.Colleague }),
        Post("/leads/{id:guid}/assignment").Needs(Permission.AssignLeads).On(Samples.Lead, Permission.AssignLeads).Sends(who => new { to = who.Colleague }),
        Post("/leads/{id:guid}/invalidation").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { reason = "no_budget" }),
        Post("/leads/{id:guid}/promotion").Needs(Permission.AssignLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { reason = Why }),
        Post("/leads/{id:guid}/release").Needs(Permission.CheckHeldLeads).On(Samples.Lead, Permission.CheckHeldLeads),
        Post("/leads/{id:guid}/claim").Needs(Permission.ViewLeads).On(Samples.Lead, Claims),
        Post("/leads/{id:guid}/return").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { reason = Why }),
        Post("/leads/{id:guid}/transfer").Needs(Permission.ViewLeads)
            .On(Samples.Lead, Judges).Sends(who => new { to = who.Colleague, reason = Why }),
        Post("/leads/{id:guid}/withdrawal").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { reason = Why }),
        Post("/leads/{id:guid}/voiding").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { reason = Why }),
        Post("/leads/{id:guid}/reopening").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.CheckHeldLeads).Sends(new { reason = Why }),
        Post("/leads/{id:guid}/protection").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.AssignLeads).Sends(new { days = 3 }),
        Post("/leads/{id:guid}/adjustment-request").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { reason = Why }),
        Post("/leads/{id:guid}/qualification").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { stage = "mql" }),
        Page("/leads/{Id:guid}/merge").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).OrMissing(),
        Post("/leads/{id:guid}/merges/{merge:guid}/undo").Needs(Permission.EditLeads, Permission.ViewLeads).On(Samples.LeadMerge, Permission.EditLeads),
        Get("/api/v1/leads/{id:guid}/merge").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).OrMissing(),
        Post("/api/v1/leads/{id:guid}/merge").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { with = Guid.NewGuid() }),
        Get("/api/v1/leads/{id:guid}/merges").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/api/v1/leads/{id:guid}/merges/{merge:guid}/undo").Needs(Permission.EditLeads).On(Samples.LeadMerge, Permission.EditLeads),
        Post("/leads/{id:guid}/qualification/acceptance").Needs(Permission.ViewLeads).On(Samples.Lead, Judges),
        Post("/leads/{id:guid}/qualification/rejection").Needs(Permission.ViewLeads).On(Samples.Lead, Judges).Sends(new { reason = Why }),
        Page("/requests").Needs(Permission.ViewLeads),
        Post("/requests/{id:guid}/decision").Needs(Permission.ViewLeads).On(Samples.Request, Permission.AssignLeads).Sends(new { granted = false, comment = Why }),
        Page("/duplicates").Needs(Permission.SearchDuplicates),
    ];

    private static bool Judges(Subject who, Relation relation) => relation == Relation.Own || who.Reaches(Permission.AssignLeads, relation);

    // Only members of a pool claim from it, however far they see.
    private static bool Claims(Subject who, Relation relation) => who.Holds(Permission.ClaimLeads) && relation != Relation.Elsewhere;
}
