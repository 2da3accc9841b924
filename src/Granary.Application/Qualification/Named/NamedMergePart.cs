using Granary.Application.Qualification.Merging;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>That an account is named goes over with it, where the one that stays is not named itself; else it waits with the shell.</summary>
public sealed class NamedMergePart : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "named_account";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var named = db.Set<NamedAccount>();
        if (await named.AnyAsync(n => n.AccountId == to, ct))
        {
            return [];
        }

        var ids = await named.Where(n => n.AccountId == from).Select(n => n.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) => db.Set<NamedAccount>().Where(n => n.AccountId == was && ids.Contains(n.Id))
        .ExecuteUpdateAsync(n => n.SetProperty(x => x.AccountId, becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
}
