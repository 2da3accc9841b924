using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Granary.Testing.Web;

/// <summary>
/// The whole product inside a test, composed as it is in production, on a database that ends with it:
/// <c>await using var granary = await GranaryFactory.Open(kind); var http = granary.CreateClient();</c>
/// </summary>
public sealed class GranaryFactory : WebApplicationFactory<Program>
{
    private readonly bool _ownsDatabase;

    /// <summary>The product on a database of the caller's; two of them on one PostgreSQL database are two nodes.</summary>
    public GranaryFactory(TestDatabase database)
        : this(database, ownsDatabase: false)
    {
    }

    private GranaryFactory(TestDatabase database, bool ownsDatabase)
    {
        Database = database;
        _ownsDatabase = ownsDatabase;
    }

    /// <summary>The database it runs on.</summary>
    public TestDatabase Database { get; }

    /// <summary>The clock it goes by; null is the real one. With a fake clock nothing that waits goes on until the test moves it.</summary>
    public FakeClock? Clock { get; init; }

    /// <summary>Hears what the product logs; null lets it pass.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Settings besides those of the database, by configuration key.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The product on a new database.</summary>
    public static async Task<GranaryFactory> Open(DatabaseKind kind, FakeClock? clock = null) =>
        new(await TestDatabase.Open(kind), ownsDatabase: true) { Clock = clock };

    /// <summary>Serves on a free port of the loopback, for browsers and other real clients.</summary>
    public Uri Listen()
    {
        UseKestrel(0);
        StartServer();
        var addresses = Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        return new Uri(addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await GivenBack();
        if (_ownsDatabase)
        {
            await Database.DisposeAsync();
        }
    }

    // The product ends on a thread of its own, which may still be at it when the host is gone; its last act is to give the folder back.
    private async Task GivenBack()
    {
        var held = Path.Combine(Database.Options.Directory, "lock");
        for (var patience = 0; patience < 500 && File.Exists(held); patience++)
        {
            try
            {
                await using var free = new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning");
        // Settings reach the configuration before Program reads it; ConfigureAppConfiguration comes too late for that.
        foreach (var (key, value) in Database.Settings.Concat(Settings))
        {
            builder.UseSetting(key, value);
        }

        if (Log is not null)
        {
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        }

        if (Clock is not null)
        {
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
        }
    }
}
