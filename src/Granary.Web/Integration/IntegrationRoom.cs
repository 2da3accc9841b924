using Granary.Application.Integration;

namespace Granary.Web.Integration;

/// <summary>Composition of the integration room: what leaves the product for other systems.</summary>
public static class IntegrationRoom
{
    /// <summary>Registers what sends mail and webhooks.</summary>
    public static IServiceCollection AddIntegration(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().MailOptions());
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().WebhookOptions());
        services.AddSingleton<MailSender>();
        services.AddSingleton<WebhookSender>();
        return services;
    }

    /// <summary>The mail server: <c>Granary:Mail:Host</c>, <c>Port</c>, <c>From</c>, <c>User</c>, <c>Password</c>, <c>Tls</c>.</summary>
    private static MailOptions MailOptions(this IConfiguration configuration)
    {
        var mail = configuration.GetSection("Granary:Mail");
        var tls = mail.GetValue("Tls", true);
        return new(mail["Host"], mail.GetValue("Port", tls ? 587 : 25), mail["From"], mail["User"], mail["Password"], tls);
    }

    /// <summary>Hosts of the own network that webhooks may be sent to, also without encryption: <c>Granary:Webhooks:Allowed</c>, separated by commas.</summary>
    private static WebhookOptions WebhookOptions(this IConfiguration configuration) => new(
        (configuration["Granary:Webhooks:Allowed"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase));
}
