using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Bench;

/// <summary>The product as it is served, with a bare endpoint beside it in the same process.</summary>
internal sealed class Host(StoreOptions options) : WebApplicationFactory<Program>, IStartupFilter
{
    private BareInsert? _bare;

    /// <summary>Serves, and returns the address.</summary>
    public Uri Listen()
    {
        UseKestrel(0);
        StartServer();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new Uri(addresses.First().Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
    }

    /// <summary>A key with which leads can be created.</summary>
    public async Task<string> Key() =>
        (await ActivatorUtilities.CreateInstance<CreateApiKey>(Services).ForEmail("rep0@example.com", "bench"))!.Key;

    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/bare", bare => bare.Run(async context =>
        {
            _bare ??= new BareInsert(context.RequestServices.GetRequiredService<Store>());
            await context.Request.Body.CopyToAsync(Stream.Null);
            await _bare.One();
            context.Response.StatusCode = StatusCodes.Status201Created;
        }));
        next(app);
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "None");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel", "None");
        builder.UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "None");
        // One machine stands for thousands of visitors.
        builder.UseSetting("Granary:CollectRequestsPerMinute", "100000000");
        builder.UseSetting("Granary:Database", options.Postgres is null ? "sqlite" : "postgres");
        builder.UseSetting("Granary:DataDirectory", options.Directory);
        builder.UseSetting("ConnectionStrings:Granary", options.Postgres);
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _bare?.Dispose();
    }
}
