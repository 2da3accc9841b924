using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Partners and what they register.</summary>
internal sealed class PartnerRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/partners").Needs(Permission.ViewOpportunities),
        Page("/partners/new").Needs(Permission.EditOpportunities),
        Page("/partners/registrations").Needs(Permission.ViewOpportunities),
        Page("/partners/{Id:guid}").Needs(Permission.ViewOpportunities).On(Samples.Partner),
        Page("/partners/{Id:guid}/edit").Needs(Permission.EditOpportunities).On(Samples.Partner),
        Page("/partners/{Id:guid}/registrations/new").Needs(Permission.EditOpportunities).On(Samples.Partner),
        Page("/partners/registrations/{Id:guid}").Needs(Permission.ViewOpportunities).On(Samples.PartnerRegistration),
        Post("/partners/registrations/{id:guid}/decision").Needs(Permission.DecideOpportunities).On(Samples.PartnerRegistration).Sends(new { accept = "true", reason = "客户指定" }),
        Post("/partners/registrations/{id:guid}/withdrawal").Needs(Permission.EditOpportunities).On(Samples.PartnerRegistration).Sends(new { }),
        Post("/partners/registrations/{id:guid}/opportunity").Needs(Permission.EditOpportunities).On(Samples.PartnerRegistration).Sends(new { opportunity = Guid.NewGuid() }),

        Get("/api/v1/partners").Needs(Permission.ViewOpportunities),
        Post("/api/v1/partners").Needs(Permission.EditOpportunities).Sends(_ => new { name = $"渠道 {Guid.NewGuid():N}", kind = "dealer" }),
        Get("/api/v1/partners/{id:guid}").Needs(Permission.ViewOpportunities).On(Samples.Partner),
        Patch("/api/v1/partners/{id:guid}").Needs(Permission.EditOpportunities).On(Samples.Partner, Permission.EditOpportunities).Sends(new { note = "重点" }),
        Get("/api/v1/partners/{id:guid}/opportunities").Needs(Permission.ViewOpportunities).On(Samples.Partner),
        Get("/api/v1/partner-registrations").Needs(Permission.ViewOpportunities),
        Get("/api/v1/partner-registrations/conflicts").Needs(Permission.EditOpportunities).Asks("company=北京纷扬科技有限公司"),
        Post("/api/v1/partner-registrations").Needs(Permission.EditOpportunities).Sends(_ => new { partnerId = Guid.NewGuid(), kind = "deal", company = "北京纷扬科技有限公司", need = "MES" }),
        Get("/api/v1/partner-registrations/{id:guid}").Needs(Permission.ViewOpportunities).On(Samples.PartnerRegistration),
        Post("/api/v1/partner-registrations/{id:guid}/acceptance").Needs(Permission.DecideOpportunities).On(Samples.PartnerRegistration, Permission.DecideOpportunities).Sends(new { reason = "客户指定" }),
        Post("/api/v1/partner-registrations/{id:guid}/refusal").Needs(Permission.DecideOpportunities).On(Samples.PartnerRegistration, Permission.DecideOpportunities).Sends(new { reason = "已有商机" }),
        Post("/api/v1/partner-registrations/{id:guid}/withdrawal").Needs(Permission.EditOpportunities).On(Samples.PartnerRegistration, Permission.EditOpportunities).Sends(new { }),
        Post("/api/v1/partner-registrations/{id:guid}/opportunity").Needs(Permission.EditOpportunities).On(Samples.PartnerRegistration, Permission.EditOpportunities).Sends(new { opportunityId = Guid.NewGuid() }),
    ];
}
