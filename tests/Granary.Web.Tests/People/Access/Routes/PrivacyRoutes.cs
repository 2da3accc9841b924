using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Consent, the desk of who answers persons, and how long data is kept.</summary>
internal sealed class PrivacyRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/leads/{id:guid}/consents").Needs(Permission.ViewLeads).On(Samples.ConsentLead),
        Post("/api/v1/leads/{id:guid}/consents").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Keeps).Sends(new { purpose = "marketing_mail", channel = "phone", evidence = "said so" }),
        Post("/api/v1/leads/{id:guid}/withdrawals").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Keeps).Sends(new { purpose = "marketing_mail", reason = "the walk" }),
        Post("/api/v1/leads/{id:guid}/legal-hold").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Permission.ManagePrivacy).Sends(new { on = true, reason = "the walk" }),
        Post("/api/v1/leads/{id:guid}/restriction-end").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Permission.ManagePrivacy).Sends(new { reason = "the walk" }),
        Post("/leads/{id:guid}/restriction-end").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Permission.ManagePrivacy),
        Post("/leads/{id:guid}/consents").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Keeps),
        Post("/leads/{id:guid}/withdrawals").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Keeps),
        Post("/leads/{id:guid}/legal-hold").Needs(Permission.ViewLeads).On(Samples.ConsentLead, Permission.ManagePrivacy),

        Page("/privacy-desk").Needs(Permission.ManagePrivacy),
        Page("/privacy-desk/requests/{Id:guid}").Needs(Permission.ManagePrivacy).OrMissing(),
        Page("/privacy-desk/retention").Needs(Permission.ManagePrivacy),
        Post("/privacy-desk/requests").Needs(Permission.ManagePrivacy),
        Post("/privacy-desk/requests/{id:guid}/answers").Needs(Permission.ManagePrivacy),
        Get("/privacy-desk/requests/{id:guid}/file.json").Needs(Permission.ManagePrivacy).OrMissing(),
        Get("/privacy-desk/requests/{id:guid}/file.html").Needs(Permission.ManagePrivacy).OrMissing(),
        Post("/privacy-desk/retention/runs").Needs(Permission.ManagePrivacy),
        Post("/api/v1/privacy/searches").Needs(Permission.ManagePrivacy).Sends(new { phone = "13900139000" }),
        Get("/api/v1/privacy/requests").Needs(Permission.ManagePrivacy),
        Post("/api/v1/privacy/requests").Needs(Permission.ManagePrivacy),
        Get("/api/v1/privacy/requests/{id:guid}").Needs(Permission.ManagePrivacy).OrMissing(),
        Post("/api/v1/privacy/requests/{id:guid}/answers").Needs(Permission.ManagePrivacy).OrMissing(),
        Get("/api/v1/privacy/requests/{id:guid}/file").Needs(Permission.ManagePrivacy).OrMissing(),
        Get("/api/v1/privacy/retention").Needs(Permission.ManagePrivacy),
        // What it clears away is what the walk stands on.
        Post("/api/v1/privacy/retention/runs").Needs(Permission.ManagePrivacy).Unharmed(),

        Get("/privacy/{token}").Public("the address, which nobody can guess, lets a person take back their consent"),
        Post("/privacy/{token}").Public("the address, which nobody can guess, lets a person take back their consent"),
    ];

    private static bool Keeps(Subject who, Relation relation) => relation == Relation.Own || who.Reaches(Permission.ManagePrivacy, relation);
}
