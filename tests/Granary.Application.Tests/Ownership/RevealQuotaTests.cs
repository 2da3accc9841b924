using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class RevealQuotaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_hundred_looks_at_once_show_as_many_records_as_the_day_allows(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, leads) = await Owned(shop, 25);
        await shop.Publish(PolicyKind.Masking, MaskingPolicy.BuiltIn with { DailyReveals = new Dictionary<string, int> { ["sales_representative"] = 20 } });

        var looks = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => shop.Revealing.Reveal(zhang, leads[i % 25], Ct))));

        var shown = looks.Select((l, i) => (Lead: leads[i % 25], l.Result)).Where(l => l.Result is LeadResult.Done).Select(l => l.Lead).ToHashSet();
        Assert.Equal(20, shown.Count);
        Assert.Equal(80, looks.Count(l => l.Result is LeadResult.Done));
        Assert.All(looks.Where(l => l.Result is not LeadResult.Done), l => Assert.Empty(l.Contacts));
        Assert.Equal(20, await shop.Read(db => db.Set<ContactLook>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_record_seen_today_is_seen_again_and_the_count_begins_anew_at_midnight_of_the_organisation(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, leads) = await Owned(shop, 3);
        await shop.Publish(PolicyKind.Masking, MaskingPolicy.BuiltIn with { DailyReveals = new Dictionary<string, int> { ["sales_representative"] = 2 } });

        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[0], Ct)).Result);
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[1], Ct)).Result);
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[0], Ct)).Result);
        var refused = Assert.IsType<LeadResult.Refused>((await shop.Revealing.Reveal(zhang, leads[2], Ct)).Result);

        // Midnight in Shanghai.
        var midnight = new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal((LeadRefusal.RevealQuotaReached, (DateTimeOffset?)midnight), (refused.Code, refused.Until));
        Assert.Equal(new RevealQuota(2, 2, midnight), await shop.Revealing.Quota(zhang, Ct));
        clock.MoveTo(midnight);
        Assert.Equal(2, (await shop.Revealing.Quota(zhang, Ct)).Left);
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[2], Ct)).Result);
    }

    [Theory, OnBothDatabases]
    public async Task Supervisors_are_told_once_when_somebody_looks_at_more_than_four_fifths(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, leads) = await Owned(shop, 10);
        var boss = await shop.Hire("Boss", "sales_supervisor");
        await Together(shop, zhang.UserId, boss);
        await shop.Publish(PolicyKind.Masking, MaskingPolicy.BuiltIn with { DailyReveals = new Dictionary<string, int> { ["sales_representative"] = 10 } });
        zhang = await shop.As(zhang.UserId);

        foreach (var (i, lead) in leads.Index())
        {
            await shop.Revealing.Reveal(zhang, lead, Ct);
            await shop.Revealing.Reveal(zhang, lead, Ct);
            Assert.Equal(i < 8 ? 0 : 1, await shop.Read(db => db.Set<Notice>().CountAsync(n => n.UserId == boss && n.Kind == NoticeKind.RevealsMany && n.SubjectId == zhang.UserId, Ct)));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_reason_is_asked_for_what_is_not_ones_own_and_kept_in_the_log(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, leads) = await Owned(shop, 1);
        var boss = await shop.As(await shop.Hire("Boss", "lead_administrator"));
        await shop.Publish(PolicyKind.Masking, MaskingPolicy.BuiltIn with { ReasonForOthers = true });

        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(zhang, leads[0], Ct)).Result);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.ReasonRequired), (await shop.Revealing.Reveal(boss, leads[0], " ", Ct)).Result);
        Assert.IsType<LeadResult.Invalid>((await shop.Revealing.Reveal(boss, leads[0], new string('x', 201), Ct)).Result);
        Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(boss, leads[0], " 核对号码 ", Ct)).Result);

        var said = await shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind == LeadEvent.Revealed).OrderBy(e => e.Position).Select(e => new { e.ActorId, e.Data }).ToListAsync(Ct));
        Assert.Equal([zhang.UserId, boss.UserId], said.Select(e => e.ActorId!.Value));
        Assert.Contains("核对号码", said[1].Data, StringComparison.Ordinal);
        Assert.DoesNotContain("139", said[1].Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Who_may_reveal_everything_is_not_counted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (_, leads) = await Owned(shop, 3);
        var boss = await shop.As(await shop.Hire("Boss", "lead_administrator"));
        await shop.Publish(PolicyKind.Masking, MaskingPolicy.BuiltIn with { DailyReveals = new Dictionary<string, int> { ["lead_administrator"] = 1 } });

        foreach (var lead in leads)
        {
            Assert.IsType<LeadResult.Done>((await shop.Revealing.Reveal(boss, lead, Ct)).Result);
        }

        Assert.Null((await shop.Revealing.Quota(boss, Ct)).Limit);
    }

    private static async Task<(Viewer Viewer, Guid[] Leads)> Owned(Shop shop, int count)
    {
        var zhang = await shop.Hire("Zhang", profile: new AssignmentProfile { HoldingCap = null });
        var leads = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            leads[i] = (await shop.Submit(shop.Lead())).LeadId;
        }

        Assert.Equal(count, await shop.Read(db => db.Set<Lead>().CountAsync(l => l.OwnerId == zhang, Ct)));
        return (await shop.As(zhang), leads);
    }

    private static Task Together(Shop shop, params Guid[] people) => shop.Settings.Change(
        async scope =>
        {
            var department = new Department { Id = shop.Time.NewId(), Name = "华东" };
            scope.Db.Add(department);
            await scope.Db.SaveChangesAsync(Ct);
            await scope.Db.Users.Where(u => people.Contains(u.Id)).ExecuteUpdateAsync(u => u.SetProperty(x => x.DepartmentId, department.Id), Ct);
        },
        Ct);
}
