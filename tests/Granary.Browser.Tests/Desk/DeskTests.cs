using Microsoft.Playwright;

namespace Granary.Browser.Tests.Desk;

/// <summary>The daily screens as people use them. Pictures go to the folder named in GRANARY_PICTURES, where that is set.</summary>
public sealed class DeskTests(Chromium chromium, DeskHost host)
{
    [Theory]
    [InlineData(1440, false, "zh-CN")]
    [InlineData(1440, true, "en")]
    [InlineData(360, false, "en")]
    [InlineData(360, true, "zh-CN")]
    public async Task Every_screen_fits_the_window_is_named_and_breaks_no_policy(int width, bool dark, string locale)
    {
        var id = await host.Submit("南京宏图海川智能装备股份有限公司");
        await host.Submit("南京宏图海川智能装备股份有限公司");
        await host.Submit("成都博远金石医疗器械有限公司", phone: "12345");
        await using var session = await chromium.NewSession(host.Address, width, dark, locale);
        var page = await DeskHost.SignIn(session);
        var complaints = Listen(page);
        string[] paths = ["/", "/leads", "/leads?q=nobody", $"/leads/{id}", $"/leads/{id}?do=edit", $"/leads/{id}?do=assign", "/leads/new", "/duplicates?company=南京宏图海川", "/search?q=张三", "/notices"];
        foreach (var path in paths)
        {
            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            Assert.True(width == await page.Width(), path);
            Assert.Empty(await page.Unnamed());
            Assert.Empty(await page.RepeatedIds());
            Assert.DoesNotContain("event.lead", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            await page.Picture($"desk-{Array.IndexOf(paths, path)}-{width}-{(dark ? "dark" : "light")}");
        }

        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData("zh-CN", "优先级", "高")]
    [InlineData("en", "Priority", "high")]
    public async Task A_filter_stands_in_the_address_as_a_chip_that_takes_it_away(string locale, string label, string value)
    {
        await host.Submit("北京远景星辰科技有限公司", role: Domain.Capture.BuyingRole.User);
        await using var session = await chromium.NewSession(host.Address, locale: locale);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync("/leads");
        await page.Locator(".filters summary").ClickAsync();
        await page.Locator("#filter-priority").SelectOptionAsync("high");
        await page.Locator(".filters button").ClickAsync();
        await Assertions.Expect(page.Locator(".chip")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($"{label}\\s*{value}"));
        Assert.Contains("priority=high", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("北京远景星辰科技有限公司")).ToHaveCountAsync(0);
        await page.Locator(".chip a").ClickAsync();
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("北京远景星辰科技有限公司").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("zh-CN", "已把 2 条线索分配给赵明轩")]
    [InlineData("en", "2 leads assigned to 赵明轩")]
    public async Task Selected_leads_are_assigned_to_a_colleague_at_once(string locale, string said)
    {
        var company = $"合肥智云{(locale == "en" ? "东方" : "西方")}电子商务有限公司";
        await host.Submit(company, role: Domain.Capture.BuyingRole.User);
        await host.Submit(company, role: Domain.Capture.BuyingRole.User);
        await using var session = await chromium.NewSession(host.Address, locale: locale);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync($"/leads?q={company}");
        await page.Locator(".pick").Nth(0).CheckAsync();
        await page.Locator(".pick").Nth(1).CheckAsync();
        await page.Locator("#bulk-to").FillAsync("赵");
        await page.Locator(".bulk [role=option]", new() { HasText = "赵明轩" }).First.ClickAsync();
        await page.Locator(".bulk .primary").ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToContainTextAsync("2");
        await page.Locator("dialog[open] .primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync(said);
        await Assertions.Expect(page.Locator("#lead-rows").GetByText("赵明轩")).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData("zh-CN", "为什么是这个评分", "联系人是决策者", "为什么分配到这里")]
    [InlineData("en", "Why this score", "Contact is the decision maker", "Why it went here")]
    public async Task A_lead_says_in_words_why_it_has_its_score_and_its_owner(string locale, string why, string line, string assignment)
    {
        var id = await host.Submit("厦门中科智云教育咨询有限公司");
        await using var session = await chromium.NewSession(host.Address, locale: locale);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync($"/leads/{id}");
        var card = page.Locator(".why", new() { HasText = why });
        await Assertions.Expect(card).ToContainTextAsync(line);
        var points = await card.Locator("tbody .figure").First.Locator("xpath=ancestor::table").Locator("tbody .figure").AllInnerTextsAsync();
        var total = await card.Locator("tfoot .figure").First.InnerTextAsync();
        Assert.Equal(int.Parse(total), points.Sum(p => int.Parse(p.Replace('−', '-'))));
        var went = page.Locator(".why", new() { HasText = assignment });
        await Assertions.Expect(went.Locator(".ledger .people .person")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".timeline .entry")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Contact_data_is_masked_until_it_is_revealed_and_the_look_is_in_the_timeline()
    {
        var id = await host.Submit("苏州鼎新天工医疗器械有限公司", phone: "13758263917");
        await using var session = await chromium.NewSession(host.Address);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync($"/leads/{id}");
        await Assertions.Expect(page.Locator("#lead-contacts")).ToContainTextAsync("137****3917");
        await page.Locator("#lead-contacts button").ClickAsync();
        await Assertions.Expect(page.Locator("#lead-contacts")).ToContainTextAsync("13758263917");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("查看联系方式明文");
    }

    [Fact]
    public async Task Two_who_edit_at_once_are_shown_both_versions_and_nothing_is_lost()
    {
        var id = await host.Submit("杭州泰和川智能装备股份有限公司");
        await using var session = await chromium.NewSession(host.Address);
        var page = await DeskHost.SignIn(session);
        var other = await session.NewPageAsync();
        await page.GotoAsync($"/leads/{id}?do=edit");
        await other.GotoAsync($"/leads/{id}?do=edit");
        await other.Locator("[name='Input.Industry']").FillAsync("医疗");
        await other.Locator("#lead-facts button.primary").ClickAsync();
        await Assertions.Expect(other.Locator(".toast")).ToContainTextAsync("已保存");
        await page.Locator("[name='Input.Industry']").FillAsync("教育");
        await page.Locator("#lead-facts button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#lead-facts .note")).ToContainTextAsync("医疗");
        await Assertions.Expect(page.Locator("[name='Input.Industry']")).ToHaveValueAsync("教育");
        await page.Locator("#lead-facts button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#lead-facts")).ToContainTextAsync("教育");
        await Assertions.Expect(page.Locator("#lead-facts form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Entry_by_hand_shows_who_is_known_while_typing_and_keeps_what_was_typed_when_something_is_wrong()
    {
        await host.Submit("长沙恒达华信物流集团有限公司");
        await using var session = await chromium.NewSession(host.Address);
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync("/leads/new");
        await page.Locator("[name='Input.Company']").FillAsync("长沙恒达华信物流集团有限公司");
        await Assertions.Expect(page.Locator("#duplicate-hint")).ToContainTextAsync("长沙恒达华信物流集团有限公司");
        await page.Locator("[name='Input.Channel']").SelectOptionAsync("自拓/销售自拓");
        await page.Locator("[name='Input.Industry']").FillAsync("物流");
        await page.Locator("[name='Input.Size']").SelectOptionAsync("medium");
        await page.Locator("[name='Input.Contact']").FillAsync("李四");
        await page.Locator("[name='Input.Requirement']").FillAsync("上线运输管理");
        await page.Locator("main form button.primary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".field.invalid")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[name='Input.Contact']")).ToHaveValueAsync("李四");
        await page.Locator("[name='Input.Phone']").FillAsync("13658263918");
        await page.Locator("main form button.primary").First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("长沙恒达华信物流集团有限公司");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("线索已录入");
    }

    [Fact]
    public async Task Ctrl_K_finds_leads_people_and_pages_and_Enter_opens_the_first()
    {
        var id = await host.Submit("宁波创中德领教育咨询有限公司");
        await using var session = await chromium.NewSession(host.Address);
        var page = await DeskHost.SignIn(session);
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette input").FillAsync("宁波创中德领");
        await Assertions.Expect(page.Locator("#palette-results a").First).ToContainTextAsync("宁波创中德领教育咨询有限公司");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/leads/{id}");
    }

    [Fact]
    public async Task A_representative_sees_what_came_in_and_marks_the_notices_seen_without_scripts()
    {
        await host.Submit("西安凯丰电子股份有限公司");
        await host.Submit("西安源科信息技术有限公司");
        await using var session = await Scriptless();
        var page = await DeskHost.SignIn(session, "wang@example.com");
        var arrived = page.Locator(".lines [data-task=new], .lines [data-task=dueSoon]");
        await Assertions.Expect(arrived.First).ToBeVisibleAsync();
        await Assertions.Expect(arrived.First.Locator("a[href*='/log']")).ToBeVisibleAsync();
        await page.Locator("a.bell").ClickAsync();
        await Assertions.Expect(page.Locator("#notice-lines .unseen").First).ToBeVisibleAsync();
        // Others of this host give her leads meanwhile, so what is asked for is what was there.
        var subjects = await page.Locator("#notice-lines .unseen [name=subject]").EvaluateAllAsync<string[]>("all => all.map(i => i.value)");
        ILocator Unseen(string subject) => page.Locator($"#notice-lines .unseen:has([value='{subject}'])");
        await Unseen(subjects[0]).First.Locator("form button").ClickAsync();
        await Assertions.Expect(Unseen(subjects[0])).ToHaveCountAsync(0);
        await page.Locator(".page-actions form button").ClickAsync();
        await Assertions.Expect(Unseen(subjects[^1])).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_lead_is_assigned_and_found_invalid_without_scripts()
    {
        var id = await host.Submit("佛山联远智能装备股份有限公司", role: Domain.Capture.BuyingRole.User);
        await using var session = await Scriptless();
        var page = await DeskHost.SignIn(session);
        await page.GotoAsync($"/leads/{id}");
        await page.Locator("a[href$='do=assign']").ClickAsync();
        await page.Locator("#lead-action [name=toText]").FillAsync("王梓涵");
        await page.Locator("#lead-action button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".lead-marks")).ToContainTextAsync("王梓涵");
        var another = await host.Submit("佛山联远智能装备股份有限公司", role: Domain.Capture.BuyingRole.User);
        await page.GotoAsync($"/leads/{another}?do=assign");
        await page.Locator("#lead-action [name=toText]").FillAsync("没有这个人");
        await page.Locator("#lead-action button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("请从列表里选择一位同事");
        await page.GotoAsync($"/leads/{id}?do=invalidate");
        await page.Locator("#lead-action [name=reason]").SelectOptionAsync("competitor");
        await page.Locator("#lead-action button.danger").ClickAsync();
        await Assertions.Expect(page.Locator(".lead-head")).ToContainTextAsync("竞争对手");
    }

    [Fact]
    public async Task A_lead_that_is_not_there_is_said_so_with_the_way_on()
    {
        await using var session = await chromium.NewSession(host.Address);
        var page = await DeskHost.SignIn(session);
        var response = await page.GotoAsync("/leads/00000000-0000-0000-0000-000000000001");
        Assert.Equal(404, response!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("没有找到");
    }

    [Fact]
    public async Task A_form_that_another_site_sends_is_refused()
    {
        var id = await host.Submit("济南世联医疗器械有限公司");
        await using var session = await chromium.NewSession(host.Address);
        await DeskHost.SignIn(session);
        foreach (var path in (string[])[$"/leads/{id}/invalidation", $"/leads/{id}/assignment", $"/leads/{id}/promotion", $"/leads/{id}/release", "/leads/assignment", "/leads/views", "/leads/columns", "/notices/seen"])
        {
            var form = session.APIRequest.CreateFormData();
            form.Set("reason", "other");
            var response = await session.APIRequest.PostAsync(path, new() { Form = form, MaxRedirects = 0 });
            Assert.True(response.Status == 400, $"{response.Status} {path}");
        }
    }

    private async Task<IBrowserContext> Scriptless()
    {
        await using var scripted = await chromium.NewSession(host.Address);
        return await scripted.Browser!.NewContextAsync(new() { BaseURL = host.Address.ToString(), JavaScriptEnabled = false, Locale = "zh-CN" });
    }

    private static List<string> Listen(IPage page)
    {
        List<string> complaints = [];
        page.Console += (_, message) => { if (message.Type is "error" or "warning") { complaints.Add($"{page.Url}: {message.Text}"); } };
        page.PageError += (_, error) => complaints.Add(error);
        return complaints;
    }
}
