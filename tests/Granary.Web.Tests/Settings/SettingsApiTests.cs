using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Settings;

public sealed class SettingsApiTests
{
    [Theory, OnBothDatabases]
    public async Task Channels_are_added_renamed_confirmed_and_retired(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var made = await Office.Post(office.Admin, "/api/v1/channels", new { path = "展会 / 上海展" });
        var path = $"/api/v1/channels/{Id(made)}";

        Assert.Equal("展会/上海展", Text(made, "path"));
        await Office.Post(office.Admin, "/api/v1/channels", new { path = "展会/上海展" }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(office.Admin, "/api/v1/channels", new { path = "a/b/c" }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(office.Admin, "/api/v1/channels", new { }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("展会/华东展", Text(await Office.Send(office.Admin, HttpMethod.Patch, path, new { path = "展会/华东展" }, HttpStatusCode.OK), "path"));
        Assert.True((await Office.Post(office.Admin, $"{path}/retirement", null)).GetProperty("retired").GetBoolean());
        await Office.Send(office.Admin, HttpMethod.Delete, $"{path}/retirement", null, HttpStatusCode.NoContent);
        await Office.Post(office.Admin, $"{path}/confirmation", null);
        await Office.Post(office.Admin, $"/api/v1/channels/{Guid.NewGuid()}/confirmation", null, HttpStatusCode.NotFound);
        var (_, seller) = await office.Hire("Zhang");
        Assert.Contains((await Office.Get(seller, "/api/v1/channels")).GetProperty("items").EnumerateArray(), c => Text(c, "path") == "展会/华东展");
        await Office.Post(seller, "/api/v1/channels", new { path = "x" }, HttpStatusCode.Forbidden);
    }

    [Theory, OnBothDatabases]
    public async Task A_form_and_a_hook_made_over_the_API_take_leads(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var channel = Id((await Office.Get(office.Admin, "/api/v1/channels")).GetProperty("items")[0]);
        var design = new { title = new Dictionary<string, string> { ["zh-CN"] = "试用" }, fields = new[] { new { path = "contact.phones", required = true, label = new { } } } };
        var form = await Office.Post(office.Admin, "/api/v1/forms", new { name = "Trial", slug = "trial", channelId = channel, design });
        var hook = await Office.Post(office.Admin, "/api/v1/hooks", new { name = "Ads", channelId = channel, mapping = new Dictionary<string, string> { ["contact.name"] = "$.n", ["contact.phones"] = "$.p" } });

        using var visitor = office.Granary.CreateClient();
        using var page = await visitor.GetAsync(new Uri("/f/trial", UriKind.Relative), Office.Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await Office.Post(visitor, $"/hooks/{Text(hook, "token")}", new { n = "张三", p = "13800138000" }, HttpStatusCode.OK);
        var closed = await Office.Send(office.Admin, HttpMethod.Patch, $"/api/v1/forms/{Id(form)}", new { open = false }, HttpStatusCode.OK);
        Assert.Equal(("trial", false), (Text(closed, "slug"), closed.GetProperty("open").GetBoolean()));
        var renewed = await Office.Post(office.Admin, $"/api/v1/hooks/{Id(hook)}/renewal", null);
        await Office.Post(visitor, $"/hooks/{Text(hook, "token")}", new { n = "a", p = "13900139000" }, HttpStatusCode.NotFound);
        await Office.Post(visitor, $"/hooks/{Text(renewed, "token")}", new { n = "a", p = "13900139000" }, HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, (await Office.Get(office.Admin, $"/api/v1/hooks/{Id(hook)}")).GetProperty("token").ValueKind);
        await Office.Post(office.Admin, "/api/v1/forms", new { name = "x" }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(office.Admin, "/api/v1/hooks", new { name = "x" }, HttpStatusCode.UnprocessableEntity);
        await Office.Send(office.Admin, HttpMethod.Patch, $"/api/v1/forms/{Id(form)}", new { colour = 1 }, HttpStatusCode.UnprocessableEntity);
    }

    [Theory, OnBothDatabases]
    public async Task A_listed_phone_or_word_holds_the_next_lead(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var entry = await Office.Post(office.Admin, "/api/v1/blacklist", new { kind = "phone", value = "13800138000", reason = "harasses us" });
        await Office.Post(office.Admin, "/api/v1/sensitive-words", new { words = new[] { "赌博" } });
        await Office.Post(office.Admin, "/api/v1/blacklist", new { kind = "phone", value = "1", reason = "x" }, HttpStatusCode.UnprocessableEntity);
        await Office.Post(office.Admin, "/api/v1/blacklist", new { value = "1" }, HttpStatusCode.UnprocessableEntity);
        var rude = office.Lead();
        rude["requirement"] = "网上赌博";

        Assert.Equal("blacklisted", (await office.Submit(office.Lead("138 0013 8000"))).GetProperty("findings")[0].GetString());
        Assert.Equal("sensitive", (await office.Submit(rude)).GetProperty("findings")[0].GetString());
        Assert.Equal("138****8000", Text((await Office.Get(office.Admin, "/api/v1/blacklist?kind=phone")).GetProperty("items")[0], "value"));
        Assert.Equal("赌博", Text((await Office.Get(office.Admin, "/api/v1/sensitive-words")).GetProperty("items")[0], "word"));
        await Office.Send(office.Admin, HttpMethod.Delete, $"/api/v1/blacklist/{Id(entry)}", null, HttpStatusCode.NoContent);
        await Office.Send(office.Admin, HttpMethod.Delete, "/api/v1/sensitive-words/赌博", null, HttpStatusCode.NoContent);
        await Office.Send(office.Admin, HttpMethod.Delete, "/api/v1/sensitive-words/赌博", null, HttpStatusCode.NotFound);
    }

    [Theory, OnBothDatabases]
    public async Task An_account_found_by_an_alias_gets_the_lead(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, _) = await office.Hire("Zhang");
        await Office.Post(office.Admin, "/api/v1/company-aliases", new { alias = "纷享销客", company = "北京纷扬科技有限公司" });
        var account = await Office.Post(office.Admin, "/api/v1/accounts", new { name = "北京纷扬科技有限公司", ownerId = zhang, contacts = new[] { new { name = "李四", phone = "13911112222" } } });

        var lead = await office.Submit(office.Lead(company: "纷享销客"));

        Assert.Equal(("convertedToExisting", Id(account)), (Text(lead, "outcome"), lead.GetProperty("accountId").GetGuid()));
        Assert.Equal("139****2222", Text((await Office.Get(office.Admin, $"/api/v1/accounts/{Id(account)}")).GetProperty("contacts")[0], "phone"));
        Assert.Single((await Office.Get(office.Admin, "/api/v1/accounts")).GetProperty("items").EnumerateArray());
        await Office.Post(office.Admin, "/api/v1/accounts", new { name = "北京纷扬科技有限公司" }, HttpStatusCode.UnprocessableEntity);
        Assert.Single((await Office.Get(office.Admin, "/api/v1/company-aliases")).GetProperty("items").EnumerateArray());
        await Office.Send(office.Admin, HttpMethod.Delete, "/api/v1/company-aliases/纷享销客", null, HttpStatusCode.NoContent);
    }

    [Theory, OnBothDatabases]
    public async Task A_policy_is_drafted_checked_and_published(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        const string path = "/api/v1/policies/capture";
        Assert.Equal(1, (await Office.Get(office.Admin, path)).GetProperty("inForce").GetInt32());

        await Office.Post(office.Admin, $"{path}/draft", new { @default = new { fields = new[] { "colour" } } }, HttpStatusCode.UnprocessableEntity);
        var draft = await Office.Post(office.Admin, $"{path}/draft", new { @default = new { fields = new[] { "channel", "contact.name", "anyContact", "company.name" } } });
        Assert.Equal((1, 2), (draft.GetProperty("inForce").GetInt32(), draft.GetProperty("draft").GetInt32()));
        await office.Submit(office.Lead());
        await Office.Post(office.Admin, $"{path}/publication", new { }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(2, (await Office.Post(office.Admin, $"{path}/publication", new { note = "companies only" })).GetProperty("inForce").GetInt32());

        await Office.Post(office.Admin, "/api/v1/leads", office.Lead(), HttpStatusCode.UnprocessableEntity);
        await Office.Send(office.Admin, HttpMethod.Delete, $"{path}/draft", null, HttpStatusCode.NotFound);
        await Office.Send(office.Admin, HttpMethod.Get, "/api/v1/policies/weather", null, HttpStatusCode.NotFound);
        var (_, seller) = await office.Hire("Zhang");
        await Office.Send(seller, HttpMethod.Get, path, null, HttpStatusCode.Forbidden);
        Assert.Contains((await Office.Get(seller, "/api/v1/pools")).GetProperty("items").EnumerateArray(), p => Text(p, "key") == "sdr");
    }

    private static Guid Id(JsonElement element) => element.GetProperty("id").GetGuid();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
