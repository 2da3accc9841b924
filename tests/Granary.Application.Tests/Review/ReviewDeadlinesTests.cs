using Granary.Application.Desk;
using Granary.Application.Review;
using Granary.Application.Storage;
using Granary.Domain.Review;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Review;

public sealed class ReviewDeadlinesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Deadlines_of_reviews_come_in_order_within_reach_and_page_by_page(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, boss) = (await shop.As(await shop.Hire("Zhang")), await shop.As(await shop.Hire("Boss", "lead_administrator")));
        var now = shop.Time.Now;
        var leads = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            leads.Add((await shop.Submit(shop.Lead(company: $"第{i}号测试客户有限公司"))).LeadId);
            await Review(shop, leads[i], ProjectGrade.A + i, now.AddHours(3 - i));
        }

        await Review(shop, (await shop.Submit(shop.Lead())).LeadId, ProjectGrade.A, null);
        var li = await shop.As(await shop.Hire("Li"));
        var deadlines = new ReviewDeadlines(shop.Store);

        var all = await deadlines.Read(boss, null, null, false, 10, Ct);
        Assert.Equal([leads[2], leads[1], leads[0]], all.Select(d => d.LeadId));
        Assert.Equal(("第2号测试客户有限公司", now.AddHours(1), "review"), (all[0].Company, all[0].At, all[0].Rule));
        Assert.Equal(2, (await deadlines.Read(boss, null, null, false, 1, Ct)).Count);
        Assert.Equal([leads[1], leads[0]], (await deadlines.Read(boss, null, (all[0].At, all[0].LeadId), false, 10, Ct)).Select(d => d.LeadId));
        Assert.Equal(3, (await deadlines.Read(boss, null, (all[0].At, all[0].LeadId), true, 10, Ct)).Count);
        Assert.Equal([leads[2]], (await deadlines.Read(boss, now.AddHours(2), null, false, 10, Ct)).Select(d => d.LeadId));
        Assert.Equal(3, (await deadlines.Read(zhang, null, null, false, 10, Ct)).Count);
        Assert.Empty(await deadlines.Read(li, null, null, false, 10, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Leads_are_found_by_the_grade_that_their_latest_review_gave(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", "lead_administrator"));
        var (graded, regraded) = ((await shop.Submit(shop.Lead())).LeadId, (await shop.Submit(shop.Lead())).LeadId);
        await shop.Submit(shop.Lead());
        await Review(shop, graded, ProjectGrade.A, null);
        await Review(shop, regraded, ProjectGrade.A, null, ReviewState.Closed);
        ((FakeClock)shop.Time).Advance(TimeSpan.FromDays(1));
        await Review(shop, regraded, ProjectGrade.B, null);

        async Task<IEnumerable<Guid>> Found(string query) => (await shop.Listing.Read(boss, LeadFilter.Parse(query), null, 10, Ct)).Items.Select(l => l.Id);
        Assert.Equal([graded], await Found("grade=a"));
        Assert.Equal([regraded], await Found("grade=b"));
        Assert.Equal(2, (await Found("grade=a&grade=b")).Count());
        Assert.Equal("grade=a&grade=b", LeadFilter.Parse("grade=a&grade=b").ToString());
        LeadFilter.Parse("grade=z", out var errors);
        Assert.Equal("grade", Assert.Single(errors).Field);
    }

    private static Task<int> Review(Shop shop, Guid lead, ProjectGrade grade, DateTimeOffset? due, ReviewState state = ReviewState.Approved) => shop.Store.Write(
        async scope =>
        {
            scope.Db.Add(new LeadReview { Id = shop.Time.NewId(), LeadId = lead, Line = "standard", State = state, At = shop.Time.Now, Grade = grade, DueAt = due });
            return await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);
}
