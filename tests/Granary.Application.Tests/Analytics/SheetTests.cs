using FsCheck;
using FsCheck.Fluent;
using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Domain.Analytics;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Analytics;

/// <summary>Sheets hold what was put into them, whatever it is and however many put it there.</summary>
public sealed class SheetTests
{
    private static readonly Gen<string> Keys =
        from channel in Gen.Elements("", "0f", Guid.AllBitsSet.ToString("N"))
        from text in Gen.Elements("", "crm", "crm软件", "crm系统", "\U0001F33E", "\U0001F33F稻", "\u001f5\u001f12", new string('长', 300))
        select channel + text;

    private static readonly Gen<CellValues> Values =
        from n in Gen.Elements(0L, 1, -1, 127, 128, 1_000_000)
        from last in Gen.Elements(0L, long.MaxValue, long.MinValue, -64)
        from m in Gen.Elements(0L, 99_999_999_999, -5)
        select new CellValues(n, 0, m, N6: last, M3: m);

    private static readonly Gen<KeyValuePair<string, CellValues>[]> Cells =
        (from key in Keys from values in Values select KeyValuePair.Create(key, values)).ArrayOf().Select(cells => cells.DistinctBy(c => c.Key).ToArray());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_packed_is_read_again() => Prop.ForAll(Cells.ToArbitrary(), cells =>
    {
        var read = SheetCells.Unpack(SheetCells.Pack(cells));
        Assert.Equal(cells.Where(c => !c.Value.IsZero).OrderBy(c => c.Key, StringComparer.Ordinal), read);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changes_add_up_and_what_comes_to_nothing_leaves() => Prop.ForAll(Cells.ToArbitrary(), Cells.ToArbitrary(), (before, changes) =>
    {
        Dictionary<string, CellValues> wanted = new(before);
        foreach (var (key, values) in changes)
        {
            wanted[key] = wanted.GetValueOrDefault(key) + values;
        }

        var packed = SheetCells.Change(SheetCells.Pack(before), changes);
        Assert.Equal(SheetCells.Pack(wanted), packed);
        Assert.Empty(SheetCells.Change(packed, wanted.Select(c => KeyValuePair.Create(c.Key, default(CellValues) - c.Value))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cells_with_one_beginning_are_passed_over_together() => Prop.ForAll(Cells.ToArbitrary(), cells =>
    {
        const int Beginning = 4;
        List<KeyValuePair<string, CellValues>> read = [];
        var reader = SheetCells.Read(SheetCells.Pack(cells));
        for (var more = reader.Next(); more; more = reader.NextBeyond(Beginning))
        {
            read.Add(KeyValuePair.Create(reader.Key.ToString(), reader.Values()));
        }

        Assert.Equal(cells.Where(c => !c.Value.IsZero).OrderBy(c => c.Key, StringComparer.Ordinal).DistinctBy(c => c.Key.Length < Beginning ? c.Key : c.Key[..Beginning]), read);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_period_is_whole_months_and_the_days_at_its_ends()
    {
        Assert.Equal([20260130, 20260131, 202602, 20260301], CellPeriod.Of(new(2026, 1, 30), new(2026, 3, 1)));
        Assert.Equal([202601, 202602], CellPeriod.Of(new(2026, 1, 1), new(2026, 2, 28)));
        Assert.Equal([20260227, 20260228], CellPeriod.Of(new(2026, 2, 27), new(2026, 2, 28)));
        Assert.Equal(28, CellPeriod.Of(new(2026, 2, 1), new(2026, 2, 28), days: true).Count());
    }

    [Theory, OnBothDatabases]
    public async Task Several_who_write_at_once_lose_nothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var (channel, owners, day) = (Guid.CreateVersion7(), Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray(), new DateOnly(2026, 3, 9));
        await Parallel.ForAsync(0, 8, Ct, async (i, ct) => await new FillFacts(database.Store).Put(
            [
                .. Enumerable.Range(0, 50).Select(n => new LeadFact
                {
                    LeadId = Guid.CreateVersion7(),
                    OwnerId = owners[n % 3],
                    ChannelId = channel,
                    ReceivedOn = day.AddDays(n % 40),
                    RecordedOn = day,
                    MqlOn = n % 2 == 0 ? day.AddDays((n % 40) + i) : null,
                }),
            ],
            [], [], ct));

        async Task<IReadOnlyList<CellAnswer>> Ask(CellQuestion question)
        {
            await using var db = database.Store.Open();
            return await ReadCells.Of(db, question, Ct);
        }

        CellQuestion asked = new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.None, day, day.AddDays(60));
        Assert.Equal((400, 200), (await Ask(asked)).Select(a => (a.Values.N1, a.Values.N2)).Single());
        Assert.Equal([(long)8 * 17, 8 * 17, 8 * 16], (await Ask(asked with { ByOwner = true })).OrderBy(a => Array.IndexOf(owners, a.OwnerId)).Select(a => a.Values.N1));
        // Whoever is asked for by name is read from sheets of their own, and a dimension without owners side by side from those of each.
        var one = new FactFilter { Owners = [owners[0]] };
        Assert.Equal(8 * 17, (await Ask(asked with { Filter = one })).Single().Values.N1);
        // Several are found among all side by side, together and apart.
        var several = asked with { Filter = new() { Owners = [.. owners[..2], .. NewIds(2)] } };
        Assert.Equal(8 * 34, (await Ask(several)).Single().Values.N1);
        Assert.Equal(owners[..2].Order(), (await Ask(several with { ByOwner = true })).Select(a => a.OwnerId).Order());
        Assert.Equal(3, (await Ask(asked with { By = Dimension.Channel, ByOwner = true })).Select(a => a.OwnerId).Distinct().Count());
        // Two filters at once are counted from the facts, and say the same.
        Assert.Equal(await Ask(asked), await Ask(asked with { Filter = new() { Channels = [channel], Industries = [""] } }));
        // Days by what is not kept are counted from the facts.
        Assert.Equal(200, (await Ask(asked with { Measure = CubeMeasure.Days, By = Dimension.Industry })).Sum(a => a.Values.N1));
        var apart = asked with { Over = CubeGrain.Day, Basis = FunnelBasis.Activity };
        var (days, some) = (await Ask(apart), new HashSet<DateOnly> { day.AddDays(2), day.AddDays(41) });
        Assert.Equal(days.Where(a => some.Contains(CellPeriod.First(a.Period))), await Ask(apart with { Only = some }));
    }

    [Theory, OnBothDatabases]
    public async Task Milestones_by_a_filter_are_kept_as_they_are_counted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var leads = await Leads.In(database);
        await using var db = database.Store.Open();
        async Task<List<(string, long)>> Ask(CellQuestion question) =>
            [.. (await ReadCells.Of(db, question, Ct)).GroupBy(a => string.Join(CellKey.Between, a.Key.Split(CellKey.Between)[^(question.Measure == CubeMeasure.Ways ? 2 : 1)..])).Select(g => (g.Key, g.Sum(a => a.Values.N1))).Order()];

        string[] ways = [.. from a in Enumerable.Range(0, 8) from b in Enumerable.Range(a + 1, 7 - a) select $"{a}{b}"];
        CellQuestion reached = new(CubeMeasure.Reach, FunnelBasis.Activity, Dimension.None, leads.Begin.AddDays(5), leads.Begin.AddDays(70));
        var taken = reached with { Measure = CubeMeasure.Ways, Ways = ways };
        foreach (var (filter, question) in from f in leads.Filters from q in new[] { reached, taken, taken with { Cohort = Milestone.Received }, taken with { Cohort = Milestone.Followed } } select (f, q))
        {
            var counted = await Ask(question with { Filter = leads.Twice(filter) });
            Assert.NotEmpty(counted);
            Assert.Equal(counted, await Ask(question with { Filter = filter }));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Whatever_is_told_apart_and_filtered_by_is_kept_as_it_is_counted(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var leads = await Leads.In(database);
        await using var db = database.Store.Open();
        async Task<List<CellAnswer>> Ask(CellQuestion question) => [.. (await ReadCells.Of(db, question, Ct)).OrderBy(a => a.OwnerId).ThenBy(a => a.Period).ThenBy(a => a.Key, StringComparer.Ordinal)];

        CellQuestion whole = new(CubeMeasure.Steps, FunnelBasis.Cohort, Dimension.None, leads.Begin.AddDays(5), leads.Begin.AddDays(70));
        List<CellQuestion> asked =
        [
            .. from basis in Enum.GetValues<FunnelBasis>() from dimension in Enum.GetValues<Dimension>() from measure in new[] { CubeMeasure.Steps, CubeMeasure.Days } select whole with { Measure = measure, Basis = basis, By = dimension },
            whole with { Measure = CubeMeasure.Invalid }, whole with { Measure = CubeMeasure.Supply }, whole with { Measure = CubeMeasure.Supply, ByOwner = true },
            whole with { By = Dimension.Region, ByOwner = true }, whole with { By = Dimension.Industry, Over = CubeGrain.Month },
        ];
        foreach (var (filter, question) in from f in leads.Filters.Prepend(new()) from q in asked select (f, q))
        {
            var counted = await Ask(question with { Filter = leads.Twice(filter) });
            Assert.NotEmpty(counted);
            Assert.Equal(counted, await Ask(question with { Filter = filter }));
        }
    }

    private static Guid[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];

    /// <summary>Leads of some channels and owners, and filters of which a rollup keeps each.</summary>
    private sealed class Leads
    {
        private readonly Random _random = new(5);
        private readonly Guid[] _channels = NewIds(3), _owners = NewIds(3);

        public DateOnly Begin { get; } = new(2026, 1, 20);

        public IReadOnlyList<FactFilter> Filters =>
        [
            new() { Channels = [_channels[0], _channels[2]] }, new() { Campaigns = [""] }, new() { Industries = ["steel"] }, new() { Regions = ["north"], Owners = _owners[..2] },
            new() { Products = ["crm"] }, new() { Products = ["crm", "erp"] },
        ];

        public static async Task<Leads> In(TestDatabase database)
        {
            var leads = new Leads();
            await new FillFacts(database.Store).Put([.. Enumerable.Range(0, 200).Select(leads.Fact)], [], [], Ct);
            return leads;
        }

        /// <summary>The same with a second filter that takes all leads, which makes the database count facts.</summary>
        public FactFilter Twice(FactFilter filter) =>
            filter with { Channels = filter.Channels.Count > 0 ? filter.Channels : _channels, Regions = filter.Regions.Count > 0 ? filter.Regions : ["north", "south"] };

        private LeadFact Fact(int number)
        {
            var received = Begin.AddDays(_random.Next(60));
            var (assigned, mql) = (Next(received, 3), Next(received, 9));
            var won = Next(Next(mql, 20), 40);
            var invalid = mql is null && _random.Next(2) == 0;
            return new LeadFact
            {
                LeadId = Guid.CreateVersion7(),
                OwnerId = _owners[number % 3],
                ChannelId = _channels[_random.Next(3)],
                Campaign = number % 3 == 0 ? "spring" : null,
                Keyword = number % 4 == 0 ? "crm" : null,
                Industry = _random.Next(2) == 0 ? "steel" : null,
                Region = _random.Next(2) == 0 ? "north" : "south",
                Products = _random.Next(2) == 0 ? ["crm", "erp"] : ["erp"],
                Status = (int)(invalid ? LeadStatus.Invalid : LeadStatus.Pending),
                InvalidReason = invalid ? "noNeed" : null,
                ReceivedOn = received,
                RecordedOn = received,
                AssignedOn = assigned,
                FollowedOn = mql,
                MqlOn = mql,
                WonOn = won,
                LastOn = new[] { received, assigned, mql, won }.Max()!.Value,
            };
        }

        private DateOnly? Next(DateOnly? before, int days) => before is { } day && _random.Next(4) > 0 ? day.AddDays(_random.Next(days)) : null;
    }
}
