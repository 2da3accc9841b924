using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class LeadVerbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_given_to_somebody_else_ends_one_ownership_and_begins_another(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var li = await shop.Hire("Li");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));

        var result = await shop.Assigning.Assign(boss, landing.LeadId, li, ct: Ct);

        var lead = Assert.IsType<LeadResult.Done>(result).Lead;
        Assert.Equal((li, LeadStatus.Pending, 2), (lead.OwnerId!.Value, lead.Status, lead.Version));
        var records = await shop.Read(db => db.Set<OwnershipRecord>().OrderBy(o => o.To == null).ToListAsync(Ct));
        Assert.Equal([(zhang, Ended.Transferred), (li, (Ended?)null)], records.Select(o => (o.OwnerId, o.Ended)));
        Assert.Equal(Acquired.OwnerChanged, records[^1].Acquired);
        Assert.Contains(await shop.Read(db => db.Set<Notice>().ToListAsync(Ct)), n => n.UserId == li && n.Kind == NoticeKind.LeadAssigned);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_promotion_is_the_decision_that_a_deadline_of_the_owner_waits_for(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));

        Assert.IsType<LeadResult.Done>(await shop.Promoting.Promote(boss, landing.LeadId, "客户已确认立项", ct: Ct));

        Assert.Equal(shop.Time.Now, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).DecidedAt);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_inactive_and_nobody_full_is_given_a_lead(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var landings = new[] { await shop.Submit(shop.Lead()), await shop.Submit(shop.Lead()) };
        var full = await shop.Hire("Full", "lead_creator", new() { HoldingCap = 1 });
        var away = await shop.Hire("Away", "lead_creator");
        await shop.Settings.Change(scope => scope.Db.Users.Where(u => u.Id == away).ExecuteUpdateAsync(u => u.SetProperty(x => x.Status, PersonStatus.Away), Ct), Ct);
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));

        Assert.Equal(LeadRefusal.InactiveUser, Refusal(await shop.Assigning.Assign(boss, landings[0].LeadId, away, ct: Ct)));
        var results = await shop.Assigning.AssignAll(boss, [landings[0].LeadId, landings[1].LeadId, Guid.Empty], full, Ct);

        Assert.Single(results, r => r is LeadResult.Done);
        Assert.Single(results, r => r is LeadResult.Refused(LeadRefusal.HoldingCapReached));
        Assert.IsType<LeadResult.NotFound>(results[2]);
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Who_sees_a_lead_but_may_not_assign_it_is_told_so_and_who_does_not_see_it_learns_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var li = await shop.Hire("Li");

        Assert.IsType<LeadResult.Forbidden>(await shop.Assigning.Assign(await shop.As(zhang), landing.LeadId, li, ct: Ct));
        Assert.IsType<LeadResult.NotFound>(await shop.Assigning.Assign(await shop.As(li), landing.LeadId, li, ct: Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_verb_on_a_version_that_is_gone_is_stale(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var viewer = await shop.As(zhang);
        await shop.Touching.Touch(viewer, landing.LeadId, TouchKind.PageVisited, null, null, ct: Ct);

        Assert.Equal(new LeadResult.Stale(2), await shop.Invalidating.Invalidate(viewer, landing.LeadId, "no_budget", null, seen: 1, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task An_invalid_lead_frees_its_place_and_cannot_be_assigned(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        var viewer = await shop.As(zhang);

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal(await shop.Invalidating.Invalidate(viewer, landing.LeadId, " ", null, ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Invalidating.Invalidate(viewer, landing.LeadId, "no_budget", "next year", ct: Ct));

        var lead = await shop.Stored(landing.LeadId);
        Assert.Equal((LeadStatus.Invalid, "no_budget"), (lead.Status, lead.InvalidReason));
        Assert.Equal(Ended.Invalid, (await shop.Read(db => db.Set<OwnershipRecord>().SingleAsync(Ct))).Ended);
        Assert.Equal(LeadRefusal.Closed, Refusal(await shop.Invalidating.Invalidate(viewer, landing.LeadId, "no_budget", null, ct: Ct)));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_touch_that_lifts_a_lead_over_the_pass_mark_assigns_it_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var weak = shop.Lead() with { Budget = Budget.Unknown };
        var landing = await shop.Submit(weak);
        Assert.Null(landing.OwnerId);
        Assert.Equal(50, landing.Score!.Total);

        await shop.Touching.Touch(boss, landing.LeadId, TouchKind.CorePageViewed, null, "/pricing", ct: Ct);
        Assert.Null((await shop.Stored(landing.LeadId)).OwnerId);
        await shop.Touching.Touch(boss, landing.LeadId, TouchKind.CorePageViewed, null, null, ct: Ct);

        var lead = await shop.Stored(landing.LeadId);
        Assert.Equal((60, true, zhang, LeadStatus.Pending), (lead.Score, lead.Mature, lead.OwnerId!.Value, lead.Status));
        Assert.Equal(2, await shop.Read(db => db.Set<Touch>().CountAsync(Ct)));
        Assert.Contains(await shop.Read(db => db.Set<Decision>().ToListAsync(Ct)), d => d.Kind == "assign");
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_promoted_by_hand_is_assigned_at_once_whatever_its_score(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var landing = await shop.Submit(shop.Lead() with { Budget = Budget.Unknown, Company = CompanyDetails.Empty });

        Assert.Equal(LeadRefusal.ReasonRequired, Refusal(await shop.Promoting.Promote(boss, landing.LeadId, null, ct: Ct)));
        Assert.IsType<LeadResult.Done>(await shop.Promoting.Promote(boss, landing.LeadId, "known from the fair", ct: Ct));

        var lead = await shop.Stored(landing.LeadId);
        Assert.Equal((zhang, true, true), (lead.OwnerId!.Value, lead.Promoted, lead.Mature));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Holdings_stay_exact_whatever_is_done_in_whatever_order_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        Guid[] people = [await shop.Hire("A", profile: new() { HoldingCap = 8 }), await shop.Hire("B"), await shop.Hire("C")];
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.Administrator));
        var nodes = kind == DatabaseKind.Postgres ? [shop, await shop.SecondNode()] : new[] { shop };
        var leads = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => nodes[i % nodes.Length].Submit(
            shop.Lead() with { Budget = i % 4 == 0 ? Budget.Unknown : new Budget(null, null, BudgetMatch.Full) })));
        var random = new Random(17);
        var steps = Enumerable.Range(0, 120).Select(_ => (Verb: random.Next(5), Lead: leads[random.Next(leads.Length)].LeadId, Who: people[random.Next(3)])).ToList();

        await Parallel.ForEachAsync(steps.Index(), new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Ct }, async (step, ct) =>
        {
            var node = nodes[step.Index % nodes.Length];
            var (verb, lead, who) = step.Item;
            await (verb switch
            {
                0 when step.Index % 3 == 0 => node.Invalidating.Invalidate(boss, lead, "other", null, ct: ct),
                1 => node.Promoting.Promote(boss, lead, "why not", ct: ct),
                2 => node.Touching.Touch(boss, lead, TouchKind.WebinarAttended, null, null, ct: ct),
                _ => node.Assigning.Assign(boss, lead, who, ct: ct),
            });
        });

        await shop.HoldingsAreExact();
        Assert.True((await shop.Read(db => db.Set<Lead>().CountAsync(l => l.OwnerId == people[0] && l.Status == LeadStatus.Pending, Ct))) <= 8);
        foreach (var other in nodes.Skip(1))
        {
            await other.Close();
        }
    }

    private static string Refusal(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
