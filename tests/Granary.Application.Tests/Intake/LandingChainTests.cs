using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake;

/// <summary>Batches that land behind one another, each decided before the one before is stored.</summary>
public sealed class LandingChainTests
{
    // Several pieces, so that most are decided ahead.
    private const int Many = 1_700;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_the_batch_before_is_about_to_store_is_matched(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang", profile: new() { HoldingCap = null });
        var requests = Enumerable.Range(0, Many).Select(_ => Request(shop.Lead())).ToArray();
        int[] alike = [3, 499, 500, 998, 1_201, 1_699], ofOne = [490, 510, 900, 1_100];
        var phone = shop.NewPhone();
        foreach (var i in alike)
        {
            requests[i] = Request(shop.Lead(phone));
        }

        foreach (var i in ofOne)
        {
            requests[i] = Request(shop.Lead(company: "北京纷扬科技有限公司"));
        }

        var landed = await Land(shop, requests);

        Assert.Equal(LandingOutcome.Created, landed[alike[0]].Outcome);
        Assert.All(alike[1..], i => Assert.Equal((LandingOutcome.Linked, landed[alike[0]].LeadId), (landed[i].Outcome, landed[i].SourceLeadId!.Value)));
        Assert.Equal(alike.Length - 1, landed.Count(l => l.Outcome == LandingOutcome.Linked));
        var tagged = await shop.Read(db => db.Set<Lead>().Where(l => (l.Findings & 32) != 0).Select(l => l.Id).ToListAsync(Ct));
        Assert.Equal(ofOne.Select(i => landed[i].LeadId).Order(), tagged.Order());
        // The others were tagged as they came in.
        Assert.Equal([landed[ofOne[0]].LeadId], await shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind == LeadEvent.PossibleDuplicate).Select(e => e.SubjectId).ToListAsync(Ct)));
        Assert.Equal(Many, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task What_any_batch_that_is_under_way_is_about_to_store_is_matched(DatabaseKind kind)
    {
        const int pieces = 8, piece = 500;
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang", profile: new() { HoldingCap = null });
        var requests = Enumerable.Range(0, pieces * piece).Select(_ => Request(shop.Lead())).ToArray();
        HashSet<int> pairs = [];
        // A company comes in one piece and once more in the next, others in one and in the next but one.
        for (var (at, company) = (0, 0); at < pieces; at++)
        {
            foreach (var later in (int[])[at + 1, at + 2])
            {
                for (var i = 0; i < 4 && later < pieces; i++, company++)
                {
                    var name = $"北京{(char)('丁' + (company * 16))}{(char)('丙' + (company * 16))}维科技有限公司";
                    var (first, second) = ((at * piece) + 486 + ((later - at) * 4) + i, (later * piece) + (later - at) + (i * 10));
                    (requests[first], requests[second]) = (Request(shop.Lead(company: name)), Request(shop.Lead(company: name)));
                    Assert.True(pairs.Add(first) && pairs.Add(second));
                }
            }
        }

        var landed = await Land(shop, requests);

        var tagged = await shop.Read(db => db.Set<Lead>().Where(l => (l.Findings & 32) != 0).Select(l => l.Id).ToListAsync(Ct));
        Assert.Equal(pairs.Select(i => landed[i].LeadId).Order(), tagged.Order());
    }

    [Theory, OnBothDatabases]
    public async Task A_consumer_of_the_batch_before_is_refreshed_by_this_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        await shop.Hire("Zhang", profile: new() { HoldingCap = null });
        var phones = Enumerable.Range(0, Many / 2).Select(_ => shop.NewPhone()).ToArray();

        var landed = await Land(shop, [.. phones.Concat(phones.Reverse()).Select(p => Request(shop.Lead(p)))]);

        Assert.All(landed[..phones.Length], l => Assert.Equal(LandingOutcome.Created, l.Outcome));
        Assert.All(landed[phones.Length..].Index(), l => Assert.Equal((LandingOutcome.Refreshed, landed[phones.Length - 1 - l.Index].LeadId), (l.Item.Outcome, l.Item.LeadId)));
        Assert.Equal(phones.Length, await shop.Read(db => db.Set<Lead>().CountAsync(l => l.Version == 2, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Turns_and_caps_hold_while_nodes_land_many_and_representatives_give_leads_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        List<Guid> team = [];
        for (var i = 0; i < 4; i++)
        {
            team.Add(await shop.Hire($"Rep {i}", profile: new() { DailyIntakeCap = 700, HoldingCap = null }));
        }

        var nodes = kind == DatabaseKind.Postgres ? [shop, await shop.SecondNode()] : new[] { shop };
        var given = new List<Guid>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var givingBack = Task.Run(async () =>
        {
            for (var turn = 0; !ended.IsCancellationRequested; turn++)
            {
                var owner = team[turn % team.Count];
                if (await shop.Read(db => db.Set<Lead>().Where(l => l.OwnerId == owner).Select(l => (Guid?)l.Id).FirstOrDefaultAsync(Ct)) is { } lead)
                {
                    Assert.IsType<LeadResult.Done>(await shop.Returning.Return(await shop.As(owner), lead, "不在我的区域", null, Ct));
                    given.Add(lead);
                }

                await Task.Delay(20, Ct);
            }
        }, Ct);
        var landed = (await Task.WhenAll(nodes.Select(n => Task.Run(() => Land(n, [.. Enumerable.Range(0, Many).Select(_ => Request(shop.Lead()))]), Ct)))).SelectMany(l => l).ToList();
        await ended.CancelAsync();
        await givingBack;

        var expected = Math.Min(700, landed.Count / team.Count);
        var taken = landed.Where(l => l.OwnerId is not null).CountBy(l => l.OwnerId!.Value).ToDictionary();
        Assert.NotEmpty(given);
        Assert.All(team, r => Assert.InRange(taken[r], expected - 1, expected + 1));
        Assert.All(team, r => Assert.True(taken[r] <= 700));
        var holding = (await shop.Read(db => db.Set<OwnershipRecord>().Where(o => o.To == null).Select(o => o.OwnerId).ToListAsync(Ct))).CountBy(o => o).ToDictionary();
        foreach (var load in await shop.Read(db => db.Set<UserLoad>().ToListAsync(Ct)))
        {
            Assert.Equal((taken[load.UserId], holding[load.UserId]), (load.Taken, load.Holding));
        }

        Assert.Equal(landed.Count, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
        Assert.Equal(landed.Count, await shop.Read(db => db.Set<ContactPoint>().CountAsync(c => c.Seq == 0, Ct)));
        foreach (var other in nodes.Skip(1))
        {
            await other.Close();
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_company_of_many_leads_is_found_by_rules_of_any_window(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        await shop.Hire("Zhang", profile: new() { HoldingCap = null });
        for (var i = 0; i < 12; i++)
        {
            await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));
            clock.Advance(TimeSpan.FromDays(30));
        }

        var business = DuplicatePolicy.Business;
        var recent = business with { Rules = [.. business.Rules.Select(r => r.Name == "lead_company" ? r with { LookBackDays = 45, Action = DuplicateAction.LinkToSource } : r)] };
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = recent });
        var latest = await shop.Read(db => db.Set<Lead>().OrderByDescending(l => l.ReceivedAt).Select(l => l.Id).FirstAsync(Ct));

        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));

        Assert.Equal((LandingOutcome.Linked, latest), (landing.Outcome, landing.SourceLeadId!.Value));
    }

    private static IntakeRequest Request(LeadSubmission lead) => new() { Submission = lead };

    private static async Task<Landing[]> Land(Shop shop, IntakeRequest[] requests) =>
        [.. (await shop.Intake.SubmitMany(requests, Ct)).Select(r => Assert.IsType<IntakeResult.Landed>(r).Landing)];
}
