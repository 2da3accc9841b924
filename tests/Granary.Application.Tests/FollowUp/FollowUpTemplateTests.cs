using Granary.Application.FollowUp;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.FollowUp;

public sealed class FollowUpTemplateTests
{
    private static readonly TemplateInput Own = new("首次电话", FollowUpMethod.Call, "已致电{contact}（{title}），我是{me}", 3, false);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Everybody_has_their_own_and_those_of_all_and_changes_only_what_is_theirs(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var li = await shop.As(await shop.Hire("Li"));
        var chief = await shop.As(await shop.Hire("Chief", BuiltInRoles.Administrator));
        var templates = new FollowUpTemplates(shop.Store, shop.Time);
        var own = Guid.Parse(Assert.IsType<SettingResult.Done>(await templates.Create(zhang, Own, Ct)).Key);
        var shared = Guid.Parse(Assert.IsType<SettingResult.Done>(await templates.Create(chief, Own with { Name = "拜访", Shared = true }, Ct)).Key);

        Assert.Equal([own, shared], (await templates.Of(zhang, Ct)).Select(t => t.Id));
        Assert.Equal([shared], (await templates.Of(li, Ct)).Select(t => t.Id));
        Assert.IsType<SettingResult.Missing>(await templates.Change(li, own, Own, Ct));
        Assert.IsType<SettingResult.Missing>(await templates.Delete(zhang, shared, Ct));
        Assert.Equal("not_allowed", await Code(templates.Create(zhang, Own with { Name = "大家的", Shared = true }, Ct)));
        Assert.Equal("taken", await Code(templates.Create(zhang, Own, Ct)));
        Assert.Equal("unknown_place", await Code(templates.Create(zhang, Own with { Name = "b", Content = "你好{contakt}" }, Ct)));
        Assert.Equal("out_of_range", await Code(templates.Change(zhang, own, Own with { NextInDays = 0 }, Ct)));
        Assert.IsType<SettingResult.Done>(await templates.Delete(zhang, own, Ct));
        Assert.Equal([shared], (await templates.Of(zhang, Ct)).Select(t => t.Id));
    }

    [Theory, OnBothDatabases]
    public async Task A_template_is_filled_from_the_lead_and_its_next_step_falls_on_a_working_day(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var templates = new FollowUpTemplates(shop.Store, shop.Time);
        await templates.Create(zhang, Own, Ct);
        var prepare = new PrepareFollowUp(shop.Store, shop.Settings, templates, shop.Time);

        var sheet = (await prepare.For(zhang, lead, Ct))!;
        var filled = (await prepare.Fill(zhang, sheet, sheet.Templates[0].Id, Ct))!;

        Assert.True(sheet is { May: true, Counts: true, Shortest: 10 });
        Assert.Equal("已致电张三（…），我是Zhang", filled.Content);
        Assert.Equal(sheet.Times.Single(t => t.Usual == Domain.FollowUp.UsualTime.InThreeDays).At, filled.NextAt);
        Assert.Null(await prepare.For(await shop.As(await shop.Hire("Li")), lead, Ct));
    }

    private static async Task<string> Code(Task<SettingResult> result) => Assert.Single(Assert.IsType<SettingResult.Refused>(await result).Errors).Code;
}
