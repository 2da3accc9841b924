using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Conversion of leads, and opportunities with all that belongs to them.</summary>
internal sealed class OpportunityRoutes : RouteTable
{
    private const string Why = "the walk comes by";

    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/leads/{id:guid}/conversion").Needs(Permission.ViewLeads).On(Samples.Lead).OrMissing(),
        Post("/api/v1/leads/{id:guid}/conversion").Needs(Permission.EditLeads, Permission.EditOpportunities).On(Samples.Lead, Converts).Sends(new { criteria = new { } }),
        Post("/api/v1/leads/{id:guid}/conversion/undo").Needs(Permission.EditLeads, Permission.EditOpportunities).On(Samples.Lead, Converts),
        Post("/leads/{id:guid}/conversion").Needs(Permission.EditLeads, Permission.EditOpportunities).On(Samples.Lead, Converts).Sends(new { intention = "true" }),
        Post("/leads/{id:guid}/conversion/undo").Needs(Permission.EditLeads, Permission.EditOpportunities).On(Samples.Lead, Converts),

        Get("/api/v1/opportunities").Needs(Permission.ViewOpportunities),
        Get("/api/v1/opportunities/forecast").Needs(Permission.ViewOpportunities),
        Get("/api/v1/opportunities/answers").Needs(Permission.ViewOpportunities),
        Get("/api/v1/opportunities/export").Needs(Permission.ViewOpportunities, Permission.ExportLeads),
        Page("/opportunities").Needs(Permission.ViewOpportunities),
        Get("/opportunities/export").Needs(Permission.ViewOpportunities, Permission.ExportLeads),
        Page("/opportunities/board").Needs(Permission.ViewOpportunities),
        Page("/opportunities/forecast").Needs(Permission.ViewOpportunities),
        Page("/opportunities/{Id:guid}").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Page("/opportunities/{Id:guid}/papers/{Kind}").Needs(Permission.EditOpportunities).OrMissing(),

        Get("/api/v1/opportunities/{id:guid}").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Get("/api/v1/opportunities/{id:guid}/timeline").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Get("/api/v1/opportunities/{id:guid}/grade").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Get("/api/v1/opportunities/{id:guid}/papers").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Get("/api/v1/opportunities/{id:guid}/contract").Needs(Permission.ViewOpportunities).On(Samples.Opportunity).OrMissing(),
        Get("/api/v1/opportunities/{id:guid}/payments").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Get("/api/v1/opportunities/{id:guid}/handover").Needs(Permission.ViewOpportunities).On(Samples.Opportunity).OrMissing(),
        Get("/api/v1/opportunities/{id:guid}/objections").Needs(Permission.ViewOpportunities).On(Samples.Opportunity),
        Patch("/api/v1/opportunities/{id:guid}").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { productLine = Why }),
        .. Edits("/api/v1/opportunities/{id:guid}"),
        .. Edits("/opportunities/{id:guid}"),
        Post("/api/v1/opportunities/{id:guid}/plan").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { advantages = Why }),
        Post("/api/v1/opportunities/{id:guid}/pain-chain").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { }),
        Post("/api/v1/opportunities/{id:guid}/decision-chain").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { }),
        Post("/api/v1/opportunities/{id:guid}/vision").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { summary = Why }),
        Post("/api/v1/opportunities/{id:guid}/interest").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { }),
        Post("/opportunities/{id:guid}/edit").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { name = Why, amount = "1" }),
        Post("/opportunities/{id:guid}/checks").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities),
    ];

    private static IEnumerable<RouteRule> Edits(string one) =>
    [
        Post($"{one}/stage").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { stage = "lost" }),
        Post($"{one}/reopening").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { reason = Why }),
        Post($"{one}/transfer").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(who => new { to = who.Colleague, reason = Why }),
        Post($"{one}/grade").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { urgency = "urgent", budget = "low", competition = "even", decision = "simple" }),
        Post($"{one}/grade/confirmation").Needs(Permission.DecideOpportunities).On(Samples.Opportunity, Decides).Sends(new { comment = Why }),
        Post($"{one}/grade/rejection").Needs(Permission.DecideOpportunities).On(Samples.Opportunity, Decides).Sends(new { reason = Why }),
        Post($"{one}/inquiry-grade").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { grade = "c", reason = Why }),
        Post($"{one}/plan/submission").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities),
        Post($"{one}/plan/approval").Needs(Permission.DecideOpportunities).On(Samples.Opportunity, Decides).Sends(new { comment = Why }),
        Post($"{one}/plan/rejection").Needs(Permission.DecideOpportunities).On(Samples.Opportunity, Decides).Sends(new { reason = Why }),
        Post($"{one}/charter").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { goal = Why, team = Why }),
        Post($"{one}/success-case").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { situation = Why, solution = Why }),
        Post($"{one}/loss-report").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { reason = "price", account = Why }),
        Post($"{one}/objections").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { text = Why }),
        Post($"{one}/objections/{{objection:guid}}/answer").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { answer = Why }).OrMissing(),
        Post($"{one}/objections/{{objection:guid}}/outcome").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { outcome = "resolved" }).OrMissing(),
        Post($"{one}/contract").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { amount = 1 }),
        Post($"{one}/contract/steps").Needs(Permission.ViewOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { step = "submit" }),
        Post($"{one}/payments").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(new { amount = 1 }),
        Post($"{one}/handover").Needs(Permission.EditOpportunities).On(Samples.Opportunity, Permission.EditOpportunities).Sends(who => new { receiver = who.Colleague, customer = Why, needs = Why, terms = Why }),
        // Only whoever it is handed to answers; nobody's is in the walk.
        Post($"{one}/handover/acceptance").Needs(Permission.ViewOpportunities).On(Samples.Opportunity, static (_, _) => false),
        Post($"{one}/handover/return").Needs(Permission.ViewOpportunities).On(Samples.Opportunity, static (_, _) => false).Sends(new { reason = Why }),
    ];

    private static bool Converts(Subject who, Relation relation) => who.Reaches(Permission.EditLeads, relation) && (relation is Relation.Pooled or Relation.Elsewhere || who.Reaches(Permission.EditOpportunities, relation));

    // Who reaches it and owns it is refused as whoever decides about their own.
    private static bool Decides(Subject who, Relation relation) => who.Reaches(Permission.DecideOpportunities, relation);
}
