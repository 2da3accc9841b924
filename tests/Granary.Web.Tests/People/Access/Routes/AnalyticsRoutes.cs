using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Reports, the records behind their figures, and their files.</summary>
internal sealed class AnalyticsRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/analytics").Needs(Permission.ViewReports),
        Page("/analytics/{Name}").Needs(Permission.ViewReports).OrMissing(),
        Page("/analytics/{Name}/records").Needs(Permission.ViewReports).OrMissing(),
        Get("/analytics/{name}/file").Needs(Permission.ViewReports, Permission.ExportLeads).OrMissing(),
        Get("/api/v1/reports").Needs(Permission.ViewReports),
        Get("/api/v1/attribution").Needs(Permission.ViewReports).Asks("from=2026-11-01&to=2026-11-30"),
        Get("/api/v1/reports/{name}").Needs(Permission.ViewReports).OrMissing(),
        Get("/api/v1/reports/{name}/records").Needs(Permission.ViewReports).OrMissing(),
    ];
}
