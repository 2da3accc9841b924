using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>
/// Sees to it that who was erased stays so when an older backup is restored (docs/adr/0015): every node keeps a file of all
/// erasures up to date, and what a file knows and the database does not is erased again before the product serves.
/// </summary>
public sealed class ErasureMemory(Store store, PersonRecords records, TimeProvider time)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "erasures.log";

    private readonly ErasureFile _file = new(Path.Combine(store.Options.Directory, FileName));

    /// <summary>Whether the file's chain held when it was last read.</summary>
    public bool Whole { get; private set; } = true;

    /// <summary>Erases again what the file knows and the database does not; then brings the file up to date.</summary>
    /// <param name="vault">Opens what is sealed.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>How many persons were erased again.</returns>
    public async Task<int> Open(Vault vault, CancellationToken ct = default)
    {
        var (remembered, whole) = await _file.Read(ct);
        Whole = whole;
        var again = 0;
        foreach (var erasure in await Unknown(remembered, ct))
        {
            again += await store.Write(scope => Again(scope, vault, erasure, ct), ct);
        }

        await Remember(ct);
        return again;
    }

    /// <summary>Brings the file up to date with the database.</summary>
    public async Task<int> Remember(CancellationToken ct = default)
    {
        await using var db = store.Open();
        var erasures = await db.Set<Erasure>().AsNoTracking().OrderBy(e => e.Id).ToListAsync(ct);
        return erasures.Count == 0 ? 0 : await _file.Append(erasures, ct);
    }

    private async Task<IReadOnlyList<Erasure>> Unknown(IReadOnlyList<Erasure> remembered, CancellationToken ct)
    {
        if (remembered.Count == 0)
        {
            return [];
        }

        await using var db = store.Open();
        var known = (await db.Set<Erasure>().Select(e => e.Id).ToListAsync(ct)).ToHashSet();
        return [.. remembered.Where(e => !known.Contains(e.Id))];
    }

    private async Task<int> Again(WriteScope scope, Vault vault, Erasure erasure, CancellationToken ct)
    {
        if (await scope.Db.Set<Erasure>().AnyAsync(e => e.Id == erasure.Id, ct))
        {
            // Another node was first.
            return 0;
        }

        var now = time.Now;
        // Everything that the restored database holds of them is older than the erasure; what came behind it is not meant.
        var leads = await PersonRecords.Leads(scope.Db, erasure.Keys, [], erasure.Leads, ct);
        var meant = leads.Where(l => l.RecordedAt <= erasure.At).Select(l => l.Id).ToArray();
        scope.Db.Add(new Erasure { Id = erasure.Id, At = erasure.At, RequestId = erasure.RequestId, Leads = [.. erasure.Leads], Keys = [.. erasure.Keys] });
        scope.Db.Add(new EventRecord { SubjectId = erasure.RequestId ?? erasure.Id, Kind = RedactEvents.Erased, At = now, Data = Json.Write(new { leads = meant.Length, again = true }) });
        var counts = await records.Erase(scope, vault, [.. erasure.Keys], meant, now, null, erasure.RequestId ?? erasure.Id, ct);
        await PrivacyProofs.Append(scope, "erase_again", erasure.RequestId, null, counts, now, ct);
        return 1;
    }
}
