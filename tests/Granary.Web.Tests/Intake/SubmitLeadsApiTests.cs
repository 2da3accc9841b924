using System.Net;
using System.Text;
using System.Text.Json;
using Granary.Application.Capture;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Intake;

public sealed class SubmitLeadsApiTests
{
    private const string Leads = "/api/v1/leads";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_contracts_own_example_is_created_with_its_owner_score_and_explanation(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind, new FakeClock(new DateTimeOffset(2026, 11, 2, 1, 35, 0, TimeSpan.Zero)));
        var (zhang, _) = await office.Hire("Zhang");

        var lead = await Office.Post(office.Admin, Leads, """
            {
              "channel": "官网/百度搜索", "campaign": null, "keyword": null, "content": null,
              "utm": { "source": "baidu", "medium": "cpc", "campaign": null, "term": null, "content": null },
              "landingPage": null, "referrer": null, "referredBy": null, "receivedAt": "2026-11-02T01:30:00Z",
              "company": { "name": "北京纷扬科技有限公司", "creditCode": null, "industry": "软件", "size": "large", "headcount": 600, "province": "北京市", "city": null },
              "contact": { "name": "张三", "title": "销售总监", "role": "decisionMaker", "phones": ["13800138000"], "emails": ["zhang@example.com"], "wechat": null },
              "requirement": "采购 CRM，预算 50 万，三个月内上线", "products": ["CRM"], "budget": { "min": 400000, "max": 500000, "match": "full" }, "purchaseBy": "2027-02-01",
              "tags": [], "consent": { "purpose": "sales_contact", "textVersion": "1", "givenAt": "2026-11-02T01:30:00Z" }, "custom": {}
            }
            """);

