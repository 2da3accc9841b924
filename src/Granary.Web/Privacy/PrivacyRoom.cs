using Granary.Application.Capture;
using Granary.Application.Policies;
using Granary.Application.Privacy;
using Granary.Application.Privacy.Exports;
using Granary.Web.Jobs;

namespace Granary.Web.Privacy;

/// <summary>Composition of privacy: consent, requests of persons, retention.</summary>
public static class PrivacyRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSingleton<Consents>();
        services.AddSingleton<SaveConsent>();
        services.AddSingleton<HoldLead>();
        services.AddSingleton<LiftRestriction>();
        services.AddSingleton<CatchWithdrawals>();
        services.AddSingleton<PrivacyLinks>();
        services.AddSingleton<OwnDoor>();
        services.AddSingleton<PersonRecords>();
        services.AddSingleton<ErasureMemory>();
        services.AddSingleton<SavePersonRequest>();
        services.AddSingleton<AnswerPersonRequest>();
        services.AddSingleton<ReadPersonRequests>();
        services.AddSingleton<RemindPersonRequests>();
        services.AddSingleton<RunRetention>();
        services.AddSingleton<PersonPart, LeadPersonPart>();
        services.AddSingleton<PersonPart, KeptSubmissionPersonPart>();
        services.AddSingleton<PersonPart, DecisionPersonPart>();
        services.AddSingleton<PersonPart, ConsentPersonPart>();
        services.AddSingleton<PersonPart, AnswerPersonPart>();
        services.AddSingleton<PersonPart, ExportPersonPart>();
        services.AddSingleton<PersonPart, LogPersonPart>();
        services.AddSweep<CatchWithdrawals>(TimeSpan.FromSeconds(15), static (catching, ct) => catching.Run(ct));
        services.AddSweep<ErasureMemory>(TimeSpan.FromSeconds(30), static (memory, ct) => memory.Remember(ct));
        services.AddSweep<RemindPersonRequests>(TimeSpan.FromSeconds(60), static (remind, ct) => remind.Sweep(ct));
        services.AddSweep<RunRetention>(TimeSpan.FromHours(6), static (retention, ct) => retention.Run(ct));
        services.AddScoped<PurposeWords>();
        services.AddScoped<PrivacyWords>();
        services.AddScoped<PrivacyAnswer>();
        return services;
    }

    /// <summary>Maps the room's API, forms and the page of a person.</summary>
    public static void MapPrivacy(this IEndpointRouteBuilder app)
    {
        app.MapConsents();
        app.MapPersonRequests();
        app.MapRetention();
        app.MapPrivacyForms();
        app.MapPersonRequestForms();
        OwnDoor.Map(app);
    }
}
