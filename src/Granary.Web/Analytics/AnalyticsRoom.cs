using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Privacy;
using Granary.Web.Jobs;

namespace Granary.Web.Analytics;

/// <summary>Composition of analytics: what keeps facts and rollups, and the reports.</summary>
public static class AnalyticsRoom
{
    /// <summary>Registers them; reports are listed in the order they stand here.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSweep<FactConsumer>(TimeSpan.FromSeconds(1), (consumer, ct) => consumer.Run(ct));
        return services
            .AddSingleton<FactConsumer>()
            .AddSingleton<PersonPart, FactPersonPart>()
            .AddSingleton<VerifyReports>()
            .AddSingleton<Report, FunnelReport>()
            .AddSingleton<BuildReport>()
            .AddSingleton<NoteReportExport>()
            .AddScoped<ReportWords>()
            .AddScoped<ReportFile>();
    }

    /// <summary>Maps its API and files; the pages map themselves.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder app)
    {
        app.MapReports();
        ReportFile.Map(app);
    }
}
