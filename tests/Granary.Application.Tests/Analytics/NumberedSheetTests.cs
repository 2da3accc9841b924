using FsCheck;
using FsCheck.Fluent;
using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Domain.Analytics;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Analytics;

/// <summary>Cells that stand at numbers are those of their keys, however many keys there are and whenever they came.</summary>
public sealed class NumberedSheetTests
{
    private static readonly DateOnly Begin = new(2026, 3, 5), End = Begin.AddDays(59);

    private static readonly Gen<KeyValuePair<int, CellValues>[]> Cells =
        (from number in Gen.Elements(1, 2, 3, 127, 128, 129, 70_000)
         from n in Gen.Elements(0L, 1, -1, 1_000_000)
         from m in Gen.Elements(0L, 99_999_999_999, long.MinValue)
         select KeyValuePair.Create(number, new CellValues(n, M3: m))).ArrayOf().Select(cells => cells.DistinctBy(c => c.Key).ToArray());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Changes_add_up_and_what_comes_to_nothing_leaves() => Prop.ForAll(Cells.ToArbitrary(), Cells.ToArbitrary(), (before, changes) =>
    {
        Dictionary<int, CellValues> wanted = new(before);
        foreach (var (number, values) in changes)
        {
            wanted[number] = wanted.GetValueOrDefault(number) + values;
        }

        var packed = NumberedSheets.Change(NumberedSheets.Change([], before), changes);
        Assert.Equal(NumberedSheets.Change([], wanted), packed);
        Assert.Equal(wanted.Where(c => !c.Value.IsZero).ToDictionary(c => $"#{c.Key}", c => c.Value), NumberedSheets.Unpack(packed, null));
        Assert.Empty(NumberedSheets.Change(packed, wanted.Select(c => KeyValuePair.Create(c.Key, default(CellValues) - c.Value))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_key_keeps_its_number_and_new_ones_get_the_next()
    {
        var (first, names) = NumberedSheets.Of([], ["m", "c", "x", "c"]);
        Assert.Equal([1, 2, 3], first.Values.Order());
        var (second, more) = NumberedSheets.Of(names, ["a", "m", "z", "x软件", "c"]);
        Assert.Equal((first["c"], first["m"]), (second["c"], second["m"]));
        Assert.Equal([4, 5, 6], new[] { second["a"], second["z"], second["x软件"] }.Order());
        Assert.Equal(second.Concat(first).Distinct().OrderBy(k => k.Value), NumberedSheets.Keys(more).Select(n => KeyValuePair.Create(n.Single(), n.Key)).OrderBy(k => k.Value));
        Assert.Same(more, NumberedSheets.Of(more, ["z", "c"]).Names);
    }

    [Theory, OnBothDatabases]
    public async Task Of_thousands_of_keywords_each_keeps_its_own_figures(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (channels, owners) = (NewIds(2), NewIds(3));
        var facts = Enumerable.Range(0, 4_000).Select(n => new LeadFact
        {
            LeadId = Guid.CreateVersion7(),
            OwnerId = owners[n % 3],
            ChannelId = channels[n % 2],
            // Later ones bring words that stand among those that are there.
            Keyword = n % 7 == 0 ? null : $"word {n * 7919 % (500 + (n / 1_000 * 170))}",
            ReceivedOn = Begin.AddDays(n % 60),
            RecordedOn = Begin,
        }).ToList();
        foreach (var some in facts.Chunk(1_000))
        {
            await new FillFacts(shop.Store).Put(some, [], [], Ct);
        }

        await using var db = shop.Store.Open();
        foreach (var filter in new FactFilter[] { new(), new() { Owners = owners[..2] }, new() { Channels = [channels[1]] }, new() { Channels = channels, Owners = [owners[2]] } })
        {
            foreach (var (over, byOwner) in new[] { (CubeGrain.None, false), (CubeGrain.Month, false), (CubeGrain.Day, true) })
            {
                var counted = await ReadCells.Of(db, new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.Keyword, Begin, End) { Filter = filter, Over = over, ByOwner = byOwner }, Ct);
                Assert.Equal(
                    facts.Where(f => filter.Owners?.Contains(f.OwnerId) != false && (filter.Channels.Count == 0 || filter.Channels.Contains(f.ChannelId))).CountBy(f =>
                        (byOwner ? f.OwnerId : ReportSheet.Everybody, over switch { CubeGrain.None => 0, CubeGrain.Month => CellPeriod.Month(f.ReceivedOn), _ => CellPeriod.Day(f.ReceivedOn) }, CellKey.Of(f.ChannelId, f.Keyword)))
                        .ToDictionary(k => k.Key, k => (long)k.Value),
                    counted.ToDictionary(a => (a.OwnerId, a.Period, a.Key), a => a.Values.N1));
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_recount_finds_keys_that_share_a_number_and_figures_of_the_wrong_key(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Submit(shop.Lead() with { Keyword = "crm" });
        await shop.Submit(shop.Lead() with { Keyword = "erp" });
        await shop.Gather();
        Assert.Empty((await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences);

        await shop.Store.Write(async scope =>
        {
            foreach (var names in await scope.Db.Set<ReportSheet>().Where(s => s.Period == NumberedSheets.Names).ToListAsync(Ct))
            {
                names.Cells = SheetCells.Pack(SheetCells.Unpack(names.Cells).Select(n => n.Key.EndsWith("erp", StringComparison.Ordinal) ? KeyValuePair.Create(n.Key, new CellValues(1)) : n));
            }

            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);
        var found = (await new VerifyReports(shop.Store, shop.Settings).Run(Ct)).Differences;
        Assert.Contains(found, d => d.What.Contains("number 1 stands for", StringComparison.Ordinal));
        Assert.Contains(found, d => d.What.Contains("erp", StringComparison.Ordinal) && d.What.Contains("rollup", StringComparison.Ordinal));
    }

    private static Guid[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
}
