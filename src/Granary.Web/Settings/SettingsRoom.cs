using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Settings;

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
        services.AddSingleton<SaveChannel>();
        services.AddSingleton<ListChannels>();
        services.AddSingleton<ListPools>();
        services.AddSingleton<SaveForm>();
        services.AddSingleton<SaveHook>();
        services.AddSingleton<SaveBlacklistEntry>();
        services.AddSingleton<ListBlacklist>();
        services.AddSingleton<SaveSensitiveWord>();
        services.AddSingleton<ListSensitiveWords>();
        services.AddSingleton<SaveCompanyAlias>();
        services.AddSingleton<SavePolicy>();
        services.AddSingleton<ReadPolicy>();
        return services;
    }
}
