using Granary.Application.Qualification;

namespace Granary.Web.Qualification;

/// <summary>Composition of the qualification room: accounts and their contacts.</summary>
public static class QualificationRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddQualification(this IServiceCollection services) => services.AddSingleton<SaveAccount>();

    /// <summary>Maps the room's API.</summary>
    public static void MapQualification(this IEndpointRouteBuilder app) => app.MapAccounts();
}
