using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Application.Storage;

namespace Granary.Web.Hosting;

/// <summary>The data made ready for use: schema, keys, what a new organisation starts with.</summary>
public sealed class House(Store store, ErasureMemory erasures, TimeProvider time)
{
    private Vault? _vault;

    /// <summary>The opened vault.</summary>
    /// <exception cref="InvalidOperationException">The house was not opened yet.</exception>
    public Vault Vault => _vault ?? throw new InvalidOperationException("Open the house before asking for its vault.");

    /// <summary>Brings the schema up to date, opens the vault and makes what is missing.</summary>
    public async Task Open(CancellationToken ct)
    {
        await store.Migrate(ct);
        _vault = await store.OpenVault(time, ct);
        await store.Prepare(time, ct);
        await store.PrepareEventMonths(time.Now, time.Now, ct);
        // A restored backup must not bring back whom it still knew.
        await erasures.Open(_vault, ct);
    }
}
