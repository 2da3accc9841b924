using Granary.Application.Opportunities;
using Granary.Application.Review;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Review;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Review;

public sealed class ReviewFiguresTests
{
    private static readonly DateOnly First = new(2026, 3, 1), Last = new(2026, 4, 30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Recorded_valid_and_converted_leads_are_counted_by_owner_department_and_month_within_reach(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var members = await shop.Committee();
        var (zhang, _, first) = await shop.Applied("Zhang");
        await shop.OwnedLead(company: "上海数聚软件有限公司", name: "Li");
        var boss = await shop.As(await shop.Hire("Boss", "operations"));
        var head = await shop.Hire("Head", "sales_supervisor");
        await shop.Team(zhang.UserId, head);

        // Applied for in March, passed and converted in April.
        clock.Advance(TimeSpan.FromDays(31));
        await shop.Approve(members[0], first);
        await shop.Approve(members[1], first);
        Assert.NotNull((await shop.Converting.Convert(zhang, first, new ConversionInput(Deals.All), ct: Ct)).Conversion);

        var owners = await shop.Figures.Of(boss, ReviewFiguresBy.Owner, First, Last, ct: Ct);
        Assert.Equal(new ReviewKpi(2, 1, 1), owners.Total);
        Assert.Equal((new ReviewKpi(1, 1, 1), 1m), (owners.Lines.Single(l => l.Key == zhang.UserId).Figures, owners.Total.Conversion));
        var departments = await shop.Figures.Of(boss, ReviewFiguresBy.Department, First, Last, ct: Ct);
        Assert.Equal([new ReviewKpi(1, 1, 1), new ReviewKpi(1, 0, 0)], departments.Lines.Select(l => l.Figures));
        Assert.Equal([new ReviewKpi(2, 1, 1), new ReviewKpi(0, 0, 0)], (await shop.Figures.Of(boss, ReviewFiguresBy.Month, First, Last, ct: Ct)).Lines.Select(l => l.Figures));
        Assert.Equal(
            [new ReviewKpi(2, 0, 0), new ReviewKpi(0, 1, 1)],
            (await shop.Figures.Of(boss, ReviewFiguresBy.Month, First, Last, ReviewBasis.Activity, Ct)).Lines.Select(l => l.Figures));
        Assert.Equal(new ReviewKpi(1, 1, 1), (await shop.Figures.Of(await shop.As(head), ReviewFiguresBy.Owner, First, Last, ct: Ct)).Total);
        Assert.Equal(new ReviewKpi(0, 0, 0), (await shop.Figures.Of(boss, ReviewFiguresBy.Owner, Last.AddDays(1), Last.AddDays(9), ct: Ct)).Total);

        await shop.Undoing.Undo(zhang, first, ct: Ct);
        Assert.Equal(new ReviewKpi(2, 1, 0), (await shop.Figures.Of(boss, ReviewFiguresBy.Owner, First, Last, ct: Ct)).Total);
    }
}
