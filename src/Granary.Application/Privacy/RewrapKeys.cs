using Granary.Application.Storage;

namespace Granary.Application.Privacy;

/// <summary>
/// Changes the master key (§18): all keys in the database are wrapped anew in one transaction, and then the new file takes the old
/// one's place. A node killed in between opens with whichever of the two is in force.
/// </summary>
public sealed class RewrapKeys(Store store, TimeProvider time)
{
    /// <summary>Makes the new master key's file, and returns where it is; one that is there already is left alone.</summary>
    /// <exception cref="MasterKeyException">It cannot be read.</exception>
    public string Prepare()
    {
        store.Ring!.Prepare();
        return store.Options.NextKeyFile;
    }

    /// <summary>Puts the new master key in force, and returns how many keys it wraps. With the embedded database it is made where none was prepared.</summary>
    /// <exception cref="MasterKeyException">There is no new master key, or it is in force already.</exception>
    public Task<int> Run(CancellationToken ct = default) => store.Ring!.Rewrap(
        mayMake: store.IsSqlite && store.Options.MasterKey is not { Length: > 0 },
        (scope, keys) =>
        {
            scope.Db.Add(KeyEvent.Of(KeyEvent.Rewrapped, time.Now, null, new { keys }));
            return scope.Db.SaveChangesAsync(ct);
        },
        ct);
}
