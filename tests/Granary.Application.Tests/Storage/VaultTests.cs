using System.Security.Cryptography;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Storage;

public sealed class VaultTests
{
    // Columns of bytes in which nothing of a person stands: digests, wrapped keys, who was considered, channels and campaigns by which a deal came, figures by channel and the like; besides those of passkeys.
    private static readonly string[] Plain =
    [
        "api_key.hash", "api_key.previous_hash", "assignment_record.candidates", "audit_seal.hash", "audit_seal.marks", "audit_verification.noted", "data_key.wrapped", "deal_fact.path",
        "event_redaction.original", "event_redaction.present", "import_batch.file_hash", "inbound_hook.token_hash",
        "invitation.hash", "privacy_proof.hash", "privacy_proof.previous", "report_sheet.cells",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Values_of_all_keys_open_also_where_numbers_grow_out_of_a_byte(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        using (await database.Store.OpenVault(Ct))
        {
            // As if 253 keys had been rotated away.
            await database.Store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync("UPDATE data_key SET id = 254 WHERE id = 1", Ct), Ct);
        }

        await using var store = new Store(database.Options);
        var clock = new FakeClock();
        using var vault = await store.OpenVault(clock, Ct);
        var rotate = new RotateKeys(store, vault, clock);
        for (var i = 0; i < 4; i++)
        {
            await Keep(store, vault, $"old {i}");
            await rotate.Begin(null, Ct);
            await Keep(store, vault, $"new {i}");
            Assert.Contains("old 0", await Values(database));
            await rotate.Work(ct: Ct);
            clock.Advance(RotateKeys.Settling);
            await rotate.Work(ct: Ct);
            Assert.Equal((255 + i, 2 * (i + 1)), ((await rotate.Keys(Ct)).Single().Number, (await Values(database)).Count));
        }
    }

    [Fact]
    public async Task A_value_that_is_cut_off_changed_or_of_an_unknown_key_is_a_fault()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        using var vault = await database.Store.OpenVault(Ct);
        string[] changes =
        [
            "UPDATE protection_key SET xml = substr(xml, 1, 20)",
            "UPDATE protection_key SET xml = x''",
            "UPDATE protection_key SET xml = CAST(x'07' || substr(xml, 2) AS BLOB)",
            "UPDATE protection_key SET xml = CAST(x'ff' || substr(xml, 2) AS BLOB)",
            "UPDATE protection_key SET xml = CAST(substr(xml, 1, length(xml) - 1) || x'00' AS BLOB)",
        ];
        foreach (var change in changes)
        {
            await Keep(database.Store, vault, "13800138000");
            await database.Store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync(change, Ct), Ct);
            await using var db = database.Store.Open();
            var changed = await db.Set<ProtectionKey>().Select(k => k.Xml).SingleAsync(Ct);
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(changed));
            await database.Store.Write(scope => scope.Db.Set<ProtectionKey>().ExecuteDeleteAsync(Ct), Ct);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_node_that_stood_still_while_its_key_was_deleted_puts_it_back_with_what_it_writes(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var clock = new FakeClock();
        using var vault = await database.Store.OpenVault(clock, Ct);
        var onItsWay = vault.Seal("13800138000");
        await using (var other = new Store(database.Options))
        {
            using var theirs = await other.OpenVault(clock, Ct);
            var rotate = new RotateKeys(other, theirs, clock);
            await rotate.Begin(null, Ct);
            await rotate.Work(ct: Ct);
            clock.Advance(TimeSpan.FromHours(1));
            await rotate.Work(ct: Ct);
            Assert.Equal([2], (await rotate.Keys(Ct)).Select(k => k.Number));
        }

        await database.Store.Write(
            async scope =>
            {
                scope.Db.Add(new ProtectionKey { Name = "late", Xml = onItsWay });
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
        await Keep(database.Store, vault, "newer");

        Assert.Equal(["13800138000", "newer"], await Values(database));
        Assert.Equal([1, 2], (await new RotateKeys(database.Store, vault, clock).Keys(Ct)).Select(k => k.Number));
    }

    [Fact]
    public async Task Every_column_of_bytes_is_sealed_or_known_to_hold_nothing_of_a_person()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        await using var db = database.Store.Open();
        var columns = db.Model.GetEntityTypes().SelectMany(t => t.GetProperties().Select(p => (Name: $"{t.GetTableName()}.{p.GetColumnName()}", p.ClrType))).ToList();
        var covered = SealedTable.Of(db).SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c}")).ToList();

        Assert.Empty(columns.Where(c => c.ClrType == typeof(byte[]) && !c.Name.StartsWith("asp_net_user_passkeys.", StringComparison.Ordinal)).Select(c => c.Name).Except(Plain));
        // Found over the entities themselves, so that a sealed member the model does not map would show.
        Assert.Equal(SealedMembers(db).Order(), covered.Order());
        string[] known = ["attachment.content", "contact_point.value", "idempotency_record.answer", "import_chunk.bytes", "import_failure.cells", "kept_submission.body", "protection_key.xml"];
        Assert.Empty(known.Except(covered));
    }

    private static IEnumerable<string> SealedMembers(GranaryDb db) =>
        from type in db.Model.GetEntityTypes()
        from member in type.ClrType.GetProperties()
        let bare = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType
        where bare == typeof(SealedText) || bare == typeof(SealedBytes)
        select $"{type.GetTableName()}.{type.FindProperty(member)?.GetColumnName()}";

    private static Task Keep(Store store, Vault vault, string text) => store.Write(
        async scope =>
        {
            scope.Db.Add(new ProtectionKey { Name = "test", Xml = vault.Seal(text) });
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);

    // As a node sees them that has just started.
    private static async Task<List<string>> Values(TestDatabase database)
    {
        await using var store = new Store(database.Options);
        using var vault = await store.OpenVault(Ct);
        await using var db = store.Open();
        return (await db.Set<ProtectionKey>().OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync(Ct)).ConvertAll(vault.Open);
    }
}
