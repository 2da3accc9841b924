using Granary.Application.Capture.Import;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>Words of the error file in the reader's language.</summary>
/// <param name="Number">Heading of the row's number.</param>
/// <param name="Reason">Heading of the reason.</param>
/// <param name="Of">Words for an error.</param>
public sealed record ErrorWords(string Number, string Reason, Func<RowError, string> Of);

/// <summary>Gives back the rows that were left out, as a file that can be corrected and uploaded again.</summary>
public sealed class ImportErrors(Store store, Vault vault, ImportFiles files)
{
    /// <summary>Writes the error file of an import.</summary>
    /// <returns>Number of rows written.</returns>
    public async Task<int> Write(ImportBatch import, Stream stream, ErrorWords words, CancellationToken ct = default)
    {
        using var table = TableFile.Open(files.Open(import), import.FileName);
        using var file = new ErrorFile(stream, table.Headings, words.Number, words.Reason, words.Of);
        await using var db = store.Open();
        await foreach (var failure in db.Set<ImportFailure>().AsNoTracking().Where(f => f.ImportId == import.Id).OrderBy(f => f.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            var cells = Json.Read<IReadOnlyList<string?>>(vault.Open(failure.Cells));
            file.Add(new TableRow(failure.Number, cells, []), Json.Read<IReadOnlyList<RowError>>(failure.Errors));
        }

        return file.Count;
    }
}
