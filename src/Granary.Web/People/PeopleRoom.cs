using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Layout;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.Http.Features;

namespace Granary.Web.People;

/// <summary>Composition of the people room: who may come in, and who works here.</summary>
public static class PeopleRoom
{
    /// <summary>Registers sign-in and the use cases.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSignIn();
        services.AddScoped<PasswordSignIn>();
        services.AddSingleton<RoleNames>();
        services.AddScoped(provider => Http(provider).Features.GetRequiredFeature<Setting>());
        services.AddScoped(provider => Http(provider).Viewer());
        services.AddScoped(provider => new OrgTime(provider.GetRequiredService<TimeProvider>(), Zone(provider)));
        services.AddScoped<SignedInShell>();
        services.AddScoped<ShellSource>(provider => provider.GetRequiredService<SignedInShell>().Get);
        services.AddSingleton<CreateFirstAdministrator>();
        services.AddSingleton<SaveUser>();
        services.AddSingleton<DepartUser>();
        services.AddSingleton<SaveDepartment>();
        services.AddSingleton<SaveRole>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<NoticeChannels>();
        return services;
    }

    private static HttpContext Http(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("Only a request has a viewer and a setting.");

    private static TimeZoneInfo Zone(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Setting>()?.Calendar.Zone ?? OrgTime.DefaultZone;

    /// <summary>Finds out who asks; what comes after is for those who may.</summary>
    public static void UsePeople(this WebApplication app)
    {
        app.UseMiddleware<RequestSetting>();
        app.UseAuthentication();
        app.UseMiddleware<FirstRun>();
        app.UseAuthorization();
    }

    /// <summary>Maps the room's API and the end of a session.</summary>
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        app.MapUsers();
        app.MapDepartments();
        app.MapRoles();
        app.MapApiKeys();
        app.MapMe();
        app.MapNoticeChannels();
        app.MapPost("/sign-out", SmallForms.SignOut).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/settings/people/{id:guid}/departure", DepartureForm.Depart).Require(Permission.ManagePeople).ExcludeFromDescription();
        app.MapPost("/settings/me/keys/{id:guid}/revocation", SmallForms.Revoke).ExcludeFromDescription();
    }
}
