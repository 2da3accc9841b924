using Granary.Application.Analytics;
using Granary.Application.Analytics.Retrospectives;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.Analytics.Watching;
using Granary.Application.Privacy;
using Granary.Web.Jobs;

namespace Granary.Web.Analytics;

/// <summary>Composition of what is kept about reports: saved and scheduled ones, retrospectives, alerts of the watch.</summary>
internal static class SavedRoom
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddSavedReports(this IServiceCollection services)
    {
        services.AddSweep<SendReports>(TimeSpan.FromSeconds(20), static (send, ct) => send.Sweep(ct));
        services.AddSweep<WatchRates>(TimeSpan.FromMinutes(5), static (watch, ct) => watch.Sweep(ct));
        return services
            .AddSingleton(provider => new ReportNames(provider.GetServices<Report>().Select(r => r.Name).ToHashSet(StringComparer.Ordinal)))
            .AddSingleton<SavedReports>()
            .AddSingleton<OwnFunnels>()
            .AddSingleton<ScheduleReports>()
            .AddSingleton<ReportWriter>()
            .AddSingleton<ReportWriting>(provider => provider.GetRequiredService<ReportWriter>().Of)
            .AddSingleton<SendReports>()
            .AddSingleton<Retrospectives>()
            .AddSingleton<PersonPart, RetrospectivePersonPart>()
            .AddSingleton<ReadRateAlerts>()
            .AddSingleton<WatchRates>();
    }

    /// <summary>Maps its API and forms.</summary>
    public static void MapWhatIsSaved(this IEndpointRouteBuilder app)
    {
        app.MapSavedReports();
        app.MapRetrospectives();
        app.MapSavedForms();
    }
}
