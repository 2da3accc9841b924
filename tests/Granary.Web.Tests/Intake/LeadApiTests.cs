using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Intake;

public sealed class LeadApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_lead_is_read_masked_and_changed_by_whoever_saw_its_present_version(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("Zhang");
        var path = $"/api/v1/leads/{Id(await office.Submit(office.Lead("13800138000", "北京纷扬科技有限公司")))}";

        var lead = await Office.Get(office.Admin, path);
        var changed = await Office.Send(office.Admin, HttpMethod.Patch, path, new { requirement = "CRM", company = new { city = "北京" } }, HttpStatusCode.OK, ("If-Match", "\"1\""));
        var stale = await Office.Send(office.Admin, HttpMethod.Patch, path, new { requirement = "ERP" }, HttpStatusCode.Conflict, ("If-Match", "\"1\""));

        Assert.Equal("138****8000", lead.GetProperty("contact").GetProperty("phones")[0].GetString());
        Assert.Equal(("CRM", 2), (Text(changed, "requirement"), changed.GetProperty("version").GetInt32()));
        Assert.Equal("北京纷扬科技有限公司", Text(changed.GetProperty("company"), "name"));
        Assert.Equal(("stale", "1", "2"), (Text(stale, "code"), Text(stale, "seen"), Text(stale, "current")));
        Assert.Equal("CRM", Text(stale.GetProperty("record"), "requirement"));
        var timeline = await Office.Get(office.Admin, $"{path}/timeline");
        Assert.Equal("lead.edited", Text(timeline.GetProperty("items")[0], "kind"));
        Assert.Equal("Admin", Text(timeline.GetProperty("items")[0].GetProperty("actor"), "name"));
        Assert.Equal("assignedAutomatically", Text((await Office.Get(office.Admin, $"{path}/ownerships")).GetProperty("items")[0], "acquired"));
        var why = await Office.Get(office.Admin, $"{path}/explanations");
        Assert.Equal("Zhang", Text(why.GetProperty("assignments")[0].GetProperty("candidates")[0].GetProperty("user"), "name"));
    }

    [Theory, OnBothDatabases]
    public async Task A_patch_with_wrong_members_changes_nothing(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var path = $"/api/v1/leads/{Id(await office.Submit(office.Lead()))}";

        foreach (var (patch, code, field) in new (object, string, string)[]
        {
            (new { channel = "a/b" }, "unknown_field", "channel"),
            (new { requirement = 1 }, "wrong_type", "requirement"),
            (new { company = new { size = "huge" } }, "wrong_type", "company.size"),
            (new { requirement = new string('a', 4001) }, "too_long", "requirement"),
            (new { contact = new { name = (string?)null } }, "required", "contact.name"),
            (new { contact = new { phones = new[] { "138****0000" } } }, "phone_syntax", "contact.phones[0]"),
        })
        {
            var answer = await Office.Send(office.Admin, HttpMethod.Patch, path, patch, HttpStatusCode.UnprocessableEntity);
            Assert.Equal(field, Text(answer.GetProperty("errors")[0], "field"));
            Assert.True(code == "phone_syntax" || code == Text(answer.GetProperty("errors")[0], "code"), answer.GetRawText());
        }

        Assert.Equal(1, (await Office.Get(office.Admin, path)).GetProperty("version").GetInt32());
    }

    [Theory, OnBothDatabases]
    public async Task Verbs_answer_201_with_where_the_lead_stands_and_refuse_with_their_codes(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, zhangs) = await office.Hire("Zhang");
        var (li, lis) = await office.Hire("Li", "delivery");
        var path = $"/api/v1/leads/{Id(await office.Submit(office.Lead("13800138000")))}";

        Assert.Equal("already_owned", Text(await Office.Post(office.Admin, $"{path}/assignment", new { to = zhang }, HttpStatusCode.Conflict), "code"));
        Assert.Equal("Li", Text((await Office.Post(office.Admin, $"{path}/assignment", new { to = li })).GetProperty("owner"), "name"));
        await Office.Post(office.Admin, $"{path}/assignment", new { to = Guid.NewGuid() }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(office.Admin, $"{path}/assignment", new { }, HttpStatusCode.UnprocessableEntity);
        await Office.Send(zhangs, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        await Office.Post(lis, $"{path}/contact-reveals", null, HttpStatusCode.Forbidden);
        await Office.Post(lis, $"{path}/touches", new { kind = "pageVisited" }, HttpStatusCode.Forbidden);
        Assert.Equal("+8613800138000", Text((await Office.Post(office.Admin, $"{path}/contact-reveals", null)).GetProperty("contacts")[0], "value"));
        Assert.Equal(65, (await Office.Post(office.Admin, $"{path}/touches", new { kind = "corePageViewed" })).GetProperty("score").GetProperty("total").GetInt32());
        Assert.Equal("kind", Text((await Office.Post(office.Admin, $"{path}/touches", new { kind = "sneezed" }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0], "field"));
        Assert.Equal("in_the_future", Text((await Office.Post(office.Admin, $"{path}/touches", new { kind = "mailOpened", at = "2099-01-01T00:00:00Z" }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0], "code"));
        Assert.Equal("not_held", Text(await Office.Post(office.Admin, $"{path}/release", null, HttpStatusCode.Conflict), "code"));
        Assert.Equal("reason_required", Text(await Office.Post(office.Admin, $"{path}/invalidation", new { }, HttpStatusCode.UnprocessableEntity), "code"));
        Assert.Equal("invalid", Text(await Office.Post(office.Admin, $"{path}/invalidation", new { reason = "no_budget", note = "-" }), "status"));
        Assert.Equal("lead_closed", Text(await Office.Post(office.Admin, $"{path}/promotion", new { reason = "x" }, HttpStatusCode.Conflict), "code"));
        await Office.Post(office.Admin, $"/api/v1/leads/{Guid.NewGuid()}/release", null, HttpStatusCode.NotFound);
    }

    [Theory, OnBothDatabases]
    public async Task A_touch_says_by_which_channel_and_campaign_it_came(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhangs) = await office.Hire("Zhang");
        var path = $"/api/v1/leads/{Id(await office.Submit(office.Lead()))}";

        await Office.Post(zhangs, $"{path}/touches", new { kind = "webinarAttended", channel = "内容／线上直播", campaign = " 秋季大会 " });
        // One that nobody knows is noted and waits to be confirmed, as with leads; none is noted for a touch that is refused.
        await Office.Post(zhangs, $"{path}/touches", new { kind = "downloaded", channel = "内容/问答社区" });
        foreach (var (field, code, body) in new (string, string, object)[]
        {
            ("channel", "invalid_channel", new { kind = "downloaded", channel = "一/二/三" }),
            ("channel", "too_long", new { kind = "downloaded", channel = new string('长', 101) }),
            ("campaign", "too_long", new { kind = "downloaded", channel = "内容/没有这个", campaign = new string('长', 201) }),
            ("campaign", "control_character", new { kind = "downloaded", campaign = "秋\u0007季" }),
        })
        {
            var error = (await Office.Post(zhangs, $"{path}/touches", body, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0];
            Assert.Equal((field, code), (Text(error, "field"), Text(error, "code")));
        }

        await Office.Post(office.Admin, $"/api/v1/leads/{Guid.NewGuid()}/touches", new { kind = "downloaded", channel = "内容/别家的" }, HttpStatusCode.NotFound);
        var channels = (await Office.Get(office.Admin, "/api/v1/channels?limit=200")).GetProperty("items").EnumerateArray().ToDictionary(c => Text(c, "path")!, c => c);
        Assert.False(channels["内容/问答社区"].GetProperty("confirmed").GetBoolean());
        Assert.DoesNotContain(channels.Keys, p => p is "内容/没有这个" or "内容/别家的");
        var touched = (await Office.Get(zhangs, $"{path}/timeline")).GetProperty("items").EnumerateArray().Where(e => Text(e, "kind") == "lead.touched").Select(e => e.GetProperty("data")).ToList();
        Assert.Equal(
            [("内容/线上直播", "秋季大会"), ("内容/问答社区", null)],
            touched.Select(d => (channels.Single(c => Text(c.Value, "id") == Text(d, "channelId")).Key, d.TryGetProperty("campaign", out var c) ? c.GetString() : null)).Reverse());
    }

    [Theory, OnBothDatabases]
    public async Task A_held_lead_is_released_over_the_API(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("Zhang");
        var lead = office.Lead();
        lead["requirement"] = "测试";
        lead["contact"] = new { name = "test", phones = new[] { office.NewPhone() } };
        var held = await office.Submit(lead);
        Assert.Equal(("held", "invalid"), (Text(held, "outcome"), Text(held, "pool")));
        Assert.Equal(JsonValueKind.Null, held.GetProperty("score").ValueKind);

        Assert.Equal("created", Text(await Office.Post(office.Admin, $"/api/v1/leads/{Id(held)}/release", null), "outcome"));
    }

    [Theory, OnBothDatabases]
    public async Task The_list_is_filtered_ordered_and_paged_within_the_viewers_scope(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, zhangs) = await office.Hire("Zhang");
        for (var i = 0; i < 5; i++)
        {
            await office.Submit(office.Lead(company: $"北京纷扬{i}号科技有限公司"));
        }

        var (_, lis) = await office.Hire("Li", "delivery");
        var first = await Office.Get(zhangs, "/api/v1/leads?limit=3&sort=receivedAt");
        var second = await Office.Get(zhangs, $"/api/v1/leads?limit=3&sort=receivedAt&after={Text(first, "next")}");

        Assert.Equal(3, first.GetProperty("items").GetArrayLength());
        Assert.Equal(2, second.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(5, (await Office.Get(office.Admin, $"/api/v1/leads?owner={zhang}&status=pending&status=working&channel=官网")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await Office.Get(lis, "/api/v1/leads")).GetProperty("items").GetArrayLength());
        foreach (var bad in (string[])["limit=0", "limit=201", "limit=x", "after=zzz", "status=dead", "sort=colour", "owner=x", "receivedFrom=yesterday"])
        {
            await Office.Send(office.Admin, HttpMethod.Get, $"/api/v1/leads?{bad}", null, HttpStatusCode.BadRequest);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Several_leads_are_assigned_at_once_with_a_result_for_each(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var ids = new[] { Id(await office.Submit(office.Lead())), Guid.NewGuid(), Id(await office.Submit(office.Lead())) };
        var (zhang, _) = await office.Hire("Zhang");

        var results = (await Office.Post(office.Admin, "/api/v1/leads/assignments", new { ids, to = zhang }, HttpStatusCode.OK)).GetProperty("results").EnumerateArray().ToList();

        Assert.Equal([201, 404, 201], results.Select(r => r.GetProperty("status").GetInt32()));
        Assert.Equal(ids, results.Select(Id));
        await Office.Post(office.Admin, "/api/v1/leads/assignments", new { ids = Array.Empty<Guid>(), to = zhang }, HttpStatusCode.UnprocessableEntity);
    }

    [Theory, OnBothDatabases]
    public async Task Duplicates_are_searched_before_entry(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Submit(office.Lead("13800138000", "北京纷扬科技有限公司"));

        var found = (await Office.Get(office.Admin, "/api/v1/duplicates?company=北京纷扬&phone=13800138000")).GetProperty("items");

        Assert.Equal(("lead", "exact", "138****8000"), (Text(found[0], "kind"), Text(found[0], "level"), Text(found[0], "phone")));
        Assert.Equal(["phone", "company"], found[0].GetProperty("matchedBy").EnumerateArray().Select(m => m.GetString()));
        await Office.Send(office.Admin, HttpMethod.Get, "/api/v1/duplicates", null, HttpStatusCode.BadRequest);
    }

    private static Guid Id(JsonElement element) => element.GetProperty("id").GetGuid();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
