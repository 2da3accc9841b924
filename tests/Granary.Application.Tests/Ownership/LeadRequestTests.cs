using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class LeadRequestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_owner_asks_for_another_assignment_and_the_lead_administrator_grants_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);
        var li = await shop.Hire("Li");

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal((await shop.Adjusting.Ask(zhang, lead, null, li, ct: Ct)).Result));
        Assert.Equal(LeadRefusal.NotOwner, Refusal((await shop.Adjusting.Ask(boss, lead, "not mine", li, ct: Ct)).Result));
        var (request, _) = await shop.Adjusting.Ask(zhang, lead, "knows them", li, ct: Ct);
        Assert.Equal(LeadRefusal.RequestOpen, Refusal((await shop.Adjusting.Ask(zhang, lead, "again", null, ct: Ct)).Result));
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == boss.UserId && n.Kind == NoticeKind.RequestOpened);
        Assert.Equal(request!.Id, Assert.Single(await shop.Requests.OpenRequests(boss, ct: Ct)).Request.Id);
        Assert.Empty(await shop.Requests.OpenRequests(zhang, ct: Ct));
        Assert.Empty(await shop.Requests.OpenRequests(await shop.As(li), ct: Ct));

        Assert.IsType<LeadResult.Forbidden>((await shop.Deciding.Decide(zhang, request.Id, new(true), Ct)).Result);
        Assert.IsType<LeadResult.NotFound>((await shop.Deciding.Decide(await shop.As(li), request.Id, new(true), Ct)).Result);
        Assert.IsType<LeadResult.Done>((await shop.Deciding.Decide(boss, request.Id, new(true, "fine"), Ct)).Result);

        Assert.Equal(li, (await shop.Stored(lead)).OwnerId);
        Assert.Equal(LeadRefusal.RequestDecided, Refusal((await shop.Deciding.Decide(boss, request.Id, new(true), Ct)).Result));
        var kept = Assert.Single(await shop.Requests.Decided(boss, ct: Ct)).Request;
        Assert.Equal((LeadRequestDecision.Granted, boss.UserId, "fine"), (kept.Decision!.Value, kept.DecidedBy!.Value, kept.Comment));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_refusal_needs_a_word_and_leaves_the_lead_where_it_is(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);
        var (request, _) = await shop.Adjusting.Ask(zhang, lead, "too much to do", null, ct: Ct);

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal((await shop.Deciding.Decide(boss, request!.Id, new(false), Ct)).Result));
        Assert.IsType<LeadResult.Invalid>((await shop.Deciding.Decide(boss, request.Id, new(true), Ct)).Result);
        Assert.Single(await shop.Requests.OpenRequests(boss, ct: Ct));
        Assert.IsType<LeadResult.Done>((await shop.Deciding.Decide(boss, request.Id, new(false, "we all have"), Ct)).Result);

        Assert.Equal(zhang.UserId, (await shop.Stored(lead)).OwnerId);
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == zhang.UserId && n.Kind == NoticeKind.RequestDecided);
    }

    [Theory, OnBothDatabases]
    public async Task A_request_is_dropped_when_its_asker_loses_the_lead(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);
        await shop.Adjusting.Ask(zhang, lead, "too much to do", null, ct: Ct);

        await shop.Withdrawing.Withdraw(boss, lead, null, null, ct: Ct);

        Assert.Empty(await shop.Requests.OpenRequests(boss, ct: Ct));
        Assert.Equal(LeadRequestDecision.Dropped, (await shop.Read(db => db.Set<LeadRequest>().SingleAsync(Ct))).Decision);
    }

    [Theory, OnBothDatabases]
    public async Task An_invalid_lead_waits_for_confirmation_and_is_archived_by_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);

        Assert.IsType<LeadResult.Done>(await shop.Invalidating.Invalidate(zhang, lead, "no_budget", "next year", ct: Ct));
        var open = Assert.Single(await shop.Requests.OpenRequests(boss, ct: Ct)).Request;
        Assert.Equal((LeadRequestKind.Invalidation, "next year"), (open.Kind, open.Reason));
        Assert.IsType<LeadResult.Done>((await shop.Deciding.Decide(boss, open.Id, new(true), Ct)).Result);

        Assert.Equal(LeadStatus.Invalid, (await shop.Stored(lead)).Status);
        Assert.True(await shop.Read(db => db.Set<EventRecord>().AnyAsync(e => e.SubjectId == lead && e.Kind == LeadEvent.Archived, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task An_invalidity_that_is_refused_is_worked_on_again_by_its_owner(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);
        await shop.Invalidating.Invalidate(zhang, lead, "unreachable", null, ct: Ct);
        var open = Assert.Single(await shop.Requests.OpenRequests(boss, ct: Ct)).Request;

        Assert.IsType<LeadResult.Done>((await shop.Deciding.Decide(boss, open.Id, new(false, "call again"), Ct)).Result);

        var stored = await shop.Stored(lead);
        Assert.Equal((zhang.UserId, LeadStatus.Pending, (string?)null), (stored.OwnerId!.Value, stored.Status, stored.InvalidReason));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_confirms_what_a_supervisor_says_or_where_the_policy_does_not_ask(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, zhang, boss) = await Owned(shop);
        var other = await shop.Submit(shop.Lead());
        await shop.Invalidating.Invalidate(boss, lead, "no_budget", null, ct: Ct);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { ConfirmInvalid = false });
        await shop.Invalidating.Invalidate(zhang, other.LeadId, "no_budget", null, ct: Ct);

        Assert.Empty(await shop.Read(db => db.Set<LeadRequest>().ToListAsync(Ct)));
        Assert.Equal(1, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == LeadEvent.Archived, Ct)));
    }

    private static async Task<(Guid Lead, Viewer Owner, Viewer Boss)> Owned(Shop shop)
    {
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        return (landing.LeadId, await shop.As(zhang), await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)));
    }

    private static string Refusal(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
