using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.FollowUp;

public sealed class CorrectFollowUpTests
{
    private static readonly FollowUpInput Call = new() { Method = FollowUpMethod.Call, Content = "已电话沟通需求，客户希望下周看演示", Feedback = "预算五十万" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_correction_keeps_what_it_said_before_and_moves_no_clock(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Call, Ct)).Record!;
        var followed = (await shop.Stored(lead)).FollowedAt;
        clock.Advance(TimeSpan.FromHours(23));

        Assert.NotNull((await new CorrectFollowUp(shop.Verb).Correct(zhang, lead, record.Id, FollowUpMethod.Meeting, "线上会议沟通需求，约定下周三演示", null, Ct)).Record);

        var stored = await shop.Read(db => db.Set<FollowUpRecord>().SingleAsync(Ct));
        Assert.Equal((FollowUpMethod.Meeting, "线上会议沟通需求，约定下周三演示", "预算五十万"), (stored.Method, stored.Content, stored.Feedback));
        Assert.Equal([new EarlierText(shop.Time.Now, FollowUpMethod.Call, Call.Content!, "预算五十万")], FollowUpChanges.Of(stored).Earlier);
        Assert.Equal((record.RecordedAt, followed), (stored.RecordedAt, (await shop.Stored(lead)).FollowedAt));
        Assert.DoesNotContain("演示", (await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == LeadEvent.FollowUpCorrected, Ct))).Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_else_corrects_it_nobody_after_a_day_and_nobody_to_nothing(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Call, Ct)).Record!;
        var correct = new CorrectFollowUp(shop.Verb);

        Assert.Equal(new LeadResult.Refused(LeadRefusal.NotAuthor), (await correct.Correct(boss, lead, record.Id, null, "别人改的内容不算数的", null, Ct)).Result);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.TooShort), (await correct.Correct(zhang, lead, record.Id, null, "……………………", null, Ct)).Result);
        Assert.IsType<LeadResult.NotFound>((await correct.Correct(zhang, lead, Guid.Empty, null, Call.Content, null, Ct)).Result);
        clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(1));
        Assert.Equal(new LeadResult.Refused(LeadRefusal.CorrectionClosed), (await correct.Correct(zhang, lead, record.Id, null, "过了一天再改就太晚了吧", null, Ct)).Result);
        Assert.Equal(Call.Content, (await shop.Read(db => db.Set<FollowUpRecord>().SingleAsync(Ct))).Content);
    }

    [Theory, OnBothDatabases]
    public async Task A_next_step_that_is_done_is_taken_off_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        await new LogFollowUp(shop.Verb).Log(zhang, lead, Call with { NextStep = "演示", NextAt = shop.Time.Now.AddDays(2) }, Ct);
        var finish = new FinishNextStep(shop.Verb);

        await finish.Finish(zhang, lead, ct: Ct);
        await finish.Finish(zhang, lead, ct: Ct);

        var stored = await shop.Stored(lead);
        Assert.Equal((null, null), (stored.NextStep, stored.NextAt));
        Assert.Equal(1, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == LeadEvent.NextStepDone, Ct)));
        Assert.Equal("演示", (await shop.Read(db => db.Set<FollowUpRecord>().SingleAsync(Ct))).NextStep);
    }
}
