using System.Text.Json.Nodes;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Granary.Browser.Tests.Settings;

/// <summary>The administrator's pages as people use them. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class SettingsTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "a long enough password";

    private static readonly string[] Pages =
    [
        "/settings", "/settings/organisation", "/settings/calendar?year=2026&day=2026-10-01", "/settings/calendar?year=2027", "/settings/channels", "/settings/pools", "/settings/lists/blacklist", "/settings/lists/words", "/settings/lists/aliases",
        "/forms", "/forms/new", "/hooks", "/hooks/new", .. PolicyKind.All.Select(kind => $"/settings/policies/{kind.Name}"),
    ];

    private GranaryFactory? _granary;
    private Uri? _address;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        _address = _granary.Listen();
        await Service<CreateFirstAdministrator>().Create("归仓", "何静", "admin@example.com", Password, Ct);
    }

    [Theory]
    [InlineData(1440, false, "zh-CN")]
    [InlineData(1440, true, "en")]
    [InlineData(360, false, "en")]
    [InlineData(360, true, "zh-CN")]
    public async Task Every_page_fits_the_window_is_named_and_breaks_no_policy(int width, bool dark, string locale)
    {
        await using var session = await chromium.NewSession(_address, width, dark, locale);
        var page = await SignIn(session);
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);
        foreach (var path in Pages)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await page.EvaluateAsync("document.querySelectorAll('main details:not([data-menu])').forEach(d => d.open = true)");
            Assert.True(width == await page.Width(), path);
            Assert.Empty(await page.Unnamed());
            Assert.Empty(await page.RepeatedIds());
            await page.Picture($"settings-{Array.IndexOf(Pages, path)}-{width}-{(dark ? "dark" : "light")}");
        }

        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rule_is_added_corrected_moved_and_published_with_a_note(bool scripts)
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session, scripts);
        await page.GotoAsync("/settings/policies/assignment");
        await page.Locator("button[value='rules add 0']").ClickAsync();
        await page.Locator("button[value='when-5 add 0']").ClickAsync();
        await page.Locator("[name='Input.Rules[5].When[0].Field']").SelectOptionAsync("company.size");
        await page.Locator("[name='Input.Rules[5].When[0].Values']").FillAsync("巨型");
        await page.Locator("[name='Input.Rules[5].Name']").FillAsync("大客户");
        await page.Locator("[name='Input.Rules[5].Role']").SelectOptionAsync("sdr");
        await Save(page);
        await Assertions.Expect(page.Locator(".condition .field-error")).ToBeVisibleAsync();
        Assert.Null((await History(PolicyKind.Assignment)).Draft);

        await page.Locator("[name='Input.Rules[5].When[0].Values']").FillAsync("大型、中型");
        await page.Locator("button[value='rules up 5']").ClickAsync();
        await Assertions.Expect(page.Locator(".rule").Nth(4)).ToContainTextAsync("企业规模 是 大型、中型 → 分给 SDR");
        await Save(page);
        await page.Locator("[name=Note]").FillAsync("大客户由 SDR 先跟进");
        await page.Locator("form:has([name=Note]) button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".versions")).ToContainTextAsync("大客户由 SDR 先跟进");

        var rule = (await Service<SettingCache>().Latest(Ct)).Assignment.Rules[4];
        Assert.Equal(("大客户", "sdr"), (rule.Name, rule.Target.Role));
        Assert.Equal(["large", "medium"], Assert.Single(rule.When).Values);
    }

    [Fact]
    public async Task Saving_every_editor_as_it_stands_changes_nothing()
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session);
        foreach (var kind in PolicyKind.All)
        {
            await page.GotoAsync($"/settings/policies/{kind.Name}");
            await Save(page);
            await Assertions.Expect(page.Locator("[name=Note]")).ToBeVisibleAsync();
            Assert.Equal(Sorted(kind.BuiltIn), Sorted((await History(kind)).Draft!.Body));
        }
    }

    [Fact]
    public async Task A_draft_of_the_score_model_is_compared_on_a_real_lead()
    {
        var landed = Assert.IsType<IntakeResult.Landed>(await Service<LeadIntake>().Submit(
            new IntakeRequest
            {
                Submission = new LeadSubmission
                {
                    Channel = "官网/百度搜索",
                    Company = new CompanyDetails { Name = "北京纷扬科技有限公司", Size = CompanySize.Large },
                    Contact = new ContactDetails { Name = "张三", Role = BuyingRole.DecisionMaker, Phones = ["13800138000"] },
                    Budget = new Budget(null, null, BudgetMatch.Full),
                },
            },
            Ct));
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session);
        await page.GotoAsync("/settings/policies/scoring");
        await page.Locator("[name='Input.PassScore']").FillAsync("61");
        await page.Locator("[name='Input.Lead']").FillAsync($"{_address}leads/{landed.Landing.LeadId}");
        await page.Locator("button[value=try]").ClickAsync();
        await Assertions.Expect(page.Locator(".compare .differs")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".compare .differs")).ToContainTextAsync("成熟");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hook_shows_what_a_sample_becomes_and_its_address_once(bool scripts)
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session, scripts);
        await page.GotoAsync("/hooks/new");
        await page.Locator("[name='Input.Name']").FillAsync("抖音");
        await page.Locator("[name='Input.ChannelId']").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("[name='Input.Fields[0].Path']").FillAsync("data.user.name");
        await page.Locator("[name='Input.Fields[1].Path']").FillAsync("data.phones[0]");
        await page.Locator("button[value='fields remove 2']").ClickAsync();
        await Assertions.Expect(page.Locator("[name='Input.Fields[2].Path']")).ToHaveCountAsync(0);
        await page.Locator("[name='Input.Sample']").FillAsync("""{"data":{"user":{"name":"王敏"},"phones":["13800138000"]}}""");
        await page.Locator("button[value=try]").ClickAsync();
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("13800138000");
        await Save(page);
        await Assertions.Expect(page.Locator(".address input")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/hooks/[A-Za-z0-9_-]{43}$"));
        await page.GotoAsync("/hooks");
        await page.GetByText("抖音").ClickAsync();
        await Assertions.Expect(page.Locator(".address")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_day_is_chosen_in_the_calendar_set_and_reset(bool scripts)
    {
        await using var session = await chromium.NewSession(_address, 360);
        var page = await SignIn(session, scripts);
        await page.GotoAsync("/settings/calendar?year=2026");
        await page.Locator(".month a[href*='2026-10-07']").ClickAsync();
        await Assertions.Expect(page.Locator("[name='Day.Name']")).ToHaveValueAsync("国庆节");
        await page.Locator("[name='Day.Kind'][value=workday]").CheckAsync(new() { Force = true });
        await page.Locator("[name='Day.Name']").FillAsync("盘点");
        await page.Locator("form:has([name='Day.Date']) button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".month a.workday.own")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("盘点.*调休上班日"));
        await page.Locator("button[name='Day.Clear']").ClickAsync();
        await Assertions.Expect(page.Locator(".month a.holiday.chosen")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("国庆节"));
        await Assertions.Expect(page.Locator(".month a.own")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_calendar_file_is_previewed_before_it_counts(bool scripts)
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session, scripts);
        await page.GotoAsync("/settings/calendar?year=2027");
        await Assertions.Expect(page.Locator(".note.warning")).ToContainTextAsync("尚未公布");
        await Choose("{\"days\": [{\"date\": \"2027-02-30\", \"isOffDay\": true}]}");
        await Assertions.Expect(page.Locator("#f-File-error")).ToContainTextAsync("2027-02-30");
        await Choose("{\"days\": [{\"date\": \"2027-10-01\", \"name\": \"国庆节\", \"isOffDay\": true}, {\"date\": \"2027-10-09\", \"name\": \"国庆节\", \"isOffDay\": false}]}");
        await Assertions.Expect(page.Locator("#preview")).ToContainTextAsync("新增 2 天");
        await page.Picture("settings-calendar-preview");
        Assert.False((await Service<SettingCache>().Latest(Ct)).Calendar.IsAnnounced(2027));
        await page.Locator("#preview button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".month a.workday.own")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".note.warning")).ToHaveCountAsync(0);
        Assert.True((await Service<SettingCache>().Latest(Ct)).Calendar.IsWorkingDay(new DateOnly(2027, 10, 9)));

        async Task Choose(string json)
        {
            await page.Locator("[name=File]").SetInputFilesAsync(new FilePayload { Name = "2027.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(json) });
            await page.Locator("form:has([name=File]) .form-actions button").ClickAsync();
        }
    }

    [Fact]
    public async Task Hours_that_cannot_be_are_said_at_their_day()
    {
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session);
        await page.GotoAsync("/settings/calendar");
        await page.Locator("[name='Week.Hours[1]']").FillAsync("18:00-09:00");
        await page.Locator("form:has([name='Week.Worked']) button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#f-Week-Hours-1-error")).ToBeVisibleAsync();
        await page.Locator("[name='Week.Hours[1]']").FillAsync("");
        await page.Locator("form:has([name='Week.Worked']) button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#f-Week-Hours-1-error")).ToContainTextAsync("请填写工作时间");
        await page.Locator("[name='Week.Hours[1]']").FillAsync("09:00-12:00，13:30-24:00");
        await page.Locator("#worked-0").UncheckAsync();
        await page.Locator("form:has([name='Week.Worked']) button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("[name='Week.Hours[1]']")).ToHaveValueAsync("09:00-12:00, 13:30-24:00");
        await Assertions.Expect(page.Locator("#worked-0")).Not.ToBeCheckedAsync();
        Assert.Equal(4, (await Service<SettingCache>().Latest(Ct)).Calendar.Weekdays.Count);
    }

    [Fact]
    public async Task A_form_says_at_the_field_what_is_wrong()
    {
        await using var session = await chromium.NewSession(_address, 360);
        var page = await SignIn(session);
        await page.GotoAsync("/forms/new");
        await page.Locator("[name='Input.Name']").FillAsync("官网试用");
        await page.Locator("[name='Input.Slug']").FillAsync("Trial!");
        await page.Locator("[name='Input.ChannelId']").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Save(page);
        await Assertions.Expect(page.Locator("#f-Input-Slug-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#f-Input-Title-Chinese-error")).ToBeVisibleAsync();
        await page.Locator("[name='Input.Slug']").FillAsync("trial");
        await page.Locator("[name='Input.Title.Chinese']").FillAsync("申请试用");
        await Save(page);
        await Assertions.Expect(page.Locator("#share-link")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/f/trial$"));
    }

    [Fact]
    public async Task Only_those_who_may_set_rules_reach_them()
    {
        await Service<SaveUser>().Create(Guid.Empty, new UserInput { Name = "王梓涵", Email = "wang@example.com", Roles = ["sales_representative"] }, Password, Ct);
        await using var session = await chromium.NewSession(_address);
        var page = await SignIn(session, mail: "wang@example.com");
        // The lists are maintained by all who sell.
        foreach (var path in Pages.Where(p => p != "/settings" && !p.StartsWith("/settings/lists", StringComparison.Ordinal)))
        {
            var answer = await page.APIRequest.GetAsync(new Uri(_address!, path).ToString());
            Assert.True(answer.Status is 403 or 404, $"{path}: {answer.Status}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await (_granary?.DisposeAsync() ?? default);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private T Service<T>()
        where T : notnull => _granary!.Services.GetRequiredService<T>();

    private Task<PolicyHistory> History(PolicyKind kind) => Service<ReadPolicy>().Of(kind, Ct);

    private static Task Save(IPage page) => page.Locator("main form:has(> .form-actions) .form-actions button.primary").First.ClickAsync();

    private static async Task<IPage> SignIn(IBrowserContext session, bool scripts = true, string mail = "admin@example.com")
    {
        var page = await session.NewPageAsync();
        if (!scripts)
        {
            await page.RouteAsync("**/*.js", route => route.AbortAsync());
        }

        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync(mail);
        await page.Locator("input[type=password]").FillAsync(Password);
        await page.Locator("main button[type=submit]").First.ClickAsync();
        await page.WaitForURLAsync("**/");
        return page;
    }

    // The order of members, words and touch kinds does not matter, that of rules does.
    private static string Sorted(string json) => Sorted(JsonNode.Parse(json)!).ToJsonString();

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(
            members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Sorted(m.Value.DeepClone())))),
        JsonArray { Count: > 0 } list when list.All(item => item is JsonValue || item!["kind"] is not null) =>
            new JsonArray([.. list.Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal).Select(item => JsonNode.Parse(item))]),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Sorted(item.DeepClone()))]),
        _ => node.DeepClone(),
    };
}
