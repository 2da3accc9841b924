using System.Text.Json.Nodes;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>First answers to repeated requests that speak of a person; they are kept for a day. The answer goes, the key stays, so that nothing lands twice.</summary>
public sealed class AnswerPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "idempotency_record";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct) =>
        [.. (await Of(work, ct)).Select(r => Row(("at", r.At), ("status", r.Status)))];

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var records = await Of(work, ct);
        records.ForEach(r => r.Answer = null);
        await work.Db.SaveChangesAsync(ct);
        return records.Count;
    }

    // Nothing tells whom an answer is about but what it says.
    private static async Task<List<IdempotencyRecord>> Of(PersonWork work, CancellationToken ct)
    {
        List<IdempotencyRecord> found = [];
        if (work.Keys.Length == 0)
        {
            return found;
        }

        await foreach (var record in work.Db.Set<IdempotencyRecord>().AsNoTracking().Where(r => r.Answer != null).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (work.Speaks(work.Vault.Open(record.Answer!.Value)))
            {
                found.Add(record);
            }
        }

        work.Db.AttachRange(found);
        return found;
    }
}
