using Granary.Application.Privacy;
using Granary.Web.Jobs;

namespace Granary.Web.Privacy;

/// <summary>Composition of what keeps contact data secret: the change of its keys.</summary>
public static class KeysRoom
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<RotateKeys>();
        services.AddSingleton<RewrapKeys>();
        services.AddSweep<RotateKeys>(TimeSpan.FromSeconds(10), (rotate, ct) => rotate.Work(null, ct));
        return services;
    }
}
