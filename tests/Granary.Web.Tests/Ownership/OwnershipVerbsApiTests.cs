using System.Net;
using System.Text.Json;
using Granary.Application.Ownership;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Ownership;

/// <summary>Claiming, giving back and passing on over HTTP: who may, what is refused, and what a lost or repeated request does.</summary>
public sealed class OwnershipVerbsApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_claim_by_who_is_no_member_on_what_is_claimed_or_over_a_cap_says_why(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (one, two) = (await Laid(office), await Laid(office));
        var (zhang, seller) = await office.Hire("Zhang");
        var (li, other) = await office.Hire("Li");
        var (_, outsider) = await office.Hire("Wang");
        var (_, reader) = await office.Hire("Zhao", "operations");
        await Staff(office, one, zhang, li);
        await Office.Post(office.Admin, "/api/v1/policies/pools/draft", new { @default = new { dailyClaimCap = 1 } });
        await Office.Post(office.Admin, "/api/v1/policies/pools/publication", new { note = "one a day" });

        await Refused(outsider, one, HttpStatusCode.NotFound, "not_found");
        await Refused(reader, one, HttpStatusCode.Forbidden, "forbidden");
        await Refused(office.Admin, one, HttpStatusCode.Forbidden, "not_a_member");
        await Office.Post(seller, $"/api/v1/leads/{one}/claim", null);
        await Refused(other, one, HttpStatusCode.Conflict, "already_owned");
        await Refused(seller, two, HttpStatusCode.Conflict, "claim_cap_reached");
        await Office.Post(other, $"/api/v1/leads/{two}/claim", null);
        await Office.Post(other, $"/api/v1/leads/{two}/return", new { reason = "不在负责区域" });
        await Staff(office, two, zhang, li);
        await Refused(other, two, HttpStatusCode.Conflict, "cooling_down");
        await Refused(seller, Guid.NewGuid(), HttpStatusCode.NotFound, "not_found");

        static async Task Refused(HttpClient client, Guid lead, HttpStatusCode status, string code) =>
            Assert.Equal(code, Code(await Office.Post(client, $"/api/v1/leads/{lead}/claim", null, status)));
    }

    [Theory, OnBothDatabases]
    public async Task A_return_asks_for_a_reason_and_for_the_owner(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var (_, stranger) = await office.Hire("Li");
        var path = $"/api/v1/leads/{lead}/return";

        foreach (var body in new object[] { new { }, new { reason = (string?)null }, new { reason = "  " } })
        {
            Assert.Equal("reason_required", Code(await Office.Post(seller, path, body, HttpStatusCode.UnprocessableEntity)));
        }

        await Office.Post(seller, path, new { reason = new string('长', 501) }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(seller, path, new { because = "x" }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("not_owner", Code(await Office.Post(office.Admin, path, new { reason = "不是我的" }, HttpStatusCode.Conflict)));
        Assert.Equal("not_found", Code(await Office.Post(stranger, path, new { reason = "不是我的" }, HttpStatusCode.NotFound)));
        Assert.Equal("unassigned", (await Office.Post(seller, path, new { reason = "客户要换人" })).GetProperty("status").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task A_verb_on_a_version_that_is_gone_is_stale_with_both_versions_and_changes_nothing(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, seller) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var (li, _) = await office.Hire("Li");
        var version = (await Office.Get(office.Admin, $"/api/v1/leads/{lead}")).GetProperty("version").GetInt32();
        foreach (var (client, verb, body) in new (HttpClient, string, object?)[]
        {
            (seller, "adjustment-requests", new { reason = "不熟" }), (seller, "return", new { reason = "不熟" }), (seller, "transfer", new { to = li, reason = "不熟" }),
            (office.Admin, "withdrawal", new { reason = "调整" }), (office.Admin, "protection", new { locked = true }), (office.Admin, "voiding", new { reason = "录错" }),
        })
        {
            foreach (var seen in new[] { $"\"{version + 7}\"", "\"nonsense\"" })
            {
                var stale = await Office.Send(client, HttpMethod.Post, $"/api/v1/leads/{lead}/{verb}", body, HttpStatusCode.Conflict, ("If-Match", seen));
                Assert.Equal(("stale", $"{version}"), (Code(stale), stale.GetProperty("current").GetString()));
            }
        }

        Assert.Equal((version, zhang), await Stands(office, lead));
        await Office.Send(office.Admin, HttpMethod.Post, $"/api/v1/leads/{lead}/protection", new { locked = true }, HttpStatusCode.Created, ("If-Match", $"\"{version}\""));
        await Office.Send(seller, HttpMethod.Post, $"/api/v1/leads/{lead}/transfer", new { to = li, reason = "不熟" }, HttpStatusCode.Created, ("If-Match", $"W/\"{version + 1}\""));
        Assert.Equal((version + 2, li), await Stands(office, lead));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_key_claims_asks_and_returns_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var lead = await Laid(office);
        var (zhang, seller) = await office.Hire("Zhang");
        await Staff(office, lead, zhang);

        var claims = await Twice(seller, $"/api/v1/leads/{lead}/claim", null, "k-claim");
        Assert.Equal(claims[0].GetRawText(), claims[1].GetRawText());
        var asked = await Twice(seller, $"/api/v1/leads/{lead}/adjustment-requests", new { reason = "不在负责区域" }, "k-ask");
        Assert.Equal(asked[0].GetProperty("id").GetGuid(), asked[1].GetProperty("id").GetGuid());
        Assert.Equal("request_open", Code(await Office.Post(seller, $"/api/v1/leads/{lead}/adjustment-requests", new { reason = "不在负责区域" }, HttpStatusCode.Conflict)));
        await Office.Send(seller, HttpMethod.Post, $"/api/v1/leads/{lead}/adjustment-requests", new { reason = "换个说法" }, HttpStatusCode.UnprocessableEntity, ("Idempotency-Key", "k-ask"));
        var decided = await Twice(office.Admin, $"/api/v1/requests/{asked[0].GetProperty("id").GetGuid()}/decision", new { granted = false, comment = "先跟着" }, "k-decide");
        Assert.Equal("refused", decided[1].GetProperty("decision").GetString());
        await Twice(seller, $"/api/v1/leads/{lead}/return", new { reason = "客户要换人" }, "k-return");

        Assert.Equal(1, await office.Read(db => db.Set<LeadRequest>().CountAsync(Office.Ct)));
        var owned = await office.Read(db => db.Set<OwnershipRecord>().SingleAsync(o => o.LeadId == lead, Office.Ct));
        Assert.Equal((Acquired.Claimed, Ended.Returned), (owned.Acquired, owned.Ended!.Value));
    }

    private static async Task<JsonElement[]> Twice(HttpClient client, string path, object? body, string key)
    {
        var first = await Office.Send(client, HttpMethod.Post, path, body, HttpStatusCode.Created, ("Idempotency-Key", key));
        return [first, await Office.Send(client, HttpMethod.Post, path, body, HttpStatusCode.Created, ("Idempotency-Key", key))];
    }

    // Nobody is there yet to get it, so it lies in a pool.
    private static async Task<Guid> Laid(Office office) => (await office.Submit(office.Lead())).GetProperty("id").GetGuid();

    private static async Task Staff(Office office, Guid lead, params Guid[] members)
    {
        var key = (await Office.Get(office.Admin, $"/api/v1/leads/{lead}")).GetProperty("pool").GetString();
        var pool = (await Office.Get(office.Admin, "/api/v1/pools")).GetProperty("items").EnumerateArray().First(p => p.GetProperty("key").GetString() == key).GetProperty("id").GetGuid();
        await Office.Send(office.Admin, HttpMethod.Put, $"/api/v1/pools/{pool}/members", new { members }, HttpStatusCode.OK);
    }

    private static async Task<(int Version, Guid Owner)> Stands(Office office, Guid lead)
    {
        var now = await Office.Get(office.Admin, $"/api/v1/leads/{lead}");
        return (now.GetProperty("version").GetInt32(), now.GetProperty("owner").GetProperty("id").GetGuid());
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;
}
