using System.Text;
using Granary.Application.Capture;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Capture;

public sealed class CostsTests
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    [Theory, OnBothDatabases]
    public async Task A_cost_is_recorded_corrected_and_taken_away_and_the_log_tells(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        var (save, list, channel) = (new SaveCost(shop.Store, shop.Settings, shop.Time), new ListCosts(shop.Store), await Channel(shop));
        var entry = new CostEntry { Day = Today, Amount = 120.5m, Campaign = " 春季 ", Clicks = 7 };
        var made = Assert.IsType<CostResult.Done>(await save.Create(Guid.NewGuid(), channel, entry, Ct)).Cost;
        Assert.Equal(("春季", 1), (made.Campaign, made.Version));

        Assert.Equal("duplicate", Assert.Single(Assert.IsType<CostResult.Refused>(await save.Create(Guid.NewGuid(), channel, entry, Ct)).Errors).Code);
        Assert.IsType<CostResult.Stale>(await save.Change(Guid.NewGuid(), channel, made.Id, e => e with { Amount = 1 }, 9, Ct));
        Assert.IsType<CostResult.Missing>(await save.Create(Guid.NewGuid(), Guid.NewGuid(), entry, Ct));
        Assert.IsType<CostResult.Missing>(await save.Remove(Guid.NewGuid(), Guid.NewGuid(), made.Id, null, Ct));
        Assert.IsType<CostResult.Done>(await save.Change(Guid.NewGuid(), channel, made.Id, e => e with { Amount = 99 }, 1, Ct));
        Assert.Equal(new CostSum(99, 0, 7, 1), await list.Sum(new CostFilter(channel), Ct));
        Assert.IsType<CostResult.Done>(await save.Remove(Guid.NewGuid(), channel, made.Id, 2, Ct));

        Assert.Empty((await list.List(new CostFilter(channel), null, 10, Ct)).Items);
        var kinds = await shop.Read(db => db.Set<Granary.Application.Storage.EventRecord>().Where(e => e.SubjectId == channel && e.Kind.StartsWith("channel.cost")).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct));
        Assert.Equal([SaveCost.Recorded, SaveCost.Corrected, SaveCost.Removed], kinds);
    }

    [Theory, OnBothDatabases]
    public async Task A_table_takes_the_good_rows_names_the_bad_ones_and_may_come_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, _clock);
        var channel = await Channel(shop);
        var import = new ImportCosts(shop.Store, shop.Settings, shop.Time);
        var table = $"日期,渠道,关键词,花费\n{Today:yyyy-MM-dd},官网/百度搜索,CRM,100\n{Today:yyyy-MM-dd},官网/百度搜索,CRM,200\n{Today:yyyy-MM-dd},没有/这个,CRM,1\n{Today:yyyy-MM-dd},官网/百度搜索,ERP,-5\n{Today:yyyy-MM-dd},,MES,30\n";

        var first = await import.Run(Guid.NewGuid(), Stream(table), "costs.csv", channel, Ct);

        Assert.Equal((2, 0, 0), (first.Created, first.Changed, first.Unchanged));
        Assert.Equal([(3, "day", "duplicate"), (4, "channel", "unknown"), (5, "amount", "out_of_range")], first.Faults.Select(f => (f.Number, f.Errors[0].Field, f.Errors[0].Code)));
        var second = await import.Run(Guid.NewGuid(), Stream(table.Replace(",30", ",31", StringComparison.Ordinal)), "costs.csv", channel, Ct);
        Assert.Equal((0, 1, 1), (second.Created, second.Changed, second.Unchanged));
        Assert.Equal(131, (await new ListCosts(shop.Store).Sum(new CostFilter(channel), Ct)).Amount);
        Assert.Equal(("missing_required_columns", 2), await import.Run(Guid.NewGuid(), Stream("a,b\n1,2\n"), "x.csv", null, Ct) is var bad ? (bad.Code, bad.Fields!.Count) : default);
        Assert.Equal("empty_file", (await import.Run(Guid.NewGuid(), Stream(""), "x.csv", null, Ct)).Code);
    }

    private static async Task<Guid> Channel(Shop shop)
    {
        await shop.Submit(shop.Lead());
        return (await shop.Settings.Get(Ct)).Channels.Find("官网/百度搜索")!.Id;
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
