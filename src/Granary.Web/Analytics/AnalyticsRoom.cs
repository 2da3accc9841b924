using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Analytics.Reports;
using Granary.Application.Privacy;
using Granary.Web.Jobs;

namespace Granary.Web.Analytics;

/// <summary>Composition of analytics: what keeps facts and rollups, and the reports.</summary>
public static class AnalyticsRoom
{
    /// <summary>Registers them; reports are listed in the order they stand here.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSweep<FactConsumer>(TimeSpan.FromSeconds(5), (consumer, ct) => consumer.Run(ct));
        return services
            .AddSingleton<FactConsumer>()
            .AddSingleton<PersonPart, FactPersonPart>()
            .AddSingleton<VerifyReports>()
            .AddSingleton<Report, FunnelReport>()
            .AddSingleton<Report, StatusReport>()
            .AddSingleton<Report, InvalidReport>()
            .AddSingleton<Report, EfficiencyReport>()
            .AddSingleton<Report, KpiReport>()
            .AddSingleton<Report, RetrospectiveReport>()
            .AddSingleton<Report, FluctuationReport>()
            .AddSingleton<Report, DemandReport>()
            .AddSingleton<Report, SupplyReport>()
            .AddSingleton<Report, MeetingReport>()
            .AddSingleton<Report, MilestoneReport>()
            .AddSingleton<Report, ChannelReport>()
            .AddSingleton<Report, AttributionReport>()
            .AddSingleton<Report, CreditReport>()
            .AddSingleton<BuildReport>()
            .AddSingleton<NoteReportExport>()
            .AddSavedReports()
            .AddScoped<ReportWords>()
            .AddScoped<ReportFile>();
    }

    /// <summary>Maps its API and files; the pages map themselves.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder app)
    {
        app.MapReports();
        app.MapWhatIsSaved();
        ReportFile.Map(app);
    }
}
