using Granary.Application.Campaigns;
using Granary.Application.Intake;
using Granary.Application.Privacy;
using Granary.Application.Qualification.Merging;
using Granary.Web.Campaigns.Door;
using Granary.Web.Jobs;

namespace Granary.Web.Campaigns;

/// <summary>Composition of the campaigns room.</summary>
public static class CampaignRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddCampaigns(this IServiceCollection services)
    {
        services.AddSweep<RemindCampaigns>(TimeSpan.FromMinutes(5), static (remind, ct) => remind.Sweep(ct));
        services.AddSweep<CampaignResults>(TimeSpan.FromMinutes(5), static (results, ct) => results.Sweep(ct));
        return services
            .AddSingleton<PersonPart, CampaignPersonPart>()
            .AddSingleton<LeadMergePart, CampaignsOfLead>()
            .AddSingleton<CampaignVerb>()
            .AddSingleton<SaveCampaign>()
            .AddSingleton<MoveCampaign>()
            .AddSingleton<CampaignChecklist>()
            .AddSingleton<CampaignCosts>()
            .AddSingleton<InvitePeople>()
            .AddSingleton<CheckInPeople>()
            .AddSingleton<PromoteCampaign>()
            .AddSingleton<CampaignRoster>()
            .AddSingleton<LinkCompany>()
            .AddSingleton<SplitCampaign>()
            .AddSingleton<CampaignResults>()
            .AddSingleton<RemindCampaigns>()
            .AddSingleton<ReadCampaigns>()
            .AddSingleton<ReadCampaignPeople>()
            .AddSingleton<ReadSite>()
            .AddSingleton<ExportCampaigns>()
            .AddSingleton<FormCampaign>(static services => services.GetRequiredService<ReadCampaigns>().CodeOfForm)
            .AddScoped<CampaignCodes>()
            .AddSingleton<CampaignTasks>()
            .AddScoped<CampaignWords>()
            .AddScoped<CampaignEventWords>()
            .AddScoped<CampaignFiles>()
            .AddScoped<CampaignSaying>()
            .AddScoped<CheckInDoor>();
    }

    /// <summary>Maps the room's API, forms and public page.</summary>
    public static void MapCampaigns(this IEndpointRouteBuilder app)
    {
        app.MapCampaignRecords();
        app.MapCampaignPlan();
        app.MapCampaignPeople();
        app.MapCampaignSite();
        app.MapCampaignResults();
        app.MapGroup("").ExcludeFromDescription().MapCampaignForms();
        app.MapGroup("").ExcludeFromDescription().MapCampaignFiles();
        CheckInDoor.Map(app);
    }
}
