using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake;

public sealed class ReleaseLeadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_released_lead_goes_on_to_scoring_and_assignment(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var held = await shop.Submit(Tested(shop));
        Assert.Equal(LandingOutcome.Held, held.Outcome);

        var (landing, _) = await shop.Releasing.Release(boss, held.LeadId, ct: Ct);

        Assert.Equal((LandingOutcome.Created, zhang), (landing!.Outcome, landing.OwnerId!.Value));
        var lead = await shop.Stored(held.LeadId);
        Assert.Equal((LeadStatus.Pending, 60, 0, 2), (lead.Status, lead.Score, lead.Findings, lead.Version));
        Assert.Contains(await shop.Read(db => db.Set<EventRecord>().ToListAsync(Ct)), e => e.Kind == LeadEvent.Released && e.ActorId == boss.UserId);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.NotHeld), (await shop.Releasing.Release(boss, held.LeadId, ct: Ct)).Result);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_released_lead_whose_phone_came_in_meanwhile_is_linked_to_that_lead(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var phone = shop.NewPhone();
        var held = await shop.Submit(Tested(shop, phone));
        var source = await shop.Submit(shop.Lead(phone));
        await shop.Hire("Li");

        var (landing, _) = await shop.Releasing.Release(boss, held.LeadId, ct: Ct);

        Assert.Equal((LandingOutcome.Linked, source.LeadId, zhang), (landing!.Outcome, landing.SourceLeadId!.Value, landing.OwnerId!.Value));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Where_a_new_lead_would_refresh_another_a_released_one_is_linked_to_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var phone = shop.NewPhone();
        var held = await shop.Submit(Tested(shop, phone));
        var source = await shop.Submit(shop.Lead(phone));

        var (landing, _) = await shop.Releasing.Release(boss, held.LeadId, ct: Ct);

        Assert.Equal((LandingOutcome.Linked, source.LeadId), (landing!.Outcome, landing.SourceLeadId!.Value));
    }

    [Theory, OnBothDatabases]
    public async Task Only_those_who_check_held_leads_release_them_or_find_them_invalid(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var watcher = await shop.As(await shop.Hire("Watcher", "operations"));
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var held = await shop.Submit(Tested(shop));

        Assert.IsType<LeadResult.Forbidden>((await shop.Releasing.Release(watcher, held.LeadId, ct: Ct)).Result);
        Assert.IsType<LeadResult.Forbidden>(await shop.Invalidating.Invalidate(watcher, held.LeadId, "test", null, ct: Ct));
        Assert.Equal(new LeadResult.Refused(LeadRefusal.Held), await shop.Promoting.Promote(boss, held.LeadId, "because", ct: Ct));
        Assert.IsType<LeadResult.Done>(await shop.Invalidating.Invalidate(boss, held.LeadId, "test", null, ct: Ct));
        Assert.Equal(LeadStatus.Invalid, (await shop.Stored(held.LeadId)).Status);
    }

    private static Domain.Capture.LeadSubmission Tested(Shop shop, string? phone = null)
    {
        var lead = shop.Lead(phone);
        return lead with { Contact = lead.Contact with { Name = "测试" } };
    }
}
