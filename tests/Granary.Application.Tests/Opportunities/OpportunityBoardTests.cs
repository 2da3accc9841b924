using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class OpportunityBoardTests
{
    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task A_column_tells_how_many_there_are_and_their_sum_whatever_became_of_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, first) = await shop.Deal(amount: 100m);
        var (li, second) = await shop.Deal("Li", 20m);
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.Administrator));
        await Tells(shop, boss, ("identify", 2, 120m));
        await Tells(shop, zhang, ("identify", 1, 100m));

        Done(await shop.Changing.Edit(zhang, first.Id, o => o with { Amount = 150.55m, ProductLine = "MES" }, ct: Ct));
        Done(await shop.Changing.Edit(zhang, first.Id, o => o with { Name = "新名字" }, ct: Ct));
        Done(await shop.Stages.Tick(li, second.Id, null, ["pain_agreed", "key_person_met"], ct: Ct));
        Done(await shop.Stages.Move(li, second.Id, "evaluate", ct: Ct));
        await Tells(shop, boss, ("identify", 1, 150.55m), ("evaluate", 1, 20m));
        Assert.Equal(["MES"], await new ListOpportunities(shop.Store, shop.Settings).ProductLines(boss, Ct));
        Assert.Empty(await new ListOpportunities(shop.Store, shop.Settings).ProductLines(li, Ct));

        Done(await shop.Changing.Transfer(zhang, first.Id, li.UserId, "换人", ct: Ct));
        Done(await shop.Writing.Write(li, second.Id, new LossReport(LossReason.Price, null, "低价"), ct: Ct));
        Done(await shop.Stages.Move(li, second.Id, "lost", ct: Ct));
        await Tells(shop, li, ("identify", 1, 150.55m), ("lost", 1, 20m));
        await Tells(shop, zhang);
        Assert.Equal(["MES"], await new ListOpportunities(shop.Store, shop.Settings).ProductLines(li, Ct));

        Done(await shop.Stages.Reopen(li, second.Id, "又来了", ct: Ct));
        await Tells(shop, li, ("identify", 1, 150.55m), ("evaluate", 1, 20m));
        await shop.Store.Write(scope => scope.Db.Set<Opportunity>().Where(o => o.Id == second.Id).ExecuteDeleteAsync(Ct), Ct);
        await Tells(shop, boss, ("identify", 1, 150.55m));
    }

    [Theory, OnBothDatabases]
    public async Task Filters_hold_for_cards_and_heads_alike_and_what_was_closed_long_ago_is_gone(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, first) = await shop.Deal(amount: 100m);
        var (li, second) = await shop.Deal("Li", 20m);
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.Administrator));
        Done(await shop.Changing.Edit(zhang, first.Id, o => o with { ProductLine = "MES" }, ct: Ct));
        await Tells(shop, boss, new OpportunityFilter { ProductLines = ["MES"] }, ("identify", 1, 100m));
        await Tells(shop, boss, new OpportunityFilter { Owners = [li.UserId] }, ("identify", 1, 20m));
        await Tells(shop, boss, new OpportunityFilter { Text = first.Code }, ("identify", 1, 100m));
        await Tells(shop, boss, new OpportunityFilter { Inquiries = [InquiryGrade.S] });

        Done(await shop.Writing.Write(li, second.Id, new LossReport(LossReason.Price, null, "低价"), ct: Ct));
        Done(await shop.Stages.Move(li, second.Id, "lost", ct: Ct));
        clock.Advance(TimeSpan.FromDays(29));
        await Tells(shop, boss, ("identify", 1, 100m), ("lost", 1, 20m));
        clock.Advance(TimeSpan.FromDays(2));
        await Tells(shop, boss, ("identify", 1, 100m));
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_writes_at_the_same_time_is_tallied(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal(amount: 100m);
        var all = new List<Guid> { deal.Id };
        for (var i = 0; i < 7; i++)
        {
            var copy = await shop.Opportunity(deal.Id);
            (copy.Id, copy.Code, copy.Stage) = (Guid.CreateVersion7(), $"C-{i}", i % 2 == 0 ? "identify" : "evaluate");
            await shop.Store.Write(scope => { scope.Db.Add(copy); return scope.Db.SaveChangesAsync(Ct); }, Ct);
            all.Add(copy.Id);
        }

        // In both directions at once, so that they meet on the same rows.
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => shop.Store.Write(
            scope => scope.Db.Set<Opportunity>().Where(o => o.Id == all[i % all.Count]).ExecuteUpdateAsync(o => o.SetProperty(x => x.Stage, i % 3 == 0 ? "evaluate" : "identify").SetProperty(x => x.Amount, x => x.Amount + 1), Ct), Ct), Ct)));

        var stands = await shop.Read(db => db.Set<Opportunity>().Select(o => new { o.Stage, o.Amount }).ToListAsync(Ct));
        await Tells(shop, zhang, [.. stands.GroupBy(o => o.Stage).Select(g => (g.Key, g.Count(), g.Sum(o => o.Amount)))]);
        Assert.Equal(864m, stands.Sum(o => o.Amount));
    }

    [Theory, OnBothDatabases]
    public async Task A_column_that_is_longer_than_its_cards_is_counted_whole(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal(amount: 0.55m);
        for (var i = 0; i < 120; i++)
        {
            var copy = await shop.Opportunity(deal.Id);
            (copy.Id, copy.Code, copy.Stage, copy.ClosedAt) = (Guid.CreateVersion7(), $"C-{i}", i % 2 == 0 ? "identify" : "won", i % 2 == 0 ? null : shop.Time.GetUtcNow());
            await shop.Store.Write(scope => { scope.Db.Add(copy); return scope.Db.SaveChangesAsync(Ct); }, Ct);
        }

        foreach (var filter in new[] { new OpportunityFilter(), new OpportunityFilter { Text = deal.Name } })
        {
            var board = await new OpportunityBoard(shop.Store, shop.Settings, shop.Time).Read(zhang, OpportunityPolicy.BuiltIn.Lines[0], filter, Ct);
            Assert.Equal([("identify", 61, 33.55m, 50), ("won", 60, 33m, 50)], board.Where(c => c.Count > 0).Select(c => (c.Stage.Id, c.Count, c.Amount, c.Cards.Count)));
        }
    }

    private static Task Tells(Shop shop, Viewer viewer, params (string Stage, int Count, decimal Amount)[] columns) => Tells(shop, viewer, new OpportunityFilter(), columns);

    private static async Task Tells(Shop shop, Viewer viewer, OpportunityFilter filter, params (string Stage, int Count, decimal Amount)[] columns)
    {
        var board = await new OpportunityBoard(shop.Store, shop.Settings, shop.Time).Read(viewer, OpportunityPolicy.BuiltIn.Lines[0], filter, Ct);

        Assert.Equal(OpportunityPolicy.BuiltIn.Lines[0].Stages.Select(s => s.Id), board.Select(c => c.Stage.Id));
        Assert.Equal(columns.Order(), board.Where(c => c.Count > 0).Select(c => (c.Stage.Id, c.Count, c.Amount)).Order());
        Assert.All(board, c => Assert.Equal((c.Count, c.Amount), (c.Cards.Count, c.Cards.Sum(card => card.Amount))));
        Assert.All(board.SelectMany(c => c.Cards), c => Assert.NotNull(c.Account));
    }

    private static void Done(OpportunityResult result) => Assert.IsType<OpportunityResult.Done>(result);
}
