using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Review of leads, their incubation, and its files.</summary>
internal sealed class ReviewRoutes : RouteTable
{
    private const string Why = "the walk comes by";

    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/reviews").Needs(Permission.ViewLeads),
        Get("/api/v1/reports/reviews").Needs(Permission.ViewReports).Asks("from=2026-11-01&to=2026-11-30"),
        Page("/reviews").Needs(Permission.ViewLeads),
        Page("/reviews/figures").Needs(Permission.ViewReports),
        Get("/reviews/register.csv").Needs(Permission.ViewLeads, Permission.ExportLeads),

        Get("/api/v1/leads/{id:guid}/review").Needs(Permission.ViewLeads).On(Samples.Lead).OrMissing(),
        Post("/api/v1/leads/{id:guid}/review").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { summary = Why }),
        Post("/api/v1/leads/{id:guid}/review/withdrawal").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/api/v1/leads/{id:guid}/review/completeness").Needs(Permission.CheckReviews).On(Samples.Lead, Permission.CheckReviews).Sends(new { complete = false, reason = Why }),
        Post("/api/v1/leads/{id:guid}/review/opinions").Needs(Permission.ReviewLeads).On(Samples.Lead, Permission.ReviewLeads).Sends(new { verdict = "reject", reason = Why }),
        Post("/api/v1/leads/{id:guid}/review/status").Needs(Permission.ReviewLeads).On(Samples.Lead, Permission.ReviewLeads).Sends(new { outcome = "close", reason = Why }),
        Post("/api/v1/leads/{id:guid}/review/milestones").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { steps = Array.Empty<object>() }),
        Post("/api/v1/leads/{id:guid}/review/milestones/{step:guid}/completion").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { done = true }),

        Get("/api/v1/leads/{id:guid}/papers").Needs(Permission.ViewLeads).On(Samples.Lead),
        Get("/api/v1/leads/{id:guid}/papers/cases").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/api/v1/leads/{id:guid}/pain-chain").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { }),
        Post("/api/v1/leads/{id:guid}/decision-chain").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { }),
        Post("/api/v1/leads/{id:guid}/vision").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { summary = Why }),
        Post("/api/v1/leads/{id:guid}/interest").Needs(Permission.EditLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { }),

        Page("/leads/{Id:guid}/review").Needs(Permission.ViewLeads).On(Samples.Lead),
        Page("/leads/{Id:guid}/review/form").Needs(Permission.ViewLeads).On(Samples.Lead).OrMissing(),
        Page("/leads/{Id:guid}/review/milestones").Needs(Permission.ViewLeads).On(Samples.Lead).OrMissing(),
        Page("/leads/{Id:guid}/review/plan").Needs(Permission.EditLeads).OrMissing(),
        Page("/leads/{Id:guid}/papers/{Kind}").Needs(Permission.EditLeads).OrMissing(),
        Get("/leads/{id:guid}/review/form.csv").Needs(Permission.ViewLeads, Permission.ExportLeads).On(Samples.Lead).OrMissing(),
        Get("/leads/{id:guid}/review/milestones.csv").Needs(Permission.ViewLeads, Permission.ExportLeads).On(Samples.Lead).OrMissing(),
        Post("/leads/{id:guid}/review/submission").Needs(Permission.ViewLeads).On(Samples.Lead, Permission.EditLeads).Sends(new { summary = Why }),
        Post("/leads/{id:guid}/review/withdrawal").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/leads/{id:guid}/review/completeness").Needs(Permission.ViewLeads, Permission.CheckReviews).On(Samples.Lead, Permission.CheckReviews).Sends(new { complete = "false", reason = Why }),
        Post("/leads/{id:guid}/review/opinions").Needs(Permission.ViewLeads, Permission.ReviewLeads).On(Samples.Lead, Permission.ReviewLeads).Sends(new { verdict = "reject", reason = Why }),
        Post("/leads/{id:guid}/review/status").Needs(Permission.ViewLeads, Permission.ReviewLeads).On(Samples.Lead, Permission.ReviewLeads).Sends(new { outcome = "close", reason = Why }),
        Post("/leads/{id:guid}/review/milestones/{step:guid}/completion").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { done = "true" }),
    ];
}
