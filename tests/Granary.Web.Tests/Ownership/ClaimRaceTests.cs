using System.Net;
using System.Text.Json;
using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Ownership;

public sealed class ClaimRaceTests
{
    private const int Claimers = 200, Leads = 100, Rounds = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Two_hundred_simultaneous_claims_on_a_hundred_leads_give_a_hundred_owners_twenty_times(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new FakeClock());
        GranaryFactory[] nodes = kind == DatabaseKind.Postgres ? [office.Granary, office.AddNode()] : [office.Granary];
        var people = await Hire(office, nodes);

        for (var round = 0; round < Rounds; round++)
        {
            var leads = await Lay(office, Leads);
            var answers = await Task.WhenAll(people.Select((who, i) => Claim(who.Client, leads[(i + round) % Leads])));

            var stored = await office.Read(db => db.Set<Lead>().Where(l => leads.Contains(l.Id)).ToListAsync(Ct));
            var records = await office.Read(db => db.Set<OwnershipRecord>().Where(o => leads.Contains(o.LeadId)).ToListAsync(Ct));
            Assert.Equal(Leads, stored.Select(l => l.OwnerId).OfType<Guid>().Distinct().Count());
            Assert.Equal(Leads, records.Count);
            Assert.All(records, r => Assert.Equal((Acquired.Claimed, r.OwnerId), (r.Acquired, stored.Single(l => l.Id == r.LeadId).OwnerId!.Value)));
            Assert.Equal(Leads, answers.Count(a => a is (HttpStatusCode.Created, null)));
            Assert.Equal(Claimers - Leads, answers.Count(a => a is (HttpStatusCode.Conflict, "already_owned")));
        }

        await CountersAreExact(office);
    }

    [Theory, OnBothDatabases]
    public async Task One_who_claims_sixty_leads_at_once_gets_as_many_as_a_day_allows(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new FakeClock());
        GranaryFactory[] nodes = kind == DatabaseKind.Postgres ? [office.Granary, office.AddNode()] : [office.Granary];
        var (id, _) = (await Hire(office, nodes, 1))[0];
        var key = await Key(office, id);
        var leads = await Lay(office, 60);

        var answers = await Task.WhenAll(leads.Select((lead, i) => Claim(office.ClientOf(key, nodes[i % nodes.Length]), lead)));

        Assert.Equal(20, answers.Count(a => a is (HttpStatusCode.Created, null)));
        Assert.Equal(40, answers.Count(a => a is (HttpStatusCode.Conflict, "claim_cap_reached")));
        Assert.Equal(20, await office.Read(db => db.Set<Lead>().CountAsync(l => l.OwnerId == id, Ct)));
        await CountersAreExact(office);
    }

    private static async Task<(HttpStatusCode Status, string? Code)> Claim(HttpClient client, Guid lead)
    {
        using var answer = await client.PostAsync($"/api/v1/leads/{lead}/claim", null, Ct);
        var said = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Ct));
        return (answer.StatusCode, said.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    private static async Task<(Guid Id, HttpClient Client)[]> Hire(Office office, GranaryFactory[] nodes, int count = Claimers)
    {
        var services = office.Granary.Services;
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        await services.GetRequiredService<SettingCache>().Change(
            async scope =>
            {
                var role = await scope.Db.Roles.Where(r => r.Name == "sales_representative").Select(r => r.Id).SingleAsync(Ct);
                var pool = await scope.Db.Set<Pool>().Where(p => p.Key == "nurture").Select(p => p.Id).SingleAsync(Ct);
                foreach (var id in ids)
                {
                    var mail = $"{id:N}@example.com";
                    scope.Db.Add(new User { Id = id, Name = $"{id:N}", UserName = mail, NormalizedUserName = mail.ToUpperInvariant(), Email = mail, SecurityStamp = $"{id}" });
                    scope.Db.UserRoles.Add(new() { UserId = id, RoleId = role });
                    scope.Db.Add(new PoolMember { PoolId = pool, UserId = id });
                }
            },
            Ct);
        List<(Guid, HttpClient)> people = [];
        foreach (var id in ids)
        {
            people.Add((id, office.ClientOf(await Key(office, id), nodes[people.Count % nodes.Length])));
        }

        return [.. people];
    }

    private static async Task<string> Key(Office office, Guid id) =>
        (await office.Granary.Services.GetRequiredService<CreateApiKey>().For(null, id, $"{Guid.NewGuid():N}", Ct))!.Key;

    private static async Task<Guid[]> Lay(Office office, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        await office.Granary.Services.GetRequiredService<Store>().Write(
            async scope =>
            {
                var pool = await scope.Db.Set<Pool>().Where(p => p.Key == "nurture").Select(p => p.Id).SingleAsync(Ct);
                scope.Db.AddRange(ids.Select(id => new Lead { Id = id, PoolId = pool, CompanyName = $"{id:N}" }));
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
        return ids;
    }

    private static async Task CountersAreExact(Office office)
    {
        var counted = await office.Read(db => db.Set<Lead>().Where(l => l.OwnerId != null).GroupBy(l => l.OwnerId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, Ct));
        var loads = await office.Read(db => db.Set<UserLoad>().ToListAsync(Ct));
        Assert.All(loads, load => Assert.Equal(counted.GetValueOrDefault(load.UserId), load.Holding));
        Assert.All(counted.Keys, id => Assert.Contains(loads, load => load.UserId == id));
        Assert.All(counted.Values, held => Assert.InRange(held, 1, 20));
    }
}
