using System.Globalization;
using Granary.Application.Capture.Import;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import.Records;

/// <summary>What a file of records looks like before it is imported.</summary>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Warnings">What a human should know.</param>
/// <param name="Headings">Its headings.</param>
/// <param name="Rows">Its first rows.</param>
/// <param name="Count">How many rows it has.</param>
/// <param name="Plan">The plan that is proposed: drafted before, remembered from a file with the same headings, or guessed.</param>
/// <param name="Remembered">Whether a file with the same headings was imported before.</param>
public sealed record RecordPreview(
    TableFormat Format, IReadOnlyList<FileWarning> Warnings, IReadOnlyList<string> Headings, IReadOnlyList<TableRow> Rows, int Count, RecordPlan Plan, bool Remembered);

/// <summary>What an import of records would do.</summary>
/// <param name="Counts">What would become of the rows.</param>
/// <param name="Errors">The first errors.</param>
/// <param name="Differences">The first records that would change.</param>
public sealed record RecordForecast(ImportCounts Counts, IReadOnlyList<RowError> Errors, IReadOnlyList<RecordDifference> Differences);

/// <summary>What a row would change.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Id">The record.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Changes">Before and after by field.</param>
public sealed record RecordDifference(int Row, Guid Id, string Name, IReadOnlyList<FieldChange> Changes);

/// <summary>Imports of accounts and opportunities: the file, its preview, its trial and its confirmation.</summary>
public sealed class RecordImports(Store store, Vault vault, SettingCache settings, ImportFiles files, IEnumerable<RecordImport> kinds, TimeProvider time)
{
    /// <summary>Rows that are shown.</summary>
    public const int FirstRows = 20;

    internal const int ChunkRows = 500;

    private const int MostErrors = 100, MostDifferences = 50;

    /// <summary>What brings records of a kind in.</summary>
    public RecordImport Of(ImportKind kind) => kinds.Single(k => k.Kind == kind);

    /// <summary>Stores a file as an import that waits to be confirmed.</summary>
    /// <exception cref="UnusableFileException">The file cannot be imported; nothing is kept of it.</exception>
    public async Task<(ImportBatch Import, RecordPreview Preview)> Keep(Viewer viewer, ImportKind kind, Stream file, string name, CancellationToken ct = default)
    {
        var import = await files.Keep(file, name, viewer.UserId, kind, ct);
        try
        {
            return (import, await Preview(import, ct));
        }
        catch (UnusableFileException)
        {
            await files.Discard(import.Id, ct);
            throw;
        }
    }

    /// <summary>Looks at a file.</summary>
    /// <exception cref="UnusableFileException">The file cannot be imported.</exception>
    public async Task<RecordPreview> Preview(ImportBatch import, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        using var table = TableFile.Open(files.Open(import), import.FileName);
        List<TableRow> first = [];
        var count = 0;
        foreach (var row in table.Rows())
        {
            if (count++ < FirstRows)
            {
                first.Add(row);
            }

            if (count > RecordImport.MostRows)
            {
                throw new UnusableFileException(FileCodes.TooManyRows, ("limit", RecordImport.MostRows.ToString("N0", CultureInfo.InvariantCulture)));
            }
        }

        var remembered = await Remembered(import.Kind, table.Headings, ct);
        var plan = RecordPlan.Of(import) ?? new RecordPlan(remembered ?? RecordMapping.Guess(table.Headings, Of(import.Kind).Fields(setting)));
        return new RecordPreview(table.Format, table.Warnings, table.Headings, first, count, plan, remembered is not null);
    }

    /// <summary>Goes through a whole file and tells what it would do; nothing is written.</summary>
    /// <param name="import">The import.</param>
    /// <param name="plan">A valid plan.</param>
    /// <param name="viewer">Who imports.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="UnusableFileException">The file cannot be imported.</exception>
    public async Task<RecordForecast> Try(ImportBatch import, RecordPlan plan, Viewer viewer, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        using var table = TableFile.Open(files.Open(import), import.FileName);
        var reader = new RecordReader(plan.Mapping, table.Headings);
        Dictionary<string, object> made = [];
        var counts = default(ImportCounts);
        List<RowError> errors = [];
        List<RecordDifference> differences = [];
        foreach (var rows in table.Rows().Select(reader.Read).Chunk(ChunkRows))
        {
            var outcomes = await store.Look(scope => Land(new RecordChunk(import.Kind, scope, setting, viewer, plan, import.Id, time.Now, rows, made), ct), ct);
            counts = outcomes.Aggregate(counts, (sum, o) => sum.And(o.Fate));
            foreach (var (row, outcome) in rows.Zip(outcomes))
            {
                errors.AddRange(Errors(reader, row, outcome).Take(MostErrors - errors.Count));
                if (outcome is { Fate: RecordFate.Updated, Id: { } id } && differences.Count < MostDifferences)
                {
                    differences.Add(new RecordDifference(row.Row.Number, id, outcome.Name!, outcome.Changes));
                }
            }
        }

        return new RecordForecast(counts, errors, differences);
    }

