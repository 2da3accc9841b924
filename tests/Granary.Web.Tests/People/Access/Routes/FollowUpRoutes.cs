using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

internal sealed class FollowUpRoutes : RouteTable
{
    private const string Words = "已电话沟通需求，客户希望下周看演示";

    public override IEnumerable<RouteRule> Rules =>
    [
        Post("/api/v1/leads/{id:guid}/follow-ups").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { method = "call", content = Words }),
        Get("/api/v1/leads/{id:guid}/follow-ups").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/api/v1/leads/{id:guid}/follow-ups/{followUp:guid}/attachments").Needs(Permission.ViewLeads).On(Samples.File).Sends(_ => Samples.Upload("files", "walk.pdf", "%PDF-1.7"u8.ToArray())),
        Get("/api/v1/leads/{id:guid}/follow-ups/{followUp:guid}/attachments/{file:guid}").Needs(Permission.ViewLeads).On(Samples.File),
        Post("/api/v1/leads/{id:guid}/follow-ups/{followUp:guid}/corrections").Needs(Permission.ViewLeads).On(Samples.File).Sends(new { content = Words }),
        Post("/api/v1/leads/{id:guid}/next-step-completion").Needs(Permission.ViewLeads).On(Samples.Lead),
        Delete("/api/v1/leads/{id:guid}/follow-ups/{followUp:guid}/attachments/{file:guid}").Needs(Permission.ViewLeads).On(Samples.File).OrMissing(),
        Page("/leads/{Id:guid}/log").Needs(Permission.ViewLeads).On(Samples.Lead).Sends(new { handler = "log", Method = "call", Content = Words }),
        Page("/leads/{LeadId:guid}/follow-ups/{Id:guid}").Needs(Permission.ViewLeads).On(Samples.File).Sends(new { handler = "correct", Method = "call", Content = Words }).OrMissing(),
        Post("/leads/{id:guid}/next-step-completion").Needs(Permission.ViewLeads).On(Samples.Lead),
        Post("/leads/{id:guid}/follow-ups/{followUp:guid}/attachments/{file:guid}/removal").Needs(Permission.ViewLeads).On(Samples.File),
        Get("/leads/{id:guid}/follow-ups/{followUp:guid}/attachments/{file:guid}").Needs(Permission.ViewLeads).On(Samples.File),

        Get("/api/v1/follow-up-templates").Needs(Permission.ViewLeads),
        Post("/api/v1/follow-up-templates").Needs(Permission.ViewLeads).Sends(_ => new { name = $"{Guid.NewGuid():N}", method = "call", content = Words }),
        Patch("/api/v1/follow-up-templates/{id:guid}").Needs(Permission.ViewLeads).On(Samples.Template).Sends(_ => new { name = $"{Guid.NewGuid():N}", method = "call", content = Words }),
        Delete("/api/v1/follow-up-templates/{id:guid}").Needs(Permission.ViewLeads).On(Samples.Template),
        Page("/settings/follow-up-templates").Needs(Permission.ViewLeads),

        Get("/api/v1/violations").Needs(Permission.ViewLeads),
        Get("/api/v1/violations/{id:guid}").Needs(Permission.ViewLeads).On(Samples.Violation),
        Post("/api/v1/violations/{id:guid}/explanation").Needs(Permission.ViewLeads).On(Samples.Violation, (_, relation) => relation == Relation.Own).Sends(new { text = Words }),
        Post("/api/v1/violations/{id:guid}/excuse").Needs(Permission.AssignLeads).On(Samples.Violation, Excuses).Sends(new { text = Words }),
        Post("/api/v1/violations/{id:guid}/excuse-withdrawal").Needs(Permission.AssignLeads).On(Samples.Violation, Excuses).Sends(new { text = Words }),
        Page("/violations").Needs(Permission.ViewLeads),
        Post("/violations/notes").Needs(Permission.ViewLeads).Sends(_ => new { id = Guid.NewGuid(), text = Words }),
    ];

    private static bool Excuses(Subject who, Relation relation) =>
        who.Scope(Permission.AssignLeads).HasFlag(DataScope.All) || (relation != Relation.Own && who.Reaches(Permission.AssignLeads, relation));
}
