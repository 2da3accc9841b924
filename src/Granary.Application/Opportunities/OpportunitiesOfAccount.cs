using Granary.Application.Qualification.Merging;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Opportunities of an account, which go over when two become one; what was converted into them stays converted then.</summary>
public sealed class OpportunitiesOfAccount : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "opportunity";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var ids = await db.Set<Opportunity>().Where(o => o.AccountId == from).Select(o => o.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) => db.Set<Opportunity>().Where(o => o.AccountId == was && ids.Contains(o.Id))
        .ExecuteUpdateAsync(o => o.SetProperty(x => x.AccountId, becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
}
