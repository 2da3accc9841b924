using Granary.Application.Capture.Import;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>
/// Submissions that were answered before: an imported row that came with an earlier upload, or a request repeated under its
/// idempotency key (§3). Kept in the transaction of the landing, so that an answer and its lead stand or fall together.
/// </summary>
internal sealed class Repeats
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Vault _vault;
    private readonly Dictionary<Guid, Guid> _rows = [];
    private readonly Dictionary<Guid, (Guid Request, Func<IntakeResult> Answer)> _answers = [];
    private readonly List<(IdempotencyKey Key, Landing Landing)> _new = [];
    private readonly HashSet<Prepared> _followers = new(ReferenceEqualityComparer.Instance);

    private Repeats(Vault vault) => _vault = vault;

    public static async Task<Repeats> Find(WriteScope scope, Vault vault, IReadOnlyList<Prepared> items, CancellationToken ct)
    {
        var repeats = new Repeats(vault);
        var rows = items.Where(i => i.Request.Import is not null).Select(i => i.Request.Import!.Key).ToArray();
        if (rows.Length > 0)
        {
            foreach (var row in await scope.Db.Set<ImportRow>().AsNoTracking().Where(r => rows.Contains(r.Key)).ToListAsync(ct))
            {
                repeats._rows[row.Key] = row.LeadId;
            }
        }

        var keys = items.Where(i => i.Request.Idempotency is not null).Select(i => i.Request.Idempotency!.Key).ToArray();
        if (keys.Length > 0)
        {
            await repeats.Load(scope, keys, items[0].Now - Kept, ct);
            HashSet<Guid> seen = [];
            repeats._followers.UnionWith(items.Where(i => i.Request.Idempotency is { } key && !seen.Add(key.Key)));
        }

        return repeats;
    }

    /// <summary>Whether an item repeats another one and must not be landed.</summary>
    public bool Has(Prepared item) => _followers.Contains(item) || Of(item) is not null;

    /// <summary>The answer an item repeats; null when it is new.</summary>
    public IntakeResult? Of(Prepared item)
    {
        if (item.Request.Import is { } import && _rows.TryGetValue(import.Key, out var lead))
        {
            return new IntakeResult.Repeated(lead);
        }

        return item.Request.Idempotency is { } key && _answers.TryGetValue(key.Key, out var first)
            ? first.Request == key.Request ? first.Answer() : new IntakeResult.KeyReused()
            : null;
    }

    /// <summary>Remembers the answer of a landed item.</summary>
    public IntakeResult Keep(Prepared item, IntakeResult.Landed answer)
    {
        if (item.Request.Idempotency is { } key)
        {
            _answers[key.Key] = (key.Request, () => answer);
            _new.Add((key, answer.Landing));
        }

        return answer;
    }

    /// <summary>Rows of the answers remembered since.</summary>
    public IEnumerable<IdempotencyRecord> Answers(DateTimeOffset now) => _new.Select(n => new IdempotencyRecord
    {
        Key = n.Key.Key,
        Request = n.Key.Request,
        At = now,
        Status = 201,
        Answer = _vault.Seal(Json.Write(n.Landing)),
    });

    private async Task Load(WriteScope scope, Guid[] keys, DateTimeOffset oldest, CancellationToken ct)
    {
        await scope.Db.Set<IdempotencyRecord>().Where(r => keys.Contains(r.Key) && r.At < oldest).ExecuteDeleteAsync(ct);
        foreach (var row in await scope.Db.Set<IdempotencyRecord>().AsNoTracking().Where(r => keys.Contains(r.Key)).ToListAsync(ct))
        {
            // Read only for the very same request: another one may have left an answer of another kind under the key.
            _answers[row.Key] = (row.Request, () => row.Answer is { } answer
                ? new IntakeResult.Landed(Json.Read<Landing>(_vault.Open(answer)) with { Repeated = true })
                : new IntakeResult.KeyReused());
        }
    }
}
