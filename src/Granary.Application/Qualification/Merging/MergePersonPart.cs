using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>Merges of a person's leads: that they were merged stays, what the leads held before goes.</summary>
public sealed class MergePersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "record_merge";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var merges = await Of(work).AsNoTracking().OrderBy(m => m.Id).ToListAsync(ct);
        return [.. merges.Select(m => Row(("id", m.Id), ("survivorId", m.SurvivorId), ("mergedId", m.MergedId), ("at", m.At), ("undoneAt", m.UndoneAt), ("before", m.Body is { } body ? JsonNode.Parse(work.Vault.Open(body)) : null)))];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var merges = await Of(work).Where(m => m.Body != null).ToListAsync(ct);
        merges.ForEach(m => m.Body = null);
        await work.Db.SaveChangesAsync(ct);
        return merges.Count;
    }

    private static IQueryable<RecordMerge> Of(PersonWork work) => work.Db.Set<RecordMerge>().Where(m => work.Leads.Contains(m.SurvivorId) || work.Leads.Contains(m.MergedId));
}