        Assert.Equal(("created", "newLead", "pending"), (Text(lead, "outcome"), Text(lead, "label"), Text(lead, "status")));
        Assert.Equal((zhang, "Zhang"), (lead.GetProperty("owner").GetProperty("id").GetGuid(), Text(lead.GetProperty("owner"), "name")));
        Assert.Equal(JsonValueKind.Null, lead.GetProperty("pool").ValueKind);
        Assert.Equal(
            """{"total":60,"behaviour":0,"attributes":60,"priority":"medium","stage":"interested","fit":"A","engagement":4,"cell":"A4"}""",
            lead.GetProperty("score").GetRawText());
        Assert.Equal(0, lead.GetProperty("findings").GetArrayLength());
        Assert.Contains(lead.GetProperty("explanation").EnumerateArray(), line => Text(line, "step") == "assign" && Text(line, "text").Contains("Zhang", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task A_repeated_key_gives_the_first_answer_and_another_body_is_refused(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var body = office.Lead();

        var first = await Office.Send(office.Admin, HttpMethod.Post, Leads, body, HttpStatusCode.Created, ("Idempotency-Key", "k-1"));
        var again = await Office.Send(office.Admin, HttpMethod.Post, Leads, body, HttpStatusCode.Created, ("Idempotency-Key", "k-1"));
        var other = await Office.Send(office.Admin, HttpMethod.Post, Leads, office.Lead(), HttpStatusCode.UnprocessableEntity, ("Idempotency-Key", "k-1"));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("idempotency_key_reused", Text(other, "code"));
        Assert.Equal(1, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task In_a_batch_one_bad_item_does_not_stop_the_others(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var phone = office.NewPhone();
        var unknown = office.Lead();
        unknown["colour"] = "blue";

        var answer = await Office.Post(
            office.Admin, $"{Leads}/batch", new { items = new object?[] { office.Lead(phone), unknown, office.Lead(phone), 17, new { channel = "官网/官网表单" } } }, HttpStatusCode.OK);

        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([201, 422, 201, 422, 422], results.Select(r => r.GetProperty("status").GetInt32()));
        Assert.Equal([0, 1, 2, 3, 4], results.Select(r => r.GetProperty("index").GetInt32()));
        Assert.Equal(("linked", Text(results[0].GetProperty("lead"), "id")), (Text(results[2].GetProperty("lead"), "outcome"), Text(results[2].GetProperty("lead"), "sourceLeadId")));
        Assert.Equal("unknown_field", Text(results[1].GetProperty("problem").GetProperty("errors")[0], "code"));
        Assert.Equal("colour", Text(results[1].GetProperty("problem").GetProperty("errors")[0], "field"));
        Assert.False(results[1].TryGetProperty("lead", out _));
        Assert.Equal(2, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_batch_sent_twice_under_one_key_lands_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var body = new { items = new[] { office.Lead(), office.Lead() } };

        var first = await Office.Send(office.Admin, HttpMethod.Post, $"{Leads}/batch", body, HttpStatusCode.OK, ("Idempotency-Key", "b"));
        var again = await Office.Send(office.Admin, HttpMethod.Post, $"{Leads}/batch", body, HttpStatusCode.OK, ("Idempotency-Key", "b"));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(2, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    public static TheoryData<string, string, string> TooLong() => new()
    {
        { "channel", "\"{0}\"", "100" }, { "campaign", "\"{0}\"", "200" }, { "keyword", "\"{0}\"", "200" }, { "content", "\"{0}\"", "200" },
        { "utm.source", "{{\"source\":\"{0}\"}}", "200" }, { "utm.term", "{{\"term\":\"{0}\"}}", "200" },
        { "landingPage", "\"{0}\"", "2000" }, { "referrer", "\"{0}\"", "2000" }, { "referredBy", "\"{0}\"", "200" }, { "externalId", "\"{0}\"", "200" },
        { "company.name", "{{\"name\":\"{0}\"}}", "200" }, { "company.industry", "{{\"industry\":\"{0}\"}}", "100" }, { "company.city", "{{\"city\":\"{0}\"}}", "100" },
        { "contact.name", "{{\"name\":\"{0}\",\"phones\":[\"13800138000\"]}}", "100" }, { "contact.title", "{{\"name\":\"a\",\"title\":\"{0}\",\"phones\":[\"13800138000\"]}}", "100" },
        { "contact.phones[0]", "{{\"name\":\"a\",\"phones\":[\"{0}\"]}}", "60" }, { "contact.emails[0]", "{{\"name\":\"a\",\"emails\":[\"{0}\"]}}", "254" },
        { "contact.wechat", "{{\"name\":\"a\",\"wechat\":\"{0}\"}}", "60" },
        { "requirement", "\"{0}\"", "4000" }, { "products[0]", "[\"{0}\"]", "100" }, { "tags[0]", "[\"{0}\"]", "40" }, { "custom.plant", "{{\"plant\":\"{0}\"}}", "2000" },
        { "consent.purpose", "{{\"purpose\":\"{0}\"}}", "100" },
    };

    [Fact]
    public async Task A_field_that_is_too_long_is_named_with_its_limit()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        foreach (var (field, shape, limit) in TooLong().Select(row => row.Data))
        {
            var text = string.Format(null, shape, new string('字', int.Parse(limit, null) + 1));
            var answer = await Office.Post(office.Admin, Leads, With(office, field.Split('.', '[')[0], text), HttpStatusCode.UnprocessableEntity);
            Assert.Contains(answer.GetProperty("errors").EnumerateArray(), e => (Text(e, "field"), Text(e, "code")) == (field, "too_long") && Text(e, "message").Contains(limit, StringComparison.Ordinal));
        }

        Assert.Equal(0, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory]
    [InlineData("channel", "17", "wrong_type", "channel")]
    [InlineData("channel", "\"\"", "required", "channel")]
    [InlineData("channel", "null", "required", "channel")]
    [InlineData("receivedAt", "\"yesterday\"", "wrong_type", "receivedAt")]
    [InlineData("receivedAt", "\"2099-01-01T00:00:00Z\"", "in_the_future", "receivedAt")]
    [InlineData("company", "[]", "wrong_type", "company")]
    [InlineData("company", "{\"size\":\"huge\"}", "wrong_type", "company.size")]
    [InlineData("company", "{\"headcount\":-1}", "out_of_range", "company.headcount")]
    [InlineData("company", "{\"headcount\":99999999999}", "wrong_type", "company.headcount")]
    [InlineData("company", "{\"colour\":1}", "unknown_field", "company.colour")]
    [InlineData("contact", "{\"name\":\"a\",\"phones\":\"13800138000\"}", "wrong_type", "contact.phones")]
    [InlineData("contact", "{\"name\":\"a\",\"phones\":[1]}", "wrong_type", "contact.phones[0]")]
    [InlineData("contact", "{\"name\":\"a\",\"phones\":[null]}", "contact_required", "contact")]
    [InlineData("contact", "{\"phones\":[\"13800138000\"]}", "required", "contact.name")]
    [InlineData("contact", "{\"name\":\"a\\u0000b\",\"phones\":[\"13800138000\"]}", "control_character", "contact.name")]
    [InlineData("contact", "{\"name\":\"a\\u001bb\",\"phones\":[\"13800138000\"]}", "control_character", "contact.name")]
    [InlineData("budget", "{\"min\":2,\"max\":1}", "min_above_max", "budget.min")]
    [InlineData("budget", "{\"min\":1.234}", "wrong_type", "budget.min")]
    [InlineData("budget", "{\"min\":\"400000\"}", "wrong_type", "budget.min")]
    [InlineData("purchaseBy", "\"2027-13-01\"", "wrong_type", "purchaseBy")]
    [InlineData("custom", "{\"plant\":[1]}", "wrong_type", "custom.plant")]
    [InlineData("tags", "\"vip\"", "wrong_type", "tags")]
    [InlineData("colour", "\"blue\"", "unknown_field", "colour")]
    public async Task What_is_wrong_with_a_field_is_said_with_its_path(string member, string value, string code, string field)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var answer = await Office.Post(office.Admin, Leads, With(office, member, value), HttpStatusCode.UnprocessableEntity);
        Assert.Contains(answer.GetProperty("errors").EnumerateArray(), e => (Text(e, "code"), Text(e, "field")) == (code, field));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"channel\":\"官网/官网表单\"} {}")]
    [InlineData("{\"channel\":\"a\",\"channel\":\"b\"}")]
    public async Task Broken_JSON_is_told_apart_from_wrong_fields(string body)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        Assert.Equal("broken_json", Text(await Office.Post(office.Admin, Leads, body, HttpStatusCode.BadRequest), "code"));
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_by_its_own_word_is_not_read()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var answer = await office.Admin.PostAsync(new Uri(Leads, UriKind.Relative), new StringContent("channel=a", Encoding.UTF8, "application/x-www-form-urlencoded"), Ct);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory, OnBothDatabases]
    public async Task Letters_beyond_the_basic_plane_are_kept(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await Office.Post(office.Admin, Leads, With(office, "requirement", "\"𠮷野家 😀\""));
        Assert.Equal("𠮷野家 😀", (await office.Read(db => db.Set<Lead>().SingleAsync(Ct))).Requirement);
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_that_get_one_phone_at_one_instant_make_one_source(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var clients = kind == DatabaseKind.Postgres ? [office.Admin, office.ClientOf(office.AdminKey, office.AddNode())] : new[] { office.Admin };
        var phone = office.NewPhone();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Office.Post(clients[i % clients.Length], Leads, office.Lead(phone))));

        var source = Assert.Single(answers, a => Text(a, "outcome") == "created");
        Assert.All(answers.Where(a => Text(a, "outcome") != "created"), a => Assert.Equal(Text(source, "id"), Text(a, "sourceLeadId")));
    }

    private static string With(Office office, string member, string json)
    {
        var lead = JsonSerializer.SerializeToNode(office.Lead())!.AsObject();
        lead[member] = "@";
        return lead.ToJsonString().Replace("\"@\"", json, StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
