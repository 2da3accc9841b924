using Granary.Application.FollowUp;
using Granary.Application.Privacy;

namespace Granary.Web.FollowUp;

/// <summary>Composition of the follow-up room: what was done about a lead, and by when something must be.</summary>
public static class FollowUpRoom
{
    /// <summary>Registers the room.</summary>
    public static IServiceCollection AddFollowUp(this IServiceCollection services)
    {
        services.AddSingleton<LogFollowUp>();
        services.AddSingleton<ReadFollowUps>();
        services.AddSingleton<PrepareFollowUp>();
        services.AddSingleton<CorrectFollowUp>();
        services.AddSingleton<FinishNextStep>();
        services.AddSingleton<AttachedFiles>();
        services.AddSingleton<AttachFiles>();
        services.AddSingleton<ReadAttachment>();
        services.AddSingleton<FollowUpTemplates>();
        services.AddScoped<RefusalWords>();
        services.AddSingleton<PersonPart, FollowUpPersonPart>();
        services.AddSingleton<PersonPart, AttachmentPersonPart>();
        services.AddSingleton<PersonPart, ViolationPersonPart>();
        return services;
    }

    /// <summary>Maps the room's API, and what its pages post and download.</summary>
    public static void MapFollowUp(this IEndpointRouteBuilder app)
    {
        app.MapFollowUps();
        app.MapAttachments();
        app.MapFollowUpTemplates();
        app.MapFollowUpForms();
    }
}
