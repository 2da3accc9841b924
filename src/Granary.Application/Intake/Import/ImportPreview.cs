using Granary.Application.Capture.Import;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>What a file looks like before it is imported.</summary>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Warnings">What a human should know.</param>
/// <param name="Headings">Its headings.</param>
/// <param name="Rows">Its first rows.</param>
/// <param name="Columns">What each column seems to hold, in the file's order.</param>
/// <param name="Plan">The plan that is proposed: drafted before, remembered from a file with the same headings, or guessed.</param>
/// <param name="Remembered">Whether a file with the same headings was imported before.</param>
/// <param name="Unsupplied">Required fields that nothing supplies yet.</param>
/// <param name="Errors">What is wrong with the first rows under the mapping.</param>
/// <param name="Earlier">The same file, imported before and not reverted.</param>
public sealed record ImportPreview(
    TableFormat Format,
    IReadOnlyList<FileWarning> Warnings,
    IReadOnlyList<string> Headings,
    IReadOnlyList<TableRow> Rows,
    IReadOnlyList<GuessedColumn> Columns,
    ImportPlan Plan,
    bool Remembered,
    IReadOnlyList<string> Unsupplied,
    IReadOnlyList<RowError> Errors,
    ImportBatch? Earlier);

/// <summary>Shows what a file holds and proposes what to do with it.</summary>
public sealed class PreviewImport(Store store, SettingCache settings, ImportFiles files, TimeProvider time)
{
    /// <summary>Rows that are shown.</summary>
    public const int FirstRows = 20;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="UnusableFileException">The file cannot be imported.</exception>
    public async Task<ImportPreview> Of(ImportBatch import, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        using var table = TableFile.Open(files.Open(import), import.FileName);
        var rows = table.Rows().Take(FirstRows).ToList();
        var guess = MappingGuess.Guess(table.Headings, rows, setting.Fields.Of(CustomFieldOwner.Lead));
        var remembered = await Remembered(table.Headings, ct);
        var plan = ImportPlan.Of(import) ?? new ImportPlan(remembered ?? guess.Mapping);
        return new ImportPreview(
            table.Format,
            table.Warnings,
            table.Headings,
            rows,
            guess.Columns,
            plan,
            remembered is not null,
            [.. plan.Validate(table.Headings, setting.Capture).Where(e => e.Code == FileCodes.MissingRequiredColumns).Select(e => e.Field)],
            Errors(table.Headings, rows, plan, setting),
            await Earlier(import, ct));
    }

    private List<RowError> Errors(IReadOnlyList<string> headings, List<TableRow> rows, ImportPlan plan, Setting setting)
    {
        var parser = new RowParser(plan.Mapping, headings, setting.Calendar.Zone);
        List<RowError> errors = [];
        foreach (var row in rows)
        {
            var parsed = parser.Parse(row);
            errors.AddRange(parsed.Errors);
            if (parsed.Submission is { } submission)
            {
                // What is missing altogether is told once, not with each row.
                errors.AddRange(SubmissionRules.Validate(submission, new RequiredFields([]), time.Now)
                    .Where(e => e.Code != "required").Select(e => parser.Locate(row.Number, e)));
            }
        }

        return errors;
    }

    private async Task<ImportMapping?> Remembered(IReadOnlyList<string> headings, CancellationToken ct)
    {
        var key = ConfirmImport.KeyOf(headings);
        await using var db = store.Open();
        return await db.Set<RememberedMapping>().Where(m => m.Key == key).Select(m => m.Mapping).SingleOrDefaultAsync(ct) is { } json
            ? ImportMapping.Read(json).Mapping
            : null;
    }

    private async Task<ImportBatch?> Earlier(ImportBatch import, CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.Set<ImportBatch>().AsNoTracking()
            .Where(b => b.Kind == import.Kind && b.FileHash == import.FileHash && b.Id != import.Id && b.State == ImportState.Done).OrderByDescending(b => b.CreatedAt).FirstOrDefaultAsync(ct);
    }
}
