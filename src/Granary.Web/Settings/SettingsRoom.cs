using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Web.Capture;
using Granary.Web.Cleansing;
using Granary.Web.Matching;
using Granary.Web.Settings.Editors;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Granary.Web.Settings;

/// <summary>Composition of what an administrator sets: organisation, channels, pools, forms, hooks, lists, policies.</summary>
public static class SettingsRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
            new RedirectHosts(provider.GetRequiredService<IConfiguration>().GetSection("Granary:RedirectHosts").Get<string[]>() ?? []));
        services.AddSingleton<SaveOrganisation>();
        services.AddSingleton<SaveCalendar>();
        services.AddSingleton<ImportCalendar>();
        services.AddSingleton<SaveChannel>();
        services.AddSingleton<ListChannels>();
        services.AddSingleton<SaveCost>();
        services.AddSingleton<ImportCosts>();
        services.AddSingleton<ListCosts>();
        services.AddSingleton<SaveLink>();
        services.AddSingleton<ListLinks>();
        services.AddSingleton<ListPools>();
        services.AddSingleton<SavePool>();
        services.AddSingleton<SavePoolMembers>();
        services.AddSingleton<SaveForm>();
        services.AddSingleton<SaveHook>();
        services.AddSingleton<SaveBlacklistEntry>();
        services.AddSingleton<ListBlacklist>();
        services.AddSingleton<PersonPart, BlacklistPersonPart>();
        services.AddSingleton<SaveSensitiveWord>();
        services.AddSingleton<ListSensitiveWords>();
        services.AddSingleton<SaveCompanyAlias>();
        services.AddSingleton<SavePolicy>();
        services.AddSingleton<ReadPolicy>();
        services.AddSingleton<TryPolicy>();
        services.AddSingleton<TryFlows>();
        services.AddScoped<PolicyWords>();
        services.AddScoped<FlowWords>();
        services.AddScoped<CustomWords>();
        services.TryAddSingleton<ImportText>();
        // Editors post whole lists: at most 200 rules with what belongs to them.
        services.Configure<RazorComponentsServiceOptions>(options => options.MaxFormMappingCollectionSize = 1_000);
        services.Configure<FormOptions>(options => options.ValueCountLimit = 16_384);
        return services;
    }

    /// <summary>Maps the API of everything an administrator sets.</summary>
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        app.MapCalendar();
        app.MapChannels();
        app.MapCosts();
        app.MapLinksApi();
        app.MapFormsApi();
        app.MapHooksApi();
        app.MapLists();
        app.MapCompanyAliases();
        app.MapPools();
        app.MapPolicies();
    }
}
