using System.Text;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class RotateKeysTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Everything_is_sealed_anew_and_the_old_key_is_gone(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Hire("王五");
        for (var i = 0; i < 30; i++)
        {
            await shop.Submit(shop.Lead());
        }

        await KeepFile(shop, 3);
        var rotate = new RotateKeys(shop.Store, shop.Vault, clock);
        var before = await Phones(shop);

        var begun = await rotate.Begin(null, Ct);
        List<long> seen = [];
        await rotate.Work(r => seen.Add(r.Done), Ct);

        var left = (await rotate.Latest(Ct))!;
        Assert.Equal((2, 33L, 33L, true), (begun.Id, left.Total, left.Done, left.SealedAt is not null));
        Assert.True(seen.Count >= 3 && seen.SequenceEqual(seen.Order()));
        Assert.Equal([1, 2], (await rotate.Keys(Ct)).Select(k => k.Number));
        await rotate.Work(ct: Ct);
        Assert.Equal(2, (await rotate.Keys(Ct)).Count);

        clock.Advance(RotateKeys.Settling);
        await rotate.Work(ct: Ct);

        Assert.Equal([2], (await rotate.Keys(Ct)).Select(k => k.Number));
        Assert.Equal(before, await Phones(shop));
        Assert.Equal(["keys.rotated", "keys.deleted"], await shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind.StartsWith("keys.")).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct)));
        Assert.Equal("A piece of a file", Encoding.UTF8.GetString(shop.Vault.OpenBytes(await shop.Read(db => db.Set<ImportChunk>().Where(c => c.Seq == 2).Select(c => c.Bytes).SingleAsync(Ct)))));
    }

    [Theory, OnBothDatabases]
    public async Task A_rotation_that_was_cut_off_goes_on_elsewhere_and_is_not_begun_twice(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        for (var i = 0; i < 20; i++)
        {
            await shop.Submit(shop.Lead());
        }

        await KeepFile(shop, 9);
        var rotate = new RotateKeys(shop.Store, shop.Vault, clock);
        var begun = await rotate.Begin(null, Ct);
        await Assert.ThrowsAsync<CutOffException>(() => rotate.Work(r => { if (r.Done >= 24) { throw new CutOffException(); } }, Ct));

        var second = await shop.SecondNode();
        var theirs = new RotateKeys(second.Store, second.Vault, clock);
        Assert.Equal(begun.Id, (await theirs.Begin(null, Ct)).Id);
        await theirs.Work(ct: Ct);
        Assert.Null((await theirs.Latest(Ct))!.SealedAt);

        clock.Advance(TimeSpan.FromMinutes(2));
        await theirs.Work(ct: Ct);
        clock.Advance(RotateKeys.Settling);
        await theirs.Work(ct: Ct);

        var ended = (await theirs.Latest(Ct))!;
        Assert.Equal((29L, 29L, true), (ended.Total, ended.Done, ended.EndedAt is not null));
        Assert.Equal([2], (await rotate.Keys(Ct)).Select(k => k.Number));
        Assert.Equal(20, (await Phones(shop)).Count);
        await second.Close();
    }

    [Theory, OnBothDatabases]
    public async Task Nodes_that_work_while_keys_change_lose_nothing_and_read_each_other(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var second = kind == DatabaseKind.Postgres ? await shop.SecondNode() : null;
        var rotate = new RotateKeys(shop.Store, shop.Vault, clock);
        for (var i = 0; i < 40; i++)
        {
            await shop.Submit(shop.Lead());
        }

        using var stop = new CancellationTokenSource();
        List<string> sent = [];
        var busy = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var lead = shop.Lead();
                await (sent.Count % 2 == 0 ? shop : second ?? shop).Submit(lead);
                sent.Add("+86" + lead.Contact!.Phones[0]);
            }
        }, Ct);
        for (var i = 0; i < 3; i++)
        {
            await rotate.Begin(null, Ct);
            await rotate.Work(ct: Ct);
            // Every node looks again, as it does when fifteen seconds have passed.
            for (var look = 0; (await rotate.Latest(Ct))!.EndedAt is null; look++)
            {
                Assert.True(look < 200);
                clock.Advance(TimeSpan.FromSeconds(20));
                await Task.Delay(20, Ct);
                await rotate.Work(ct: Ct);
            }
        }

        await stop.CancelAsync();
        await busy;
        Assert.Empty(sent.Except(await Phones(shop)));
        Assert.Empty(sent.Except(await Phones(second ?? shop)));
        Assert.Equal([4], (await rotate.Keys(Ct)).Select(k => k.Number));
        await (second?.Close() ?? Task.CompletedTask);
    }

    [Theory, OnBothDatabases]
    public async Task A_value_changed_while_it_was_being_resealed_keeps_the_change(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var lead = await shop.Submit(shop.Lead());
        var rotate = new RotateKeys(shop.Store, shop.Vault, clock);
        await rotate.Begin(null, Ct);
        await shop.Store.Write(async scope =>
        {
            var point = await scope.Db.Set<ContactPoint>().SingleAsync(c => c.LeadId == lead.LeadId, Ct);
            point.Value = shop.Vault.Seal("+8613900000001");
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);

        await rotate.Work(ct: Ct);

        Assert.Equal(["+8613900000001"], await Phones(shop));
    }

    [Theory, OnBothDatabases]
    public async Task While_a_value_cannot_be_opened_the_old_key_is_kept_and_it_is_said(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Submit(shop.Lead());
        await shop.Submit(shop.Lead());
        var spoilt = kind == DatabaseKind.Postgres ? "UPDATE contact_point SET value = value || '\\x00'::bytea" : "UPDATE contact_point SET value = CAST(value || x'00' AS BLOB)";
        await shop.Store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync(spoilt, Ct), Ct);
        var rotate = new RotateKeys(shop.Store, shop.Vault, clock);

        await rotate.Begin(null, Ct);
        await rotate.Work(ct: Ct);
        clock.Advance(RotateKeys.Settling);
        await rotate.Work(ct: Ct);

        var stuck = (await rotate.Latest(Ct))!;
        Assert.Equal((2L, (DateTimeOffset?)null), (stuck.Broken, stuck.SealedAt));
        Assert.Equal(2, (await rotate.Keys(Ct)).Count);
    }

    private static async Task<List<string>> Phones(Shop shop)
    {
        var values = await shop.Read(db => db.Set<ContactPoint>().Where(c => c.Kind == ContactKind.Phone).OrderBy(c => c.LeadId).Select(c => c.Value).ToListAsync(Ct));
        return values.ConvertAll(shop.Vault.Open);
    }

    private static Task KeepFile(Shop shop, int pieces) => shop.Store.Write(
        async scope =>
        {
            var id = shop.Time.NewId();
            scope.Db.AddRange(Enumerable.Range(0, pieces).Select(i => new ImportChunk { ImportId = id, Seq = i, Bytes = shop.Vault.SealBytes("A piece of a file"u8) }));
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);

    private sealed class CutOffException : Exception;
}
