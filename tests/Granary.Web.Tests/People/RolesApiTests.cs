using System.Net;
using Granary.Testing;

namespace Granary.Web.Tests.People;

/// <summary>Roles over HTTP and on their page: copies, names, what a change means, removal, history (§2).</summary>
public sealed class RolesApiTests
{
    private const string Roles = "/api/v1/roles";

    [Theory, OnBothDatabases]
    public async Task A_role_is_copied_named_in_both_languages_changed_and_its_history_told(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var copy = await office.Api.Post($"{Roles}/sdr/copies", new { key = "night_desk", title = "夜班", titleEn = "Night desk" });
        Assert.Equal(HttpStatusCode.Created, copy.Status);
        var original = await office.Api.Get($"{Roles}/sdr");
        Assert.Equal(original.Body["grants"]!.ToJsonString(), copy.Body["grants"]!.ToJsonString());
        Assert.Equal(("夜班", "Night desk", false), ((string?)copy.Body["title"], (string?)copy.Body["titleEn"], (bool)copy.Body["builtIn"]!));

        var tag = (await office.Api.Get($"{Roles}/night_desk")).Response.Headers.ETag!.Tag;
        var changed = await office.Api.Patch($"{Roles}/night_desk", new { grants = new { viewLeads = new[] { "own", "team" } } }, ("If-Match", tag));
        Assert.Equal((HttpStatusCode.OK, "夜班"), (changed.Status, (string?)changed.Body["title"]));
        Assert.Equal("stale", (await office.Api.Patch($"{Roles}/night_desk", new { title = "x" }, ("If-Match", tag))).Code);
        Assert.Equal("title", (await office.Api.Patch($"{Roles}/night_desk", new { title = new string('x', 61) })).Field);
        // A built-in role may be called otherwise and keeps its own words when that is taken back.
        Assert.Equal("前线", (string?)(await office.Api.Patch($"{Roles}/sdr", new { title = "前线" })).Body["name"]);
        Assert.NotEqual("前线", (string?)(await office.Api.Patch($"{Roles}/sdr", new { title = "" })).Body["name"]);

        var told = (await office.Api.Get($"{Roles}/night_desk/history")).Body["items"]!.AsArray();
        Assert.Equal(["role.changed", "role.created"], told.Select(e => (string?)e!["kind"]));
        Assert.Equal("王芳", (string?)told[0]!["by"]!["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Post($"{Roles}/nothing/copies", new { key = "other" })).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_preview_says_for_how_many_what_changes_and_writes_nothing(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("li@example.com", "operations");
        await office.Hire("zhou@example.com", "operations");
        var effect = await office.Api.Post($"{Roles}/operations/preview", new { grants = new { viewLeads = new[] { "own" }, viewReports = new[] { "all" }, exportLeads = new[] { "all" }, viewOpportunities = new[] { "all" }, viewCampaigns = new[] { "all" }, manageCosts = new[] { "all" }, claimLeads = new[] { "pools" } } });

        Assert.Equal((2, 2), ((int)effect.Body["holders"]!, (int)effect.Body["affected"]!));
        var lines = effect.Body["changes"]!.AsArray();
        Assert.Equal(["viewLeads", "claimLeads"], lines.Select(l => (string?)l!["permission"]));
        Assert.Equal(("all", "pools"), ((string?)lines[0]!["lost"]![0], (string?)lines[1]!["gained"]![0]));
        Assert.Null((await office.Api.Get($"{Roles}/operations")).Body["grants"]!["claimLeads"]);
    }

    [Theory, OnBothDatabases]
    public async Task A_role_goes_only_when_nobody_holds_it_and_a_built_in_one_never(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Api.Post(Roles, new { key = "night_desk", grants = new { viewLeads = new[] { "own" } } });
        var id = await office.Hire("li@example.com", "night_desk");

        async Task<ApiAnswer> Remove(string key) => await office.Api.Send(HttpMethod.Delete, $"{Roles}/{key}", null);
        Assert.Equal((HttpStatusCode.Conflict, "role_held"), ((await Remove("night_desk")) is var held ? held.Status : default, held.Code));
        await office.Api.Patch($"/api/v1/users/{id}", new { roles = new[] { "sdr" } });
        Assert.Equal(HttpStatusCode.NoContent, (await Remove("night_desk")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Remove("night_desk")).Status);
        Assert.Equal("role_built_in", (await Remove("legal")).Code);
    }

    [Theory, OnBothDatabases]
    public async Task The_page_tells_whom_a_change_affects_before_it_saves(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("li@example.com", "operations");
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        Assert.Contains("operations", (await browser.Open("/settings/roles")).Text, StringComparison.Ordinal);

        (string, string)[] wanted = [("Input.Grants", "viewLeads:own"), ("Input.Title", ""), ("Input.TitleEn", "")];
        var warned = await browser.Submit("/settings/roles/operations", "role", wanted);
        Assert.Equal(HttpStatusCode.OK, warned.Status);
        Assert.Contains("Input.Confirmed", warned.Text, StringComparison.Ordinal);
        var page = await browser.Open("/settings/roles/operations");
        var saved = await browser.Post("/settings/roles/operations", page.Token, [("_handler", "role"), ("Input.Confirmed", "viewLeads:own"), .. wanted]);
        Assert.Equal("/settings/roles", saved.To);
        Assert.Equal(["viewLeads"], (await office.Api.Get($"{Roles}/operations")).Body["grants"]!.AsObject().Select(g => g.Key));
    }

    [Theory, OnBothDatabases]
    public async Task A_department_has_a_head_and_is_merged_with_all_that_belongs_to_it(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        async Task<Guid> Add(string name, Guid? parentId) => (Guid)(await office.Api.Post("/api/v1/departments", new { name, parentId, headId = office.AdministratorId })).Body["id"]!;
        var (east, north) = (await Add("华东", null), await Add("华北", null));
        var below = await Add("苏州", east);
        await office.Api.Patch($"/api/v1/users/{office.AdministratorId}", new { departmentId = east });

        Assert.Equal("into", (await office.Api.Post($"/api/v1/departments/{east}/merger", new { into = below })).Field);
        Assert.Equal("into", (await office.Api.Post($"/api/v1/departments/{east}/merger", new { into = Guid.NewGuid() })).Field);
        var merged = await office.Api.Post($"/api/v1/departments/{east}/merger", new { into = north });

        Assert.Equal((HttpStatusCode.Created, "王芳"), (merged.Status, (string?)merged.Body["head"]!["name"]));
        Assert.Equal(north, (Guid)(await office.Api.Get($"/api/v1/departments/{below}")).Body["parentId"]!);
        Assert.Equal(north, (Guid)(await office.Api.Get($"/api/v1/users/{office.AdministratorId}")).Body["departmentId"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Get($"/api/v1/departments/{east}")).Status);
    }
}
