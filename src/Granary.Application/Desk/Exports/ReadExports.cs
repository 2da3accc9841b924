using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk.Exports;

/// <summary>Reads exports: one's own, and those about which one may decide; and opens a file for whoever asked for it, each time in the log (§18).</summary>
public sealed class ReadExports(Store store, Vault vault, TimeProvider time)
{
    /// <summary>Somebody's own, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="before">Only those before this one; null begins with the latest.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<ExportRequest>> Own(Viewer viewer, Guid? before, int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<ExportRequest>().AsNoTracking().Where(e => e.AskedById == viewer.UserId && (before == null || e.Id < before))
            .OrderByDescending(e => e.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>What waits for a viewer's decision, the oldest first.</summary>
    /// <inheritdoc cref="Own"/>
    public async Task<IReadOnlyList<ExportRequest>> Waiting(Viewer viewer, Guid? after, int take, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ApproveExports))
        {
            return [];
        }

        await using var db = store.Open();
        return await viewer.Exports(db).AsNoTracking().Where(e => e.State == ExportState.Waiting && e.AskedById != viewer.UserId && (after == null || e.Id > after))
            .OrderBy(e => e.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>One of them; null where there is none for this viewer.</summary>
    public async Task<ExportRequest?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Exports(db).AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct);
    }

    /// <summary>Which records an export holds, as the query string of their list; a number that was searched for is masked.</summary>
    public string QueryOf(ExportRequest export) => export.Kind == ExportKind.Leads ? FilterOf(export).ToString() : ContactTraces.Hidden(vault.Open(export.Query)) ?? "";

    /// <summary>Which leads an export holds; a number that was searched for is masked.</summary>
    public LeadFilter FilterOf(ExportRequest export)
    {
        var filter = LeadFilter.Parse(vault.Open(export.Query));
        return filter with { Q = ContactTraces.Hidden(filter.Q) };
    }

    /// <summary>Opens the file for whoever asked for it.</summary>
    /// <returns>The export and how its pieces are read; or why not.</returns>
    public async Task<(ExportRequest? Export, ExportResult? Refusal)> Download(Viewer viewer, Guid id, CancellationToken ct = default) => await store.Write<(ExportRequest?, ExportResult?)>(
        async scope =>
        {
            var now = time.Now;
            if (await scope.Db.Set<ExportRequest>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.AskedById == viewer.UserId, ct) is not { } export)
            {
                return (null, new ExportResult.NotFound());
            }

            if (export.State != ExportState.Ready || export.ExpiresAt <= now)
            {
                return (null, new ExportResult.Refused(ExportRefusal.ExportNotReady));
            }

            scope.Db.Add(time.Event(viewer.UserId, id, ExportEvent.Downloaded, new { rows = export.RowsDone, export.Size }));
            await scope.Db.SaveChangesAsync(ct);
            return (export, null);
        },
        ct);

    /// <summary>Copies the file of an export, piece by piece.</summary>
    public async Task Copy(ExportRequest export, Stream to, CancellationToken ct = default)
    {
        await using var db = store.Open();
        for (var number = 0; ; number++)
        {
            if (await db.Set<ExportPiece>().AsNoTracking().SingleOrDefaultAsync(p => p.ExportId == export.Id && p.Number == number, ct) is not { } piece)
            {
                return;
            }

            await to.WriteAsync(vault.OpenBytes(piece.Content), ct);
        }
    }
}
