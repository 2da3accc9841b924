using System.Text;
using System.Text.Json.Nodes;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>
/// Rows of imports that are about a person: those left out, and the uploaded files themselves, which are kept for thirty days. On
/// erasure the rows go, and a file with a row of theirs is cut down to its headings.
/// </summary>
public sealed class ImportPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "import_failure";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        List<JsonObject> rows = [];
        await foreach (var (failure, cells) in Failures(work, ct))
        {
            rows.Add(Row(("importId", failure.ImportId), ("row", failure.Number), ("cells", cells)));
        }

        return rows;
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        List<(Guid Import, int Number)> rows = [];
        await foreach (var (failure, _) in Failures(work, ct))
        {
            rows.Add((failure.ImportId, failure.Number));
        }

        foreach (var some in rows.GroupBy(r => r.Import, r => r.Number))
        {
            var numbers = some.ToArray();
            await work.Db.Set<ImportFailure>().Where(f => f.ImportId == some.Key && numbers.Contains(f.Number)).ExecuteDeleteAsync(ct);
        }

        var imports = await work.Db.Set<ImportRow>().Where(r => work.Leads.Contains(r.LeadId)).Select(r => r.ImportId).Distinct().ToListAsync(ct);
        foreach (var import in imports.Union(rows.Select(r => r.Import)))
        {
            await Cut(work, import, ct);
        }

        return rows.Count;
    }

    private static async IAsyncEnumerable<(ImportFailure Failure, IReadOnlyList<string?> Cells)> Failures(PersonWork work, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        if (work.Keys.Length == 0)
        {
            yield break;
        }

        await foreach (var failure in work.Db.Set<ImportFailure>().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            var cells = Json.Read<IReadOnlyList<string?>>(work.Vault.Open(failure.Cells));
            if (cells.Any(work.Means))
            {
                yield return (failure, cells);
            }
        }
    }

    // The headings are all that the file of left-out rows needs.
    private static async Task Cut(PersonWork work, Guid importId, CancellationToken ct)
    {
        if (await work.Db.Set<ImportBatch>().SingleOrDefaultAsync(b => b.Id == importId && b.State != ImportState.Running && b.State != ImportState.Uploaded, ct) is not { } import
            || !await work.Db.Set<ImportChunk>().AnyAsync(c => c.ImportId == importId, ct))
        {
            return;
        }

        byte[] headings;
        using (var table = TableFile.Open(new StoredFile(work.Scope!.Store, work.Vault, import), import.FileName))
        {
            headings = Encoding.UTF8.GetBytes(string.Join(',', table.Headings.Select(h => $"\"{h.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n");
        }

        await work.Db.Set<ImportChunk>().Where(c => c.ImportId == importId).ExecuteDeleteAsync(ct);
        (import.FileSize, import.FileName) = (headings.Length, Path.ChangeExtension(import.FileName, ".csv"));
        await work.Scope!.Insert().Add([new ImportChunk { ImportId = importId, Seq = 0, Bytes = work.Vault.SealBytes(headings) }]).Send(ct);
        await work.Db.SaveChangesAsync(ct);
    }
}
