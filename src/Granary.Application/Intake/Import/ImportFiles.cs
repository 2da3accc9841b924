using System.Globalization;
using System.Security.Cryptography;
using Granary.Application.Capture.Import;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>
/// Keeps uploaded files in the database, in encrypted pieces: any node can go on with an import, and nothing plain lies on
/// a disk.
/// </summary>
public sealed class ImportFiles(Store store, Vault vault, TimeProvider time)
{
    /// <summary>Bytes of a piece: read and opened, it is no large object to the collector yet.</summary>
    internal const int PieceSize = 64 << 10;

    // Pieces of a transaction.
    private const int PiecesAtOnce = 16;

    /// <summary>Most bytes of a file.</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>Days a file and the rows left out of it are kept after the import has ended.</summary>
    public const int KeptDays = 30;

    private const int LongestName = 255;

    /// <summary>Stores a file as an import that waits to be confirmed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="userId">Who imports; null for the command line.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="UnusableFileException"><c>too_large</c>, <c>empty_file</c>.</exception>
    public Task<ImportBatch> Keep(Stream file, string name, Guid? userId, CancellationToken ct = default) => Keep(file, name, userId, ImportKind.Leads, ct);

    /// <inheritdoc cref="Keep(Stream, string, Guid?, CancellationToken)"/>
    internal async Task<ImportBatch> Keep(Stream file, string name, Guid? userId, ImportKind kind, CancellationToken ct)
    {
        var import = new ImportBatch
        {
            Id = time.NewId(),
            Kind = kind,
            FileName = name.Length > LongestName ? name[^LongestName..] : name,
            FileHash = [],
            UserId = userId ?? Guid.Empty,
            CreatedAt = time.Now,
        };
        try
        {
            await KeepPieces(import, file, ct);
            await store.Write(scope => scope.Insert().Add([import]).Send(ct), ct);
            return import;
        }
        catch
        {
            await store.Write(scope => scope.Db.Set<ImportChunk>().Where(c => c.ImportId == import.Id).ExecuteDeleteAsync(CancellationToken.None), CancellationToken.None);
            throw;
        }
    }

    /// <summary>An import of the same file with the same plan that was interrupted and can go on; null when there is none.</summary>
    public async Task<ImportBatch?> Interrupted(ImportBatch import, ImportPlan plan, CancellationToken ct = default)
    {
        var mapping = plan.Mapping.Write();
        await using var db = store.Open();
        return await db.Set<ImportBatch>().AsNoTracking().FirstOrDefaultAsync(
            b => b.Kind == import.Kind && b.State == ImportState.Running && b.FileHash == import.FileHash && b.UserId == import.UserId
                && b.Mapping == mapping && b.Mode == plan.Mode && b.KeyField == plan.KeyField,
            ct);
    }

    /// <summary>Takes a file away that was not confirmed.</summary>
    public Task Discard(Guid importId, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            if (await scope.Db.Set<ImportBatch>().Where(b => b.Id == importId && b.State == ImportState.Uploaded).ExecuteDeleteAsync(ct) > 0)
            {
                await scope.Db.Set<ImportChunk>().Where(c => c.ImportId == importId).ExecuteDeleteAsync(ct);
            }
        },
        ct);

    /// <summary>Deletes files, and rows left out, that nobody has needed for <see cref="KeptDays"/> days: they hold contact data.</summary>
    internal async Task Sweep(CancellationToken ct)
    {
        var oldest = time.Now - TimeSpan.FromDays(KeptDays);
        await using var db = store.Open();
        var old = db.Set<ImportBatch>().Where(b => b.State != ImportState.Running && (b.EndedAt ?? b.CreatedAt) < oldest).Select(b => b.Id);
        foreach (var id in await db.Set<ImportChunk>().Select(c => c.ImportId).Distinct().Where(i => old.Contains(i)).ToListAsync(ct))
        {
            await store.Write(
                async scope =>
                {
                    await scope.Db.Set<ImportChunk>().Where(c => c.ImportId == id).ExecuteDeleteAsync(ct);
                    await scope.Db.Set<ImportFailure>().Where(f => f.ImportId == id).ExecuteDeleteAsync(ct);
                    await scope.Db.Set<ImportBatch>().Where(b => b.Id == id && b.State == ImportState.Uploaded).ExecuteDeleteAsync(ct);
                },
                ct);
        }
    }

    /// <summary>Whether the file and the rows left out of it are still there.</summary>
    public bool Keeps(ImportBatch import) => (import.EndedAt ?? import.CreatedAt) >= time.Now - TimeSpan.FromDays(KeptDays);

    /// <summary>Opens the file of an import.</summary>
    public Stream Open(ImportBatch import) => new StoredFile(store, vault, import);

    // A transaction for each few pieces, so that a slow upload keeps nobody from writing.
    private async Task KeepPieces(ImportBatch import, Stream file, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceSize * PiecesAtOnce];
        for (var seq = 0; ;)
        {
            var length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            if (length == 0)
            {
                break;
            }

            import.FileSize += length;
            if (import.FileSize > MostBytes)
            {
                throw new UnusableFileException(FileCodes.TooLarge, ("limit", (MostBytes >> 20).ToString(CultureInfo.InvariantCulture)));
            }

            hash.AppendData(buffer, 0, length);
            List<ImportChunk> pieces = [];
            for (var at = 0; at < length; at += PieceSize)
            {
                pieces.Add(new ImportChunk { ImportId = import.Id, Seq = seq++, Bytes = vault.SealBytes(buffer.AsSpan(at, Math.Min(PieceSize, length - at))) });
            }

            // On the disk with the import itself, which is told behind them.
            await store.WriteEarly(
                async scope =>
                {
                    await scope.Insert().Add(pieces).Send(ct);
                    return pieces.Count;
                },
                ct);
        }

        if (import.FileSize == 0)
        {
            throw new UnusableFileException(FileCodes.EmptyFile);
        }

        import.FileHash = hash.GetHashAndReset();
    }
}
