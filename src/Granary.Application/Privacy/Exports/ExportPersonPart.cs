using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy.Exports;

/// <summary>
/// Files that hold a person's leads: who took them out and when is theirs to know, and a file that still lies here goes when they
/// are erased. One that is being made begins anew, so that none of them stays in what was read before.
/// </summary>
public sealed class ExportPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "export_request";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var holding = await Holding(work, ct);
        var exports = await work.Db.Set<ExportRequest>().AsNoTracking().Where(e => holding.Contains(e.Id)).OrderBy(e => e.Id).ToListAsync(ct);
        return [.. exports.Select(e => Row(("id", e.Id), ("at", e.AskedAt), ("until", e.ExpiresAt)))];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        if (work.Leads.Length == 0)
        {
            return 0;
        }

        await work.Db.Set<ExportRequest>().Where(e => e.State == ExportState.Running && e.LeaseUntil != null)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null), ct);
        var holding = await Holding(work, ct);
        foreach (var export in await work.Db.Set<ExportRequest>().AsNoTracking().Where(e => holding.Contains(e.Id) && e.State == ExportState.Ready).ToListAsync(ct))
        {
            await ExportFiles.Drop(work.Db, export.Id, ct);
            await work.Db.Set<ExportRequest>().Where(e => e.Id == export.Id)
                .ExecuteUpdateAsync(e => e.SetProperty(x => x.State, ExportState.Expired).SetProperty(x => x.ExpiresAt, (DateTimeOffset?)null), ct);
            work.Db.Add(new EventRecord { At = work.Now, SubjectId = export.Id, Kind = ExportEvent.Expired, ActorId = work.ActorId, Data = Json.Write(new { reason = "erased" }) });
            work.Db.Add(new Notice { Id = Clock.NewId(work.Now), UserId = export.AskedById, Kind = NoticeKind.ExportEnded, SubjectId = export.Id, At = work.Now });
        }

        return holding.Count;
    }

    private static async Task<HashSet<Guid>> Holding(PersonWork work, CancellationToken ct)
    {
        HashSet<Guid> leads = [.. work.Leads], holding = [];
        await foreach (var page in work.Db.Set<ExportPage>().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            if (leads.Overlaps(page.Leads))
            {
                holding.Add(page.ExportId);
            }
        }

        return holding;
    }
}

/// <summary>The rows that make an export's file.</summary>
internal static class ExportFiles
{
    /// <summary>Takes the file away.</summary>
    public static async Task Drop(GranaryDb db, Guid exportId, CancellationToken ct)
    {
        await db.Set<ExportPiece>().Where(p => p.ExportId == exportId).ExecuteDeleteAsync(ct);
        await db.Set<ExportPage>().Where(p => p.ExportId == exportId).ExecuteDeleteAsync(ct);
    }
}
