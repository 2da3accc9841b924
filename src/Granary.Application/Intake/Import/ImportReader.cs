using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;

namespace Granary.Application.Intake.Import;

/// <summary>A row on its way in.</summary>
/// <param name="Row">The row as it stands in the file.</param>
/// <param name="Key">Keyed hash of its content.</param>
/// <param name="Submission">The submission it makes; null when it cannot be read.</param>
/// <param name="Errors">Why it cannot be read.</param>
internal sealed record ReadRow(TableRow Row, Guid Key, LeadSubmission? Submission, IReadOnlyList<RowError> Errors);

/// <summary>Reads a file under a mapping.</summary>
internal sealed class ImportReader : IDisposable
{
    private const char RowKey = 'r';

    private readonly RowParser _parser;
    private readonly RowKeys _keys;
    private readonly Vault _vault;

    /// <exception cref="UnusableFileException">The file cannot be imported.</exception>
    public ImportReader(Stream file, string fileName, ImportMapping mapping, TimeZoneInfo zone, Vault vault)
    {
        Table = TableFile.Open(file, fileName);
        _parser = new RowParser(mapping, Table.Headings, zone);
        _keys = new RowKeys(mapping, Table.Headings);
        _vault = vault;
    }

    public Table Table { get; }

    /// <summary>The rows behind the first ones, which are only named: a key tells how many equal rows came before.</summary>
    public IEnumerable<ReadRow> Rows(int skip)
    {
        foreach (var row in Table.Rows())
        {
            var key = _vault.Index(RowKey, _keys.Next(row));
            if (skip-- > 0)
            {
                continue;
            }

            var parsed = _parser.Parse(row);
            yield return new ReadRow(row, key, parsed.Submission, parsed.Errors);
        }
    }

    /// <summary>Errors of a refused submission as errors of its row.</summary>
    public IReadOnlyList<RowError> Locate(TableRow row, IReadOnlyList<FieldError> errors) => [.. errors.Select(e => _parser.Locate(row.Number, e))];

    public void Dispose() => Table.Dispose();
}

/// <summary>A chunk of rows with what intake has prepared of them.</summary>
internal sealed class RowChunk
{
    private RowChunk(IReadOnlyList<ReadRow> rows, PreparedChunk prepared) => (Rows, Prepared) = (rows, prepared);

    public IReadOnlyList<ReadRow> Rows { get; }

    public PreparedChunk Prepared { get; }

    /// <summary>Makes requests of the rows that can be read and lets intake prepare them.</summary>
    public static async Task<RowChunk> Prepare(IReadOnlyList<ReadRow> rows, Guid importId, Guid? actorId, ImportPlan plan, LeadUpdate? update, LeadIntake intake, bool learns, CancellationToken ct)
    {
        var requests = rows.Where(r => r.Submission is not null).Select(r => new IntakeRequest
        {
            Submission = r.Submission!,
            ActorId = actorId,
            Import = new ImportOrigin(importId, r.Row.Number, r.Key),
            WithoutContact = plan.Mapping.WithoutContact,
            Update = update,
        });
        return new RowChunk(rows, await intake.PrepareChunk([.. requests], learns, ct));
    }

    /// <summary>Each row with what became of it; null for one that could not be read.</summary>
    public IEnumerable<(ReadRow Row, IntakeResult? Result)> With(IReadOnlyList<IntakeResult> results)
    {
        var at = 0;
        foreach (var row in Rows)
        {
            yield return (row, row.Submission is null ? null : results[at++]);
        }
    }
}
