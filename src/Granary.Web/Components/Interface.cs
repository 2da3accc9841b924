using System.Text.Encodings.Web;
using System.Text.Unicode;
using Granary.Web.Components.Gallery;
using Granary.Web.Components.Layout;
using Granary.Web.Hosting;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Granary.Web.Components;

/// <summary>Composition of the interface: static Razor components, languages, assets and the reader's preferences.</summary>
public static class Interface
{
    /// <summary>Languages of the interface and what each calls itself, the default first.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> Languages = [("zh-CN", "简体中文"), ("en", "English")];

    /// <summary>
    /// Registers the interface. The people room replaces <see cref="ShellSource"/> and the organisation's
    /// settings replace <see cref="OrgTime"/>; until then a guest in the default time zone is shown.
    /// </summary>
    public static IServiceCollection AddInterface(this IServiceCollection services)
    {
        NavigateWithoutExceptions();
        services.AddScoped<DocumentHead>();
        services.AddRazorComponents();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        // Chinese stays readable and short in the markup; <, >, & and quotes are escaped all the same.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped(provider => new OrgTime(provider.GetRequiredService<TimeProvider>(), OrgTime.DefaultZone));
        services.TryAddScoped<ShellSource>(_ => static () => ValueTask.FromResult(ShellModel.Guest));
        services.AddCascadingValue(provider => provider.GetRequiredService<OrgTime>());
        services.TryAddSingleton<ReasonText>();
        services.TryAddSingleton<FieldErrorText>();
        return services;
    }

    /// <summary>Answers in the reader's language from here on: that of the cookie, else of the browser.</summary>
    public static void UseLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(Localisation());

    /// <summary>Adds the interface's middleware and endpoints; call it after authentication and authorization.</summary>
    public static WebApplication MapInterface(this WebApplication app)
    {
        app.UseAntiforgery();
        app.UseFormTokens();
        app.MapStaticAssets().AllowAnonymous().WithMetadata(new UnlimitedAttribute("Files that ship with the product, kept by browsers and caches."));
        app.MapGet("/language", Preferences.SetLanguage).AllowAnonymous().RequireRateLimiting(PublicLimit.Anonymous).ExcludeFromDescription();
        app.MapGet("/theme", Preferences.SetTheme).AllowAnonymous().RequireRateLimiting(PublicLimit.Anonymous).ExcludeFromDescription();
        app.MapRazorComponents<App>().WithStaticAssets();
        if (app.Environment.IsDevelopment())
        {
            app.MapGallery();
        }

        return app;
    }

    // By default a page that sends its reader elsewhere throws. Thrown while a layout that had to wait renders, it leaves a tree whose later
    // components were never made; the renderer takes the exception for a redirect, goes on and writes that tree: each of those components is
    // number 0, the document itself, without end until the stack ends and the process with it.
    private static void NavigateWithoutExceptions() =>
        AppContext.SetSwitch("Microsoft.AspNetCore.Components.Endpoints.NavigationManager.DisableThrowNavigationException", true);

    private static RequestLocalizationOptions Localisation()
    {
        string[] languages = [.. Languages.Select(language => language.Code)];
        var options = new RequestLocalizationOptions { ApplyCurrentCultureToResponseHeaders = true }
            .SetDefaultCulture(languages[0])
            .AddSupportedCultures(languages)
            .AddSupportedUICultures(languages);
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        return options;
    }
}
