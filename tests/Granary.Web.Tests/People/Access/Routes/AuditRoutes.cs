using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Reading the log and checking its chain; taking leads out as files, and approving that.</summary>
internal sealed class AuditRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Get("/api/v1/events").Needs(Permission.ViewAudit),
        Get("/api/v1/audit").Needs(Permission.ViewAudit),
        Get("/api/v1/audit/chain").Needs(Permission.ViewAudit),
        Get("/api/v1/audit/verifications").Needs(Permission.ViewAudit),
        Post("/api/v1/audit/verifications").Needs(Permission.ViewAudit).Sends(new { }),
        Get("/api/v1/audit/verifications/{id:guid}").Needs(Permission.ViewAudit).OrMissing(),
        Page("/settings/audit").Needs(Permission.ViewAudit),
        Post("/settings/audit/verifications").Needs(Permission.ViewAudit),
        Get("/settings/audit/verifications/{id:guid}/progress").Needs(Permission.ViewAudit).OrMissing(),

        Get("/api/v1/exports").Needs(Permission.ExportLeads),
        Post("/api/v1/exports").Needs(Permission.ExportLeads).Sends(new { filter = "q=nobody", format = "csv" }),
        Get("/api/v1/exports/waiting").Needs(Permission.ApproveExports),
        Get("/api/v1/exports/{id:guid}").Needs(Permission.ViewLeads).OrMissing(),
        Get("/api/v1/exports/{id:guid}/file").Needs(Permission.ExportLeads).OrMissing(),
        Post("/api/v1/exports/{id:guid}/cancellation").Needs(Permission.ExportLeads).OrMissing(),
        Post("/api/v1/exports/{id:guid}/decision").Needs(Permission.ApproveExports).OrMissing().Sends(new { granted = false, reason = "the walk" }),
        Page("/exports").Needs(Permission.ViewLeads).OrMissing(),
        Page("/exports/records").Needs(Permission.ExportLeads).OrMissing(),
        Page("/exports/new").Needs(Permission.ExportLeads),
        Page("/exports/{Id:guid}").Needs(Permission.ViewLeads).OrMissing(),
        Get("/exports/{id:guid}/file").Needs(Permission.ExportLeads).OrMissing(),
        Get("/exports/{id:guid}/progress").Needs(Permission.ViewLeads).OrMissing(),
        Post("/exports/{id:guid}/cancellation").Needs(Permission.ExportLeads).OrMissing(),
        Post("/exports/{id:guid}/decision").Needs(Permission.ApproveExports).OrMissing(),
    ];
}
