using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Intake.Collect;
using Granary.Application.Matching;
using Granary.Application.Privacy;
using Granary.Web.Intake.Collect;
using Granary.Web.Intake.Forms;
using Granary.Web.Intake.Import;
using Granary.Web.Intake.Links;
using Microsoft.AspNetCore.Http.Json;

namespace Granary.Web.Intake;

/// <summary>Composition of the intake room: the pipeline and the doors that lead into it.</summary>
public static class IntakeRoom
{
    /// <summary>Registers the pipeline and its doors.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSingleton(provider => MobileAreasFile.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<LeadIntake>();
        services.AddSingleton<ReleaseLead>();
        services.AddSingleton<EditLead>();
        services.AddSingleton<DuplicateSearch>();
        services.AddSingleton<LandingAnswers>();
        services.AddSingleton(new PersonReading(PersonTraces.Read));
        services.AddSingleton<PersonPart, ContactPersonPart>();
        services.AddSingleton<PersonPart, ImportPersonPart>();
        services.AddSingleton<LeadViews>();
        services.AddSingleton<FormTickets>();
        services.AddScoped<FormWords>();
        services.AddSingleton<FormDoor>();
        services.AddSingleton<HookDoor>();
        services.AddSingleton<CollectTouches>();
        services.AddSingleton<CollectDoor>();
        services.AddSingleton<LinkDoor>();
        services.AddSingleton<LinkBook>();
        services.AddSingleton<VisitorPace>();
        services.AddSingleton<MailOpens>();
        services.AddSingleton<PersonPart, VisitorPersonPart>();
        services.Configure<JsonOptions>(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, IntakeJson.Default));
        services.AddImports();
        return services;
    }

    /// <summary>Maps the room's API and public doors.</summary>
    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        app.MapSubmitLeads();
        app.MapImports();
        app.MapLead();
        app.MapLeadHistory();
        app.MapDuplicates();
        FormDoor.Map(app);
        HookDoor.Map(app);
        CollectDoor.Map(app);
        LinkDoor.Map(app);
    }
}