    /// <summary>Keeps a plan with an import that is not confirmed.</summary>
    /// <returns>What is wrong with the plan; none when it was kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Draft(ImportBatch import, RecordPlan plan, CancellationToken ct = default)
    {
        var (_, errors) = await Check(import, plan, ct);
        return errors.Count > 0 || await Take(import, plan, ImportState.Uploaded, _ => Task.CompletedTask, ct) ? errors : [new FieldError("state", "not_open")];
    }

    /// <summary>Confirms an import, which runs from then on, and remembers its mapping for files with the same headings.</summary>
    /// <returns>What is wrong with the plan; none when the import runs.</returns>
    public async Task<IReadOnlyList<FieldError>> Confirm(ImportBatch import, RecordPlan plan, CancellationToken ct = default)
    {
        var (headings, errors) = await Check(import, plan, ct);
        if (errors.Count > 0)
        {
            return errors;
        }

        var key = KeyOf(import.Kind, headings);
        return await Take(
            import,
            plan,
            ImportState.Running,
            async scope =>
            {
                if (await scope.Db.Set<RememberedMapping>().SingleOrDefaultAsync(m => m.Key == key, ct) is { } known)
                {
                    (known.Mapping, known.At) = (plan.Mapping.Write(), time.Now);
                }
                else
                {
                    scope.Db.Add(new RememberedMapping { Key = key, Mapping = plan.Mapping.Write(), At = time.Now });
                }

                scope.Db.Add(ImportEvent.Of(import.Id, ImportEvent.Confirmed, time.Now, import.UserId, new { fileName = import.FileName, kind = import.Kind, mode = plan.Mode, keyField = plan.KeyField }));
                await scope.Db.SaveChangesAsync(ct);
            },
            ct) ? [] : [new FieldError("state", "not_open")];
    }

    /// <summary>Lands rows that can be read among those that cannot.</summary>
    internal async Task<IReadOnlyList<RecordOutcome>> Land(RecordChunk chunk, CancellationToken ct)
    {
        var readable = chunk.Rows.Where(r => r.Errors.Count == 0).ToList();
        var landed = readable.Count == 0 ? [] : await Of(chunk.Kind).Land(chunk with { Rows = readable }, ct);
        var at = 0;
        return [.. chunk.Rows.Select(r => r.Errors.Count == 0 ? landed[at++] : RecordOutcome.Failed())];
    }

    /// <summary>Why a row could not come in.</summary>
    internal static IReadOnlyList<RowError> Errors(RecordReader reader, RecordRow row, RecordOutcome outcome) =>
        row.Errors.Count > 0 ? row.Errors : [.. outcome.Errors.Select(e => reader.Locate(row.Row, e))];

    /// <summary>A failure as it is kept for the error file.</summary>
    internal ImportFailure Failure(Guid importId, RecordReader reader, RecordRow row, RecordOutcome outcome) => new()
    {
        ImportId = importId,
        Number = row.Row.Number,
        Errors = Json.Write(Errors(reader, row, outcome)),
        Cells = vault.Seal(Json.Write(row.Row.Cells)),
    };

    private static Guid KeyOf(ImportKind kind, IReadOnlyList<string> headings) => ConfirmImport.KeyOf([.. headings, $"\u0001{kind}"]);

    private async Task<RecordMapping?> Remembered(ImportKind kind, IReadOnlyList<string> headings, CancellationToken ct)
    {
        var key = KeyOf(kind, headings);
        await using var db = store.Open();
        return await db.Set<RememberedMapping>().Where(m => m.Key == key).Select(m => m.Mapping).SingleOrDefaultAsync(ct) is { } json ? RecordMapping.Read(json).Mapping : null;
    }

    private async Task<(IReadOnlyList<string> Headings, IReadOnlyList<FieldError> Errors)> Check(ImportBatch import, RecordPlan plan, CancellationToken ct)
    {
        using var table = TableFile.Open(files.Open(import), import.FileName);
        return (table.Headings, plan.Validate(table.Headings, Of(import.Kind), await settings.Get(ct)));
    }

    private Task<bool> Take(ImportBatch import, RecordPlan plan, ImportState state, Func<WriteScope, Task> along, CancellationToken ct)
    {
        var mapping = plan.Mapping.Write();
        return store.Write(
            async scope =>
            {
                var taken = await scope.Db.Set<ImportBatch>().Where(b => b.Id == import.Id && b.State == ImportState.Uploaded).ExecuteUpdateAsync(
                    b => b.SetProperty(x => x.Mapping, mapping).SetProperty(x => x.Mode, plan.Mode).SetProperty(x => x.KeyField, plan.KeyField).SetProperty(x => x.State, state), ct);
                if (taken > 0)
                {
                    await along(scope);
                }

                return taken > 0;
            },
            ct);
    }
}
