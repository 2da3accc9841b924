using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Web.Hosting;
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
                options.Password = new PasswordOptions
                {
                    RequiredLength = 12,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddRoles<Role>()
            .AddEntityFrameworkStores<GranaryDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromSeconds(30));
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "granary";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
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
    }

    // Rights are asked for with every request: who has left is out with the next one.
    private static async Task Validate(CookieValidatePrincipalContext cookie)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(cookie);
        var setting = await cookie.HttpContext.RequestServices.GetRequiredService<SettingCache>().Get(cookie.HttpContext.RequestAborted);
        if (cookie.Principal?.UserId() is { } id && setting.ViewerOf(id) is { } viewer)
        {
            cookie.HttpContext.Be(viewer);
            return;
        }

        cookie.RejectPrincipal();
        await cookie.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
