using Granary.Application.FollowUp;
using Granary.Application.Ownership.Recount;
using Granary.Application.Storage;
using Granary.Web.Jobs;

namespace Granary.Web.FollowUp;

/// <summary>Composition of deadlines: what follows the log, what sweeps, and what is read of them.</summary>
public static class DeadlineRoom
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddDeadlines(this IServiceCollection services)
    {
        services.AddSingleton<EventLog>();
        services.AddSingleton<DeadlineConsumer>();
        services.AddSingleton<SweepDeadlines>();
        services.AddSingleton<RecountLeads>();
        services.AddSingleton<CheckTimers>();
        services.AddSingleton<ListViolations>();
        services.AddSingleton<NoteViolation>();
        services.AddScoped<DeadlineWords>();
        services.AddSweep<DeadlineConsumer>(TimeSpan.FromSeconds(1), (consumer, ct) => consumer.Run(ct));
        services.AddSweep<SweepDeadlines>(TimeSpan.FromSeconds(5), (sweep, ct) => sweep.Sweep(ct));
        return services;
    }

    /// <summary>Maps their API and forms; the pages map themselves.</summary>
    public static void MapDeadlines(this IEndpointRouteBuilder app)
    {
        app.MapViolations();
        app.MapTimers();
        app.MapDeadlineForms();
    }
}
