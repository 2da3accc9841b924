using System.Security.Cryptography;
using Granary.Application.Capture.Import;
using Granary.Testing;

namespace Granary.Application.Tests.Intake.Import;

public sealed class StoredFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Pieces_that_were_kept_longer_or_shorter_before_are_read_as_well(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var bytes = RandomNumberGenerator.GetBytes(1003);
        var import = new ImportBatch { Id = Guid.CreateVersion7(), FileName = "leads.csv", FileHash = [], FileSize = bytes.Length };
        var pieces = bytes.Chunk(100).Select((piece, seq) => new ImportChunk { ImportId = import.Id, Seq = seq, Bytes = shop.Vault.SealBytes(piece) }).ToList();
        await shop.Store.Write(
            async scope =>
            {
                scope.Db.AddRange(pieces);
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);

        Assert.Equal(bytes, await Read(shop, import, 0));
        Assert.Equal(bytes[555..], await Read(shop, import, 555));
    }

    private static async Task<byte[]> Read(Shop shop, ImportBatch import, long from)
    {
        await using var file = new Imports(shop).Files.Open(import);
        file.Seek(from, SeekOrigin.Begin);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }
}
