using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Saved and scheduled reports, and what is written in retrospectives.</summary>
internal sealed class SavedReportRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/analytics/saved").Needs(Permission.ViewReports),
        Page("/analytics/saved/{Id:guid}/schedule").Needs(Permission.ViewReports).OrMissing(),
        Page("/analytics/schedules/{ScheduleId:guid}").Needs(Permission.ViewReports).OrMissing(),
        Post("/analytics/saved").Needs(Permission.ViewReports).Sends(_ => new { name = $"周报 {Guid.NewGuid():N}", report = "funnel" }),
        Post("/analytics/funnels").Needs(Permission.ViewReports).Sends(_ => new { name = $"漏斗 {Guid.NewGuid():N}", steps = "received" }),
        Post("/analytics/saved/{id:guid}/deletion").Needs(Permission.ViewReports).Unharmed(),
        Post("/analytics/schedules/{id:guid}/deletion").Needs(Permission.ViewReports).Unharmed(),
        Post("/analytics/retrospective/writing").Needs(Permission.ViewReports).Sends(new { from = "2026-01-01", to = "2026-03-31", factors = "早接触决策人" }),

        Get("/api/v1/saved-reports").Needs(Permission.ViewReports),
        Post("/api/v1/saved-reports").Needs(Permission.ViewReports).Sends(_ => new { name = $"周报 {Guid.NewGuid():N}", report = "funnel" }),
        Put("/api/v1/saved-reports/{id:guid}").Needs(Permission.ViewReports).Sends(new { name = "周报", report = "funnel" }).OrMissing(),
        Delete("/api/v1/saved-reports/{id:guid}").Needs(Permission.ViewReports).OrMissing(),
        Get("/api/v1/report-schedules").Needs(Permission.ViewReports),
        Post("/api/v1/report-schedules").Needs(Permission.ViewReports).Sends(new { reportId = Guid.NewGuid(), every = "daily", recipients = new[] { Guid.NewGuid() } }),
        Put("/api/v1/report-schedules/{id:guid}").Needs(Permission.ViewReports).Sends(new { reportId = Guid.NewGuid(), every = "daily", recipients = new[] { Guid.NewGuid() } }).OrMissing(),
        Delete("/api/v1/report-schedules/{id:guid}").Needs(Permission.ViewReports).OrMissing(),
        Get("/api/v1/retrospectives").Needs(Permission.ViewReports).Asks("from=2026-01-01&to=2026-03-31").OrMissing(),
        Post("/api/v1/retrospectives").Needs(Permission.ViewReports).Asks("from=2026-01-01&to=2026-03-31").Sends(new { factors = "早接触决策人" }).OrMissing(),
    ];
}
