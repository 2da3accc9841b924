using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

public sealed class SupervisionTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2), Friday = new(2026, 3, 6);

    [Theory, OnBothDatabases]
    public async Task Timeliness_response_violations_and_what_is_held_are_counted_by_person_against_the_period_before(DatabaseKind kind)
    {
        // Friday 2026-03-06 18:00 in China.
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 6, 10, 0, 0, TimeSpan.Zero));
        await using var shop = await Shop.Open(kind, clock);
        var director = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var (zhang, li) = (await shop.Hire("张伟"), await shop.Hire("李娜"));
        var from = new DateTimeOffset(2026, 3, 3, 1, 0, 0, TimeSpan.Zero);
        List<object> rows =
        [
            Response(zhang, from, 120, 30), Response(zhang, from, 120, 90), Response(zhang, from, 120, 300), Response(zhang, from, 120, null),
            // It went away before it was due, and was due for nobody.
            Response(zhang, from, 120, null, ended: 60),
            // Due after now.
            Response(zhang, clock.GetUtcNow(), 120, null),
            // The week before.
            Response(zhang, from.AddDays(-5), 120, 60), Response(zhang, from.AddDays(-5), 120, null),
            FollowUp(zhang, from), FollowUp(zhang, from), FollowUp(zhang, from, counted: false), FollowUp(zhang, from.AddDays(-5)),
        ];
        var (open, excused) = (Missed(zhang, from), Missed(zhang, from));
        rows.AddRange([open, excused, Missed(zhang, from.AddDays(-5)), new ViolationNote { Id = Guid.CreateVersion7(), ViolationId = excused.Id, Kind = ViolationNoteKind.Excuse, At = from }]);
        await Add(shop, rows);
        var first = (await shop.Submit(shop.Lead())).LeadId;
        await shop.Submit(shop.Lead());
        var owner = await shop.Read(db => db.Set<Lead>().Where(l => l.Id == first).Select(l => l.OwnerId!.Value).SingleAsync(Shop.Ct));
        await shop.Planned(first, LeadStatus.Working, clock.GetUtcNow().AddDays(1));

        var report = await Report(shop).Read(director, Monday, Friday, Shop.Ct);
        var line = report.People.Single(l => l.Id == zhang);
        Assert.Equal((4, 2, 0.5, 0.5), (line.Due, line.InTime, line.Timeliness!.Value, line.TimelinessBefore!.Value));
        Assert.Equal((2, 1), (line.FollowUps, line.FollowUpsBefore));
        Assert.Equal((3, 140.0, 90.0, 60.0), (line.Responses, line.AverageMinutes!.Value, line.MedianMinutes!.Value, line.AverageMinutesBefore!.Value));
        Assert.Equal(1, line.OpenViolations);
        Assert.Equal((2, 1), (report.Total.Held, report.Total.Unplanned));
        Assert.Equal((1, 0), report.People.Where(l => l.Id == owner).Select(l => (l.Held, l.Unplanned)).Single());
        Assert.Null(report.People.Single(l => l.Id == li).Timeliness);

        var records = new SupervisionRecords(shop.Store, shop.Settings, shop.Time);
        Assert.Empty((await records.Read(director, li, SupervisionFigure.Late, Monday, Friday, ct: Shop.Ct))!);
        Assert.Single((await records.Read(director, li == owner ? zhang : li, SupervisionFigure.Unplanned, Monday, Friday, ct: Shop.Ct))!);
    }

    [Theory, OnBothDatabases]
    public async Task The_records_behind_a_figure_go_on_behind_the_last_one_of_a_page(DatabaseKind kind)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 6, 10, 0, 0, TimeSpan.Zero));
        await using var shop = await Shop.Open(kind, clock);
        var director = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var zhang = await shop.Hire("张伟");
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var from = new DateTimeOffset(2026, 3, 3, 1, 0, 0, TimeSpan.Zero);
        // Two of each instant, so that a page ends between equals.
        await Add(shop, Enumerable.Range(0, SupervisionRecords.PageSize + 11).Select(i => new FollowUpRecord
        {
            Id = Guid.CreateVersion7(from.AddMinutes(i / 2)),
            LeadId = lead,
            AuthorId = zhang,
            At = from,
            RecordedAt = from.AddMinutes(i / 2),
            Method = FollowUpMethod.Call,
            Content = "-",
            Counted = true,
        }));
        var records = new SupervisionRecords(shop.Store, shop.Settings, shop.Time);

        var first = (await records.Read(director, zhang, SupervisionFigure.FollowUps, Monday, Friday, ct: Shop.Ct))!;
        Assert.Equal(SupervisionRecords.PageSize + 1, first.Count);
        var last = first[SupervisionRecords.PageSize - 1];
        var rest = (await records.Read(director, zhang, SupervisionFigure.FollowUps, Monday, Friday, (last.From, last.Id), Shop.Ct))!;
        Assert.Equal(11, rest.Count);
        var all = first.Take(SupervisionRecords.PageSize).Concat(rest).ToList();
        Assert.Equal(SupervisionRecords.PageSize + 11, all.Select(r => r.Id).Distinct().Count());
        Assert.Equal(all.Select(r => r.From).OrderDescending(), all.Select(r => r.From));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_reads_figures_of_people_out_of_their_reach(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, li) = (await shop.Hire("张伟"), await shop.Hire("李娜"));
        var seller = await shop.Viewer(zhang);
        Assert.Empty((await Report(shop).Read(seller, Monday, Friday, Shop.Ct)).People);
        var specialist = await shop.Viewer("marketing_specialist");
        Assert.Equal([specialist.UserId], (await Report(shop).Read(specialist, Monday, Friday, Shop.Ct)).People.Select(l => l.Id));
        Assert.Null(await new SupervisionRecords(shop.Store, shop.Settings, shop.Time).Read(specialist, li, SupervisionFigure.Due, Monday, Friday, ct: Shop.Ct));
    }

    private static Supervision Report(Shop shop) => new(shop.Store, shop.Settings, shop.Time);

    private static Task Add(Shop shop, IEnumerable<object> rows) => shop.Store.Write(
        async scope =>
        {
            scope.Db.AddRange(rows);
            await scope.Db.SaveChangesAsync(Shop.Ct);
        },
        Shop.Ct);

    private static LeadResponse Response(Guid owner, DateTimeOffset from, int allowed, int? after, int? ended = null) => new()
    {
        OwnershipId = Guid.CreateVersion7(),
        LeadId = Guid.CreateVersion7(),
        OwnerId = owner,
        From = from,
        RuleId = "response_high",
        RespondBy = from.AddMinutes(allowed),
        RespondedAt = after is { } minutes ? from.AddMinutes(minutes) : null,
        To = ended is { } end ? from.AddMinutes(end) : null,
    };

    private static FollowUpRecord FollowUp(Guid author, DateTimeOffset at, bool counted = true) => new()
    {
        Id = Guid.CreateVersion7(),
        LeadId = Guid.CreateVersion7(),
        AuthorId = author,
        At = at,
        RecordedAt = at,
        Method = FollowUpMethod.Call,
        Content = "客户要一份报价，周五前给",
        Counted = counted,
    };

    private static Violation Missed(Guid owner, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(),
        LeadId = Guid.CreateVersion7(),
        OwnershipId = Guid.CreateVersion7(),
        OwnerId = owner,
        RuleId = "response_high",
        PolicyVersion = 1,
        StartedAt = at,
        Minutes = 120,
        Clock = DeadlineClock.WorkingHours,
        DeadlineAt = at,
        At = at,
        Evidence = "{}",
    };
}
