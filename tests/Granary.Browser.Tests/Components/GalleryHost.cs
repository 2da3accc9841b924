using Granary.Browser.Tests.Components;
using Granary.Web.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(GalleryHost))]

namespace Granary.Browser.Tests.Components;

/// <summary>The interface alone, without a database, as a developer sees it at <c>/gallery</c>.</summary>
public sealed class GalleryHost : IAsyncLifetime
{
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app!.Urls.First());

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Interface).Assembly.GetName().Name,
            EnvironmentName = "Development",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddInterface();
        _app = builder.Build();
        _app.UseLanguages();
        _app.MapInterface();
        // The shell listens for notices; there is nobody here who could have any.
        _app.MapGet("/live", (HttpResponse response) => { response.StatusCode = StatusCodes.Status204NoContent; });
        await _app.StartAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
