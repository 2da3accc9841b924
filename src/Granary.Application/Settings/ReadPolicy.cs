using Granary.Application.Policies;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>The versions of a policy, the latest first.</summary>
/// <param name="Versions">All versions.</param>
public sealed record PolicyHistory(IReadOnlyList<PolicyVersion> Versions)
{
    /// <summary>The version in force.</summary>
    public PolicyVersion InForce { get; } = Versions.First(p => p.PublishedAt is not null);

    /// <summary>The draft; null where there is none.</summary>
    public PolicyVersion? Draft { get; } = Versions.FirstOrDefault(p => p.PublishedAt is null);

    /// <summary>What an editor shows: the draft, else the version in force.</summary>
    public PolicyVersion Latest => Draft ?? InForce;
}

/// <summary>Reads policies with their history.</summary>
public sealed class ReadPolicy(Store store)
{
    /// <summary>The history of a kind.</summary>
    public async Task<PolicyHistory> Of(PolicyKind kind, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return new PolicyHistory(await db.Set<PolicyVersion>().AsNoTracking().Where(p => p.Kind == kind.Name).OrderByDescending(p => p.Version).ToListAsync(ct));
    }
}
