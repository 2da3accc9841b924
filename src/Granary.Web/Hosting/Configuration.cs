using Granary.Application.Storage;
using Microsoft.Extensions.Configuration.Memory;

namespace Granary.Web.Hosting;

/// <summary>What the product takes from its configuration, and what stands where nothing is configured.</summary>
public static class Configuration
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["urls"] = "http://127.0.0.1:5080",
        ["Granary:Database"] = "sqlite",
        ["Granary:DataDirectory"] = "data",
        ["Granary:AnonymousRequestsPerMinute"] = "120",
        ["Granary:CollectRequestsPerMinute"] = "1200",
        ["Granary:FailedSignInsPerMinute"] = "10",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // Pages and the API answer with problems of their own; a refused request is not a fault of the server.
        ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware"] = "None",
        // The keys are sealed by the vault before they reach the database.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:Granary.Web.People.ApiKeyAuthentication"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
    };

    /// <summary>Puts our defaults below every other source, and what was typed above them.</summary>
    public static void AddDefaults(this ConfigurationManager configuration, IEnumerable<KeyValuePair<string, string?>> typed)
    {
        IConfigurationBuilder builder = configuration;
        builder.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Add(new MemoryConfigurationSource { InitialData = typed });
    }

    /// <summary>Which database, and where.</summary>
    /// <exception cref="UnusableConfigurationException">The configuration contradicts itself.</exception>
    public static StoreOptions StoreOptions(this IConfiguration configuration)
    {
        var directory = Path.GetFullPath(configuration["Granary:DataDirectory"]!);
        var master = configuration["Granary:MasterKey"];
        var next = configuration["Granary:NextMasterKey"];
        return configuration["Granary:Database"] switch
        {
            "sqlite" => new StoreOptions(null, directory, master) { NextMasterKey = next },
            "postgres" when configuration.GetConnectionString("Granary") is { Length: > 0 } postgres => new StoreOptions(postgres, directory, master) { NextMasterKey = next },
            "postgres" => throw new UnusableConfigurationException("Granary:Database is postgres, but ConnectionStrings:Granary is not given."),
            var other => throw new UnusableConfigurationException($"Granary:Database is '{other}'; it can be sqlite or postgres."),
        };
    }
}

/// <summary>The product cannot start as it is configured; the message says what to change.</summary>
public sealed class UnusableConfigurationException(string message) : Exception(message);
