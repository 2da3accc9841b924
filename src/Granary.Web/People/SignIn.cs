using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Web.Hosting;
using Granary.Web.Jobs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>Signing in: a cookie for pages, a key for the API, and nothing without one of them unless a route says so.</summary>
internal static class SignIn
{
    public const string Path = "/sign-in";

    private const string Choice = "Granary";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = Choice;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddPolicyScheme(Choice, null, options => options.ForwardDefaultSelector =
                http => http.IsApi() ? ApiKeyAuthentication.Name : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null)
            .AddIdentityCookies();
        services.AddIdentityCore<User>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                options.User.RequireUniqueEmail = true;
                options.User.AllowedUserNameCharacters = "";
            })
            .AddRoles<Role>()
            .AddEntityFrameworkStores<GranaryDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        // A passkey is both factors at once: the device, and the finger, face or PIN that it asks for.
        services.Configure<IdentityPasskeyOptions>(options => (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required"));
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "granary";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = Sessions.Idle;
            options.LoginPath = Path;
            options.ReturnUrlParameter = "next";
            options.Events.OnValidatePrincipal = Validate;
            // No redirect: the page that was asked for is the place to say it.
            options.Events.OnRedirectToAccessDenied = refused =>
            {
                refused.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Sessions>();
        services.AddSweep<Sessions>(TimeSpan.FromHours(6), static (sessions, ct) => sessions.Tidy(ct));
        services.AddSingleton<StillSignedIn>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<CheckPassword>();
        services.AddSingleton<CheckCode>();
        services.AddScoped<SignInFlow>();
    }

    // Session and rights are asked for with every request: who has left or was signed out is out with the next one.
    private static async Task Validate(CookieValidatePrincipalContext cookie)
    {
        if (await cookie.HttpContext.RequestServices.GetRequiredService<StillSignedIn>().Of(cookie.Principal, cookie.HttpContext.RequestAborted) is var (viewer, session))
        {
            cookie.HttpContext.Be(viewer);
            cookie.HttpContext.Features.Set(session);
            return;
        }

        cookie.RejectPrincipal();
        await cookie.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
