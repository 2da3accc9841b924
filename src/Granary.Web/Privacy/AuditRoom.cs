using Granary.Application.Privacy.Audit;
using Granary.Web.Jobs;

namespace Granary.Web.Privacy;

/// <summary>Composition of the audit: what seals the log, what checks the chain, and what is read of them.</summary>
public static class AuditRoom
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditNotes>();
        services.AddSingleton<SealEvents>();
        services.AddSingleton<CheckChain>();
        services.AddSingleton<VerifyAudit>();
        services.AddSingleton<SeenLeads>();
        services.AddHostedService<LastLooks>();
        services.AddSweep<SeenLeads>(TimeSpan.FromSeconds(5), static (seen, ct) => seen.Flush(ct));
        services.AddSweep<SealEvents>(TimeSpan.FromSeconds(15), static (seal, ct) => seal.Run(ct));
        services.AddSweep<VerifyAudit>(TimeSpan.FromSeconds(2), static (verify, ct) => verify.Run(ct));
        return services;
    }
}
