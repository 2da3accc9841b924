using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Layout;
using Granary.Web.Hosting;
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
        services.AddSingleton<SignInLimit>();
        services.AddScoped<RoleNames>();
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
        services.AddSingleton<ReadRoles>();
        services.AddSingleton<PlanDuty>();
        services.AddSingleton<AskLeave>();
        services.AddSingleton<ReadLeave>();
        services.AddScoped<LeaveAnswer>();
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<InvitePerson>();
        services.AddSingleton<AcceptInvitation>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<EnrolSecondFactor>();
        services.AddSingleton<SaveSignInRules>();
        services.AddSingleton<Passkeys>();
        services.AddScoped<InvitationLinks>();
        services.AddSingleton<NoticeChannels>();
        services.AddSingleton<SaveUndertaking>();
        services.AddSingleton<ConfirmUndertaking>();
        services.AddSingleton<Undertakings>();
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
        app.UseMiddleware<UndertakingGate>();
        app.UseAuthorization();
        app.UseMiddleware<SecondFactorGate>();
    }

    /// <summary>Maps the room's API and the end of a session.</summary>
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        app.MapUsers();
        app.MapDepartments();
        app.MapRoles();
        app.MapDuty();
        app.MapLeave();
        app.MapDutyForms();
        app.MapApiKeys();
        app.MapMe();
        app.MapSessions();
        app.MapInvitations();
        app.MapPasskeys();
        app.MapPasskeyForms();
        app.MapNoticeChannels();
        app.MapUndertaking();
        app.MapPost("/sign-out", SmallForms.SignOut).AllowAnonymous().RequireRateLimiting(PublicLimit.Anonymous).ExcludeFromDescription();
        app.MapPost("/settings/people/{id:guid}/departure", DepartureForm.Depart).Require(Permission.ManagePeople).ExcludeFromDescription();
        app.MapPost("/settings/me/keys/{id:guid}/revocation", SmallForms.Revoke).ExcludeFromDescription();
        app.MapPost(PeopleUrls.MySessions + "/{id:guid}/end", AccountForms.EndSession).ExcludeFromDescription();
        app.MapPost(PeopleUrls.MySessions + "/end", AccountForms.EndOthers).ExcludeFromDescription();
        app.MapPost("/settings/people/{id:guid}/sessions/end", AccountForms.EndTheirs).Require(Permission.ManagePeople).ExcludeFromDescription();
        app.MapPost("/settings/people/{id:guid}/second-factor/reset", AccountForms.ResetFactor).Require(Permission.ManagePeople).ExcludeFromDescription();
        app.MapPost("/settings/people/{id:guid}/invitation/withdrawal", AccountForms.Withdraw).Require(Permission.ManagePeople).ExcludeFromDescription();
    }
}
