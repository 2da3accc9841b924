using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Desk;

/// <summary>Pools over HTTP: making them, who belongs to them, and what their managers do.</summary>
public sealed class PoolsApiTests
{
    private const string Pools = "/api/v1/pools";

    [Theory, OnBothDatabases]
    public async Task A_pool_is_made_renamed_staffed_and_taken_away(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, seller) = await office.Hire("Zhang");
        var pool = await Office.Post(office.Admin, Pools, new { key = "east", name = "East" });
        var path = $"{Pools}/{Id(pool)}";

        await Office.Post(office.Admin, Pools, new { key = "East!", name = "" }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(office.Admin, Pools, new { key = "west", name = "West", colour = 1 }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(seller, Pools, new { key = "west", name = "West" }, HttpStatusCode.Forbidden);
        Assert.Equal("Far east", Text(await Office.Send(office.Admin, HttpMethod.Put, path, new { name = "Far east" }, HttpStatusCode.OK), "name"));
        var staffed = await Office.Send(office.Admin, HttpMethod.Put, $"{path}/members", new { roles = new[] { "sales_representative" }, managers = new[] { zhang } }, HttpStatusCode.OK);
        Assert.Equal((zhang, zhang), (Assert.Single(staffed.GetProperty("members").EnumerateArray()).GetGuid(), Assert.Single(staffed.GetProperty("managers").EnumerateArray()).GetGuid()));
        await Office.Send(office.Admin, HttpMethod.Put, $"{path}/members", new { members = new[] { Guid.NewGuid() } }, HttpStatusCode.UnprocessableEntity);
        await Office.Send(office.Admin, HttpMethod.Put, $"{Pools}/{Guid.NewGuid()}", new { name = "x" }, HttpStatusCode.NotFound);

        await Office.Post(office.Admin, "/api/v1/policies/pools/draft", new { returnPool = "east" });
        var refused = await Office.Send(office.Admin, HttpMethod.Delete, path, null, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("named_by_policy", Text(refused.GetProperty("errors")[0], "code"));
        await Office.Send(office.Admin, HttpMethod.Delete, "/api/v1/policies/pools/draft", null, HttpStatusCode.NoContent);
        await Office.Send(office.Admin, HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        Assert.DoesNotContain((await Office.Get(office.Admin, Pools)).GetProperty("items").EnumerateArray(), p => Text(p, "key") == "east");
    }

    [Theory, OnBothDatabases]
    public async Task A_manager_lists_assigns_and_moves_what_lies_in_their_pool_and_nobody_else_does(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        List<Guid> leads = [];
        for (var i = 0; i < 4; i++)
        {
            leads.Add(Id(await office.Submit(office.Lead(company: $"Company {i}"))));
        }

        var key = Text(await Office.Get(office.Admin, $"/api/v1/leads/{leads[0]}"), "pool");
        var (manager, client) = await office.Hire("Wang", "lead_creator");
        var (seller, other) = await office.Hire("Li");
        var all = (await Office.Get(office.Admin, Pools)).GetProperty("items").EnumerateArray().ToDictionary(p => Text(p, "key"), Id);
        var (path, active) = ($"{Pools}/{all[key]}", all["active"]);
        await Office.Send(client, HttpMethod.Get, $"{path}/leads", null, HttpStatusCode.NotFound);
        await Office.Send(office.Admin, HttpMethod.Put, $"{path}/members", new { members = new[] { seller }, managers = new[] { manager } }, HttpStatusCode.OK);

        var first = await Office.Get(client, $"{path}/leads?limit=3");
        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await Office.Get(client, $"{path}/leads?limit=3&after={Text(first, "next")}")).GetProperty("items").GetArrayLength());
        Assert.Contains("****", first.GetProperty("items")[0].GetProperty("contact").GetProperty("phones")[0].GetString(), StringComparison.Ordinal);

        await Office.Post(other, $"{path}/assignment", new { leads, to = seller }, HttpStatusCode.Forbidden);
        await Office.Post(client, $"{path}/assignment", new { leads }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/assignment", new { leads, to = seller, byRule = true }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/assignment", new { leads, filter = "", to = seller }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/assignment", new { leads = Enumerable.Range(0, 1001).Select(_ => Guid.NewGuid()), to = seller }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/assignment", new { leads, to = Guid.NewGuid() }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/move", new { leads, to = Guid.NewGuid() }, HttpStatusCode.UnprocessableEntity);

        var given = await Office.Post(client, $"{path}/assignment", new { leads = new[] { leads[0], Guid.NewGuid() }, to = seller }, HttpStatusCode.OK);
        Assert.Equal([201, 404], given.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()));
        var moved = await Office.Post(client, $"{path}/move", new { leads = leads.Take(2), to = active }, HttpStatusCode.OK);
        Assert.Equal("active", Text(moved.GetProperty("results")[1].GetProperty("lead"), "pool"));
        Assert.NotEqual(201, moved.GetProperty("results")[0].GetProperty("status").GetInt32());
        var rest = await Office.Post(client, $"{path}/assignment", new { filter = "channel=官网", byRule = true }, HttpStatusCode.OK);
        Assert.Equal(2, rest.GetProperty("results").GetArrayLength());
        Assert.All(rest.GetProperty("results").EnumerateArray(), r => Assert.Equal(201, r.GetProperty("status").GetInt32()));
    }

    [Theory, OnBothDatabases]
    public async Task A_manager_lists_and_locks_what_is_held_from_their_pool_and_nobody_else_does(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var lead = Id(await office.Submit(office.Lead(company: "甲公司")));
        var key = Text(await Office.Get(office.Admin, $"/api/v1/leads/{lead}"), "pool");
        var (manager, client) = await office.Hire("Wang", "lead_creator");
        var (seller, other) = await office.Hire("Li");
        var pool = Id((await Office.Get(office.Admin, Pools)).GetProperty("items").EnumerateArray().First(p => Text(p, "key") == key));
        var path = $"{Pools}/{pool}";
        await Office.Send(client, HttpMethod.Get, $"{path}/held", null, HttpStatusCode.NotFound);
        await Office.Send(office.Admin, HttpMethod.Put, $"{path}/members", new { members = new[] { seller }, managers = new[] { manager } }, HttpStatusCode.OK);
        await Office.Post(other, $"/api/v1/leads/{lead}/claim", null);

        var held = Assert.Single((await Office.Get(client, $"{path}/held?locked=false")).GetProperty("items").EnumerateArray());
        Assert.Equal((lead, "甲公司", seller, "claimed"), (held.GetProperty("leadId").GetGuid(), Text(held, "name"), held.GetProperty("owner").GetProperty("id").GetGuid(), Text(held, "acquired")));
        await Office.Send(other, HttpMethod.Get, $"{path}/held", null, HttpStatusCode.Forbidden);
        await Office.Post(other, $"{path}/lock", new { leads = new[] { lead }, locked = true }, HttpStatusCode.Forbidden);
        await Office.Post(client, $"{path}/lock", new { locked = true }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/lock", new { leads = new[] { lead } }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(client, $"{path}/lock", new { leads = new[] { lead }, days = 0 }, HttpStatusCode.UnprocessableEntity);
        await Office.Send(client, HttpMethod.Get, $"{path}/held?after=nonsense", null, HttpStatusCode.BadRequest);

        var done = await Office.Post(client, $"{path}/lock", new { leads = new[] { lead, Guid.NewGuid() }, locked = true, days = 3 }, HttpStatusCode.OK);
        Assert.Equal([201, 404], done.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetInt32()));
        Assert.Equal(manager, (await Office.Get(client, $"{path}/held?locked=true")).GetProperty("items")[0].GetProperty("lockedBy").GetProperty("id").GetGuid());
        Assert.Equal(0, (await Office.Get(client, $"{path}/held?locked=false")).GetProperty("items").GetArrayLength());
    }

    [Theory, OnBothDatabases]
    public async Task A_member_looks_at_contacts_within_the_cap_of_the_day(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (one, two) = (Id(await office.Submit(office.Lead())), Id(await office.Submit(office.Lead())));
        var key = Text(await Office.Get(office.Admin, $"/api/v1/leads/{one}"), "pool");
        var pool = (await Office.Get(office.Admin, Pools)).GetProperty("items").EnumerateArray().First(p => Text(p, "key") == key);
        var (seller, client) = await office.Hire("Li");
        await Office.Send(office.Admin, HttpMethod.Put, $"{Pools}/{Id(pool)}/members", new { members = new[] { seller } }, HttpStatusCode.OK);
        await Office.Post(office.Admin, "/api/v1/policies/pools/draft", new { @default = new { dailyViewCap = 1 } });
        await Office.Post(office.Admin, "/api/v1/policies/pools/publication", new { note = "one look" });

        var shown = await Office.Post(client, $"/api/v1/leads/{one}/contact-reveals", null);
        Assert.StartsWith("+86138", Text(shown.GetProperty("contacts")[0], "value"), StringComparison.Ordinal);
        var refused = await Office.Post(client, $"/api/v1/leads/{two}/contact-reveals", null, HttpStatusCode.Conflict);
        Assert.Equal("view_cap_reached", Text(refused, "code"));
    }

    [Theory, OnBothDatabases]
    public async Task What_a_pool_hides_is_hidden_in_every_answer_about_a_lead(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, author) = await office.Hire("Zhang");
        var lead = Id(await office.Submit(office.Lead(company: "甲公司")));
        var path = $"/api/v1/leads/{lead}";
        await Office.Post(author, $"{path}/follow-ups", new { method = "call", content = "联系人给了新号码 13900139000，下周再谈" });
        await Office.Post(author, $"{path}/return", new { reason = "客户要求换人，电话 13900139000" });
        var (li, client) = await office.Hire("Li");
        var pool = Id((await Office.Get(office.Admin, Pools)).GetProperty("items").EnumerateArray().First(p => Text(p, "key") == "nurture"));
        await Office.Send(office.Admin, HttpMethod.Put, $"{Pools}/{pool}/members", new { members = new[] { li, zhang } }, HttpStatusCode.OK);

        async Task<string> All(HttpClient by) => string.Concat(
            await Task.WhenAll(new[] { path, $"{path}/follow-ups", $"{path}/timeline", $"{path}/explanations", $"{path}/ownerships", $"{Pools}/{pool}/leads" }.Select(async p => (await Office.Get(by, p)).GetRawText())));
        var masked = await All(client);
        Assert.DoesNotContain("13900139000", masked, StringComparison.Ordinal);
        Assert.Contains("联系人给了新号码 ***，下周再谈", masked, StringComparison.Ordinal);
        Assert.Contains("官网/百度搜索", masked, StringComparison.Ordinal);

        await Office.Post(office.Admin, "/api/v1/policies/pools/draft", new { @default = new { visibleFields = new[] { "company" } } });
        await Office.Post(office.Admin, "/api/v1/policies/pools/publication", new { note = "little" });
        var hidden = await All(client);
        Assert.All(new[] { "联系人给了", "官网", "换人", "软件", "400000" }, word => Assert.DoesNotContain(word, hidden, StringComparison.Ordinal));
        Assert.Contains("甲公司", hidden, StringComparison.Ordinal);
        Assert.True((await Office.Get(client, $"{path}/follow-ups")).GetProperty("items")[0].GetProperty("hidden").GetBoolean());
        Assert.Equal(0, (await Office.Get(client, $"{path}/explanations")).GetProperty("assignments").GetArrayLength());

        await Office.Post(client, $"{path}/claim", null);
        Assert.Contains("13900139000", await All(client), StringComparison.Ordinal);
    }

    private static Guid Id(JsonElement element) => element.GetProperty("id").GetGuid();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
