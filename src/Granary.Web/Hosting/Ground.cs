using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Web.Components;
using Granary.Web.Jobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Granary.Web.Hosting;

/// <summary>The ground of the executable: storage, clock, JSON, problems, limits, headers, health, the API's description.</summary>
public static class Ground
{
    /// <summary>Registers the ground.</summary>
    public static WebApplicationBuilder AddGround(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().StoreOptions());
        services.AddSingleton<DataFolder>();
        services.AddSingleton(provider =>
        {
            // Made first, so that the folder is given back after the store has been closed.
            provider.GetRequiredService<DataFolder>();
            return new Store(provider.GetRequiredService<StoreOptions>());
        });
        services.AddScoped(provider => provider.GetRequiredService<Store>().Open());
        services.AddSingleton<House>();
        services.AddSingleton(provider => provider.GetRequiredService<House>().Vault);
        services.AddSingleton<SettingCache>();
        services.AddSingleton<EventMonthsAhead>();
        services.AddSweep<EventMonthsAhead>(TimeSpan.FromHours(12), static (months, ct) => months.Prepare(ct));

        services.AddDataProtection().SetApplicationName("Granary");
        services.AddOptions<KeyManagementOptions>().Configure<Store, House>((keys, store, house) => keys.XmlRepository = new ProtectionKeys(store, house));

        services.ConfigureHttpJsonOptions(options => WireJson.Strict(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<ProblemWords>();
        services.AddSingleton<FirstAnswers>();
        services.AddExceptionHandler<ApiFaults>();
        // Pages are text that shrinks to a sixth; tokens within them are made anew for each answer. The API stays as it is.
        services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, ["text/html", "text/css", "text/javascript", "image/svg+xml"]));
        services.AddPublicLimit(builder.Configuration);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "granary-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Ours forbids every frame; the framework's own would allow those of this host.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddApiDescription();

        // Addresses of searches hold what was searched for, a phone number among others: no log, however chatty, gets to see them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.Matching", LogLevel.Warning);

        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            RequestBounds.Apply(kestrel.Limits);
        });
        return builder;
    }

    /// <summary>What every request passes before it is known who asks.</summary>
    public static void UseGround(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseHostCookies();
        app.UseResponseCompression();
        app.UseSecurityHeaders();
        app.UseLanguages();
        app.UseHostNames();
        app.UseFaultAnswers();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseRequestBounds();
        app.UseRateLimiter();
        app.MapHealth();
        app.MapApiDescription();
    }

    /// <summary>What requests pass once it is known who asks.</summary>
    public static void UseIdempotency(this WebApplication app) => app.UseMiddleware<Idempotency>();
}
