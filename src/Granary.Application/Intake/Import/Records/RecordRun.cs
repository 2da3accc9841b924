using Granary.Application.Capture.Import;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import.Records;

/// <summary>
/// Carries out a confirmed import of records. What a chunk did and how far the import is move in one transaction, under the lease that
/// imports of leads use: whatever stopped it, it goes on exactly where it stopped, on whichever node.
/// </summary>
public sealed class RecordRun(Store store, SettingCache settings, RecordImports imports, ImportFiles files, TimeProvider time)
{
    /// <summary>Runs an import to its end; where another node runs it, only looks.</summary>
    /// <param name="importId">A confirmed import.</param>
    /// <param name="ct">Stops between two chunks; whoever comes next goes on.</param>
    /// <returns>The import as it stands then.</returns>
    public async Task<ImportBatch> Execute(Guid importId, CancellationToken ct = default)
    {
        if (await ImportLease.Take(store, time, importId, ct) is { } lease)
        {
            await using (lease)
            {
                await Run(lease, ct);
            }
        }

        await using var db = store.Open();
        return await db.Set<ImportBatch>().AsNoTracking().SingleAsync(b => b.Id == importId, ct);
    }

    private async Task Run(ImportLease lease, CancellationToken ct)
    {
        var import = lease.Import;
        var setting = await settings.Get(ct);
        if (setting.ViewerOf(import.UserId) is not { } viewer || !viewer.May(imports.Of(import.Kind).Permission))
        {
            await lease.End(ImportState.Failed, "not_permitted");
            return;
        }

        try
        {
            var plan = RecordPlan.Of(import) ?? throw new InvalidOperationException($"The mapping of import {import.Id} cannot be read.");
            lease.Count(import.RowsTotal ?? (await imports.Preview(import, ct)).Count);
            using var table = TableFile.Open(files.Open(import), import.FileName);
            var reader = new RecordReader(plan.Mapping, table.Headings);
            foreach (var rows in table.Rows().Skip(import.RowsDone).Select(reader.Read).Chunk(RecordImports.ChunkRows))
            {
                await Land(lease, reader, plan, viewer, rows, ct);
                ct.ThrowIfCancellationRequested();
            }

            await lease.End(ImportState.Done, null);
        }
        catch (UnusableFileException e)
        {
            await lease.End(ImportState.Failed, e.Code);
        }
        catch (LeaseLostException)
        {
            // Another node has it now and goes on from what was committed.
        }
    }

    private async Task Land(ImportLease lease, RecordReader reader, RecordPlan plan, Viewer viewer, RecordRow[] rows, CancellationToken ct)
    {
        var (import, setting) = (lease.Import, await settings.Get(ct));
        await store.Write(
            async scope =>
            {
                var outcomes = await imports.Land(new RecordChunk(import.Kind, scope, setting, viewer, plan, import.Id, time.Now, rows), ct);
                var failures = rows.Zip(outcomes).Where(r => r.Second.Fate == RecordFate.Failed).Select(r => imports.Failure(import.Id, reader, r.First, r.Second)).ToList();
                await lease.Move(scope, rows.Length, failures, outcomes.Aggregate(ImportCounts.Of(import), (sum, o) => sum.And(o.Fate)));
            },
            CancellationToken.None);
        lease.Committed();
    }
}
