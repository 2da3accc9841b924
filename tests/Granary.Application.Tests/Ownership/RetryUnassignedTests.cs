using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Ownership;

public sealed class RetryUnassignedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_of_the_evening_is_assigned_when_the_next_working_day_begins(DatabaseKind kind)
    {
        // Friday 20:00 in China; Monday is the next working day.
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 6, 12, 0, 0, TimeSpan.Zero));
        await using var shop = await Shop.Open(kind, clock);
        await shop.Publish(PolicyKind.Assignment, WithinHours);
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead());
        Assert.Null(landing.OwnerId);

        for (var at = clock.GetUtcNow(); at < new DateTimeOffset(2026, 3, 9, 0, 59, 0, TimeSpan.Zero); at = at.AddHours(3))
        {
            clock.MoveTo(at);
            Assert.Equal(0, await shop.Retrying.Sweep(Ct));
        }

        clock.MoveTo(new DateTimeOffset(2026, 3, 9, 0, 59, 30, TimeSpan.Zero));
        Assert.Equal(0, await shop.Retrying.Sweep(Ct));
        clock.MoveTo(new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await shop.Retrying.Sweep(Ct));

        var lead = await shop.Stored(landing.LeadId);
        Assert.Equal((zhang, LeadStatus.Pending, null), (lead.OwnerId!.Value, lead.Status, lead.RetryAt));
        // What was tried in vain through the weekend left no trace of its own.
        Assert.Equal(2, await shop.Read(db => db.Set<Decision>().CountAsync(Ct)));
        await shop.HoldingsAreExact();
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_that_try_at_once_assign_each_lead_once(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Publish(PolicyKind.Assignment, WithinHours);
        var landings = new List<Guid>();
        for (var i = 0; i < 250; i++)
        {
            landings.Add((await shop.Submit(shop.Lead())).LeadId);
        }

        await shop.Hire("A", profile: new() { DailyIntakeCap = 90 });
        await shop.Hire("B", profile: new() { DailyIntakeCap = 90 });
        clock.Advance(TimeSpan.FromMinutes(10));
        var nodes = kind == DatabaseKind.Postgres ? [shop, await shop.SecondNode()] : new[] { shop };

        var assigned = await Task.WhenAll(nodes.Concat(nodes).Select(node => node.Retrying.Sweep(Ct)));

        Assert.Equal(180, assigned.Sum());
        Assert.Equal(180, await shop.Read(db => db.Set<OwnershipRecord>().CountAsync(Ct)));
        Assert.Equal(70, await shop.Read(db => db.Set<Lead>().CountAsync(l => l.RetryAt != null, Ct)));
        await shop.HoldingsAreExact();
        foreach (var other in nodes.Skip(1))
        {
            await other.Close();
        }
    }

    private static AssignmentPolicy WithinHours => AssignmentPolicy.BuiltIn with
    {
        Rules =
        [
            new AssignmentRule
            {
                Id = "at_work",
                Name = "at_work",
                Target = AssignmentTarget.OfRole(BuiltInRoles.SalesRepresentative),
                Method = AssignmentMethod.RoundRobin,
                Require = new() { WithinWorkingHours = true },
            },
        ],
    };
}
