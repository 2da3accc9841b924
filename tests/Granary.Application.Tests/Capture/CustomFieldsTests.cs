using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;
using Granary.Testing;

namespace Granary.Application.Tests.Capture;

public sealed class CustomFieldsTests
{
    private static readonly CustomField
        Level = new() { Key = "level", Name = "意向等级", EnglishName = "Level", Kind = CustomFieldKind.Choice, Choices = [new("high", "高"), new("low", "低")] },
        Uses = new() { Key = "uses", Name = "用途", Kind = CustomFieldKind.MultiChoice, Choices = [new("sales", "销售"), new("service", "服务"), new("after_service", "售后服务")] },
        Seats = new() { Key = "seats", Name = "席位", Kind = CustomFieldKind.Number, Min = 1, Max = 1000 },
        Keeper = new() { Key = "keeper", Name = "对接人", Kind = CustomFieldKind.User };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_published_field_is_checked_kept_found_and_edited_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [Level, Uses, Seats, Keeper] });

        var refused = Assert.IsType<IntakeResult.Refused>(await shop.Intake.Submit(new IntakeRequest { Submission = With(shop, ("level", "中"), ("seats", "0"), ("keeper", "Nobody")) }, Ct));
        Assert.Equal([("custom.level", "not_a_choice"), ("custom.seats", "out_of_range"), ("custom.keeper", "not_a_user")], refused.Errors.Select(e => (e.Field, e.Code)));
        var first = await shop.Submit(With(shop, ("level", "高"), ("uses", "售后服务、销售"), ("seats", "1,000"), ("keeper", "Zhang"), ("来源备注", "展会")));
        var second = await shop.Submit(With(shop, ("level", "low"), ("uses", "service")));

        var stored = Json.Read<Dictionary<string, string>>((await shop.Stored(first.LeadId)).Custom!);
        Assert.Equal(("high", "sales,after_service", "1000", $"{zhang.UserId}", "展会"), (stored["level"], stored["uses"], stored["seats"], stored["keeper"], stored["来源备注"]));
        Assert.Equal([first.LeadId], await Found(shop, zhang, "custom.level=high"));
        Assert.Equal([second.LeadId], await Found(shop, zhang, "custom.uses=service"));
        Assert.Equal([first.LeadId], await Found(shop, zhang, "custom.uses=after_service"));
        Assert.Equal(2, (await Found(shop, zhang, "custom.level=high&custom.level=low")).Length);
        Assert.Empty(await Found(shop, zhang, "custom.level=high&custom.uses=service"));
        Assert.Equal("custom.level=high", LeadFilter.Parse("?custom.level=high").ToString());

        var edit = new EditLead(shop.Verb, shop.Store, shop.Vault, shop.Settings, shop.Time);
        var (fields, version) = (await edit.Begin(zhang, first.LeadId, Ct))!.Value;
        var wrong = await edit.Save(zhang, first.LeadId, fields with { Custom = new Dictionary<string, string>(fields.Custom) { ["seats"] = "many" } }, version, Ct);
        Assert.Equal("custom.seats", Assert.Single(Assert.IsType<LeadResult.Invalid>(wrong).Errors).Field);
        Assert.IsType<LeadResult.Done>(await edit.Save(zhang, first.LeadId, fields with { Custom = new Dictionary<string, string>(fields.Custom) { ["level"] = "低" } }, version, Ct));
        Assert.Equal(2, (await Found(shop, zhang, "custom.level=low")).Length);
    }

    [Theory, OnBothDatabases]
    public async Task What_values_would_lose_their_meaning_by_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", BuiltInRoles.Administrator);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [Level, Uses, Seats] });
        await shop.Hire("Zhang");
        await shop.Submit(With(shop, ("level", "high")));
        var save = new SavePolicy(shop.Store, shop.Settings, shop.Time);

        async Task<(string, string)[]> Errors(params CustomField[] fields) =>
            [.. (await save.Check(PolicyKind.Fields, Json.Write(new CustomFieldsPolicy { Fields = fields }), Ct)).Select(e => (e.Field, e.Code))];

        Assert.Empty(await Errors(Level with { Choices = [Level.Choices[0]] }, Seats));
        Assert.Equal([("fields[0].choices", "in_use")], await Errors(Level with { Choices = [Level.Choices[1]] }));
        Assert.Equal([("fields[0].kind", "cannot_change")], await Errors(Level with { Kind = CustomFieldKind.Date, Choices = [] }));
        Assert.Empty(await Errors(Level with { Kind = CustomFieldKind.MultiChoice }));
        Assert.Equal([("fields[1].key", "duplicate")], await Errors(Level, Level with { Name = "再来一次" }));
        Assert.Empty(await Errors(Level, Level with { Owner = CustomFieldOwner.Account }));
        Assert.Equal([("fields[0].key", "malformed")], await Errors(Level with { Key = "Level 1" }));
        Assert.Equal([("fields[0].choices", "required")], await Errors(Level with { Key = "other", Choices = [] }));
        Assert.IsType<SettingResult.Refused>(await save.Draft(boss, PolicyKind.Fields, Json.Write(new CustomFieldsPolicy { Fields = [Level with { Kind = CustomFieldKind.Date, Choices = [] }] }), Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Rules_compare_by_what_a_field_is_and_cannot_be_saved_otherwise(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var save = new SavePolicy(shop.Store, shop.Settings, shop.Time);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [Level, Seats, Keeper] });

        async Task<(string, string)[]> Errors(params Condition[] when) => [.. (await save.Check(PolicyKind.Scoring, Json.Write(Model(when)), Ct)).Select(e => (e.Field, e.Code))];

        Assert.Equal([("attributeRules[0].when[0].values", "not_a_choice")], await Errors(new Condition("custom.level", Comparison.AnyOf, ["中"])));
        Assert.Equal([("attributeRules[0].when[1].comparison", "not_comparable")], await Errors(new("company.size", Comparison.Present), new("custom.level", Comparison.AtLeast, ["5"])));
        Assert.Equal([("attributeRules[0].when[0].values[0]", "not_a_number")], await Errors(new Condition("custom.seats", Comparison.Below, ["2026-11-02"])));
        Assert.Equal([("attributeRules[0].when[0].values[0]", "not_a_user")], await Errors(new Condition("custom.keeper", Comparison.AnyOf, [$"{Guid.NewGuid()}"])));
        Assert.Empty(await Errors(new Condition("custom.seats", Comparison.AtLeast, ["100"])));

        await shop.Publish(PolicyKind.Scoring, Model(new Condition("custom.seats", Comparison.AtLeast, ["100"])));
        Assert.Equal(30, (await shop.Stored((await shop.Submit(With(shop, ("seats", "1000")))).LeadId)).AttributeScore);
        Assert.Equal(0, (await shop.Stored((await shop.Submit(With(shop, ("seats", "90")))).LeadId)).AttributeScore);
        Assert.Equal(
            [("fields[0].kind", "used_by_rules")],
            (await save.Check(PolicyKind.Fields, Json.Write(new CustomFieldsPolicy { Fields = [Seats with { Kind = CustomFieldKind.Text, Min = null, Max = null }, Keeper] }), Ct)).Select(e => (e.Field, e.Code)));
    }

    private static ScoreModel Model(params Condition[] when) => ScoreModel.BuiltIn with { AttributeRules = [new AttributeRule("seats", when, 30)] };

    [Fact]
    public void A_heading_that_is_called_like_a_field_is_meant_for_it()
    {
        var guess = MappingGuess.Guess(["姓名", "意向等级", "SEATS"], [], [Level, Seats]);

        Assert.Equal(["contact.name", "custom.level", "custom.seats"], guess.Columns.Select(c => c.Target));
    }

    private static LeadSubmission With(Shop shop, params (string Key, string Value)[] custom) => shop.Lead() with { Custom = custom.ToDictionary(c => c.Key, c => c.Value) };

    private static async Task<Guid[]> Found(Shop shop, Application.People.Viewer viewer, string query) =>
        [.. (await new LeadList(shop.Store, shop.Vault, shop.Settings).Read(viewer, LeadFilter.Parse(query), ct: Ct)).Items.Select(l => l.Id)];
}
