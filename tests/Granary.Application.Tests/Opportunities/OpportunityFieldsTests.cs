using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Opportunities;

public sealed class OpportunityFieldsTests
{
    private static readonly CustomField
        Level = Of(new() { Key = "level", Name = "意向等级", Kind = CustomFieldKind.Choice, Choices = [new("high", "高"), new("low", "低")] }),
        Uses = Of(new() { Key = "uses", Name = "用途", Kind = CustomFieldKind.MultiChoice, Choices = [new("sales", "销售"), new("service", "服务")] }),
        Seats = Of(new() { Key = "seats", Name = "席位", Kind = CustomFieldKind.Number, Min = 1, Max = 1000 });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_field_of_opportunities_is_checked_kept_found_and_told_of_as_soon_as_it_is_published(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal();
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [Level, Uses, Seats] });

        Assert.Equal("custom.seats", Deals.Field(await Edit(shop, zhang, deal.Id, ("seats", "0"))));
        Assert.Equal("custom.level", Deals.Field(await Edit(shop, zhang, deal.Id, ("level", "中"))));
        var done = Assert.IsType<OpportunityResult.Done>(await Edit(shop, zhang, deal.Id, ("level", "高"), ("uses", "服务、销售"), ("seats", "1,000")));
        Assert.Equal(done.Opportunity.Version, Assert.IsType<OpportunityResult.Done>(await Edit(shop, zhang, deal.Id, ("level", "high"), ("uses", "sales,service"), ("seats", "1000"))).Opportunity.Version);

        var kept = OpportunityEdit.CustomOf(await shop.Opportunity(deal.Id));
        Assert.Equal(("high", "sales,service", "1000"), (kept["level"], kept["uses"], kept["seats"]));
        Assert.Equal([deal.Id], await Found(shop, zhang, ("level", "high"), ("uses", "service")));
        Assert.Equal([deal.Id], await Found(shop, zhang, ("level", "low"), ("level", "high")));
        Assert.Empty(await Found(shop, zhang, ("level", "low")));
        Assert.Empty(await Found(shop, await shop.As(await shop.Hire("Li")), ("level", "high")));
        var (events, _) = await shop.Opportunities.Timeline(zhang, deal.Id, null, Ct);
        Assert.Contains("\"seats\":\"1000\"", events.First(e => e.Kind == OpportunityEvent.Edited).Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_choice_that_an_opportunity_holds_cannot_be_taken_off_and_a_field_taken_off_keeps_its_values(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal();
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [Level] });
        await Edit(shop, zhang, deal.Id, ("level", "high"));
        var save = new SavePolicy(shop.Store, shop.Settings, shop.Time);

        async Task<(string, string)[]> Errors(params CustomField[] fields) =>
            [.. (await save.Check(PolicyKind.Fields, Json.Write(new CustomFieldsPolicy { Fields = fields }), Ct)).Select(e => (e.Field, e.Code))];

        Assert.Equal([("fields[0].choices", "in_use")], await Errors(Level with { Choices = [Level.Choices[1]] }));
        Assert.Empty(await Errors(Level with { Choices = [Level.Choices[0]] }, Level with { Owner = CustomFieldOwner.Lead, Kind = CustomFieldKind.Text, Choices = [] }));
        await shop.Publish(PolicyKind.Fields, CustomFieldsPolicy.BuiltIn);
        Assert.IsType<OpportunityResult.Done>(await shop.Changing.Edit(zhang, deal.Id, o => o with { Amount = 7 }, ct: Ct));
        Assert.Equal("""{"level":"high"}""", (await shop.Opportunity(deal.Id)).Custom);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_hands_its_choice_over_by_the_name_where_the_lists_have_other_ids(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [Level, new() { Key = "level", Name = "意向", Kind = CustomFieldKind.MultiChoice, Choices = [new("a", "高"), new("b", "低")] }] });
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司") with { Custom = new Dictionary<string, string> { ["level"] = "高" } });
        if ((await shop.Stored(landing.LeadId)).OwnerId != zhang)
        {
            await shop.Assigning.Assign(await shop.As(await shop.Hire("Assigner", BuiltInRoles.LeadAdministrator)), landing.LeadId, zhang, ct: Ct);
        }

        var (_, conversion) = await shop.Converting.Convert(await shop.As(zhang), landing.LeadId, new ConversionInput(Deals.All), ct: Ct);

        Assert.Equal("""{"level":"high"}""", (await shop.Opportunity(conversion!.OpportunityId)).Custom);
    }

    [Theory, OnBothDatabases]
    public async Task The_search_finds_by_code_name_and_account_what_the_viewer_sees(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal();
        var (li, other) = await shop.Deal("Li");
        Assert.IsType<OpportunityResult.Done>(await shop.Changing.Edit(zhang, deal.Id, o => o with { Name = "100%_产线改造" }, ct: Ct));
        var list = new ListOpportunities(shop.Store, shop.Settings);

        async Task<Guid[]> Of(Viewer viewer, string text) => [.. (await list.Page(viewer, new OpportunityFilter { Text = text }, null, 10, Ct)).Select(o => o.Opportunity.Id)];

        Assert.Equal([deal.Id], await Of(zhang, deal.Code));
        Assert.Equal([deal.Id], await Of(zhang, deal.Code.ToLowerInvariant()));
        Assert.Equal([deal.Id], await Of(zhang, "%_产线"));
        Assert.Equal([deal.Id], await Of(zhang, "上海Zhang"));
        Assert.Empty(await Of(li, "Zhang"));
        Assert.Empty(await Of(zhang, "_线"));
        Assert.Equal(new[] { other.Id, deal.Id }.Order(), (await Of(await shop.As(await shop.Hire("Boss", BuiltInRoles.Administrator)), "机械")).Order());
    }

    private static CustomField Of(CustomField field) => field with { Owner = CustomFieldOwner.Opportunity };

    private static Task<OpportunityResult> Edit(Shop shop, Viewer viewer, Guid id, params (string Key, string Value)[] custom) =>
        shop.Changing.Edit(viewer, id, o => o with { Custom = custom.ToDictionary(c => c.Key, c => c.Value) }, ct: Ct);

    private static async Task<Guid[]> Found(Shop shop, Viewer viewer, params (string Key, string Value)[] custom) =>
        [.. (await new ListOpportunities(shop.Store, shop.Settings).Page(viewer, new OpportunityFilter { Custom = custom }, null, 10, Ct)).Select(o => o.Opportunity.Id)];
}
