using Granary.Application.Desk;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Testing;

namespace Granary.Application.Tests.Ownership;

/// <summary>What a pool tells of a lead before it is claimed: in explanations, in the timeline and in the words of others (§9).</summary>
public sealed class LeadVeilTests
{
    private const string Words = "与张三 13900139000 通话，邮箱 zhang@example.com，预算 500000 元";

    [Theory, OnBothDatabases]
    public async Task Contact_data_in_words_stays_masked_for_members_where_the_pool_shows_every_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, people) = await Returned(shop);
        var read = new ReadFollowUps(shop.Store, shop.Settings);

        var seen = Assert.Single((await read.Of(people.Member, lead, null, 10, Shop.Ct))!);
        Assert.Equal(("与张三 *** 通话，邮箱 ***，预算 500000 元", "改约 ***", false), (seen.Record.Content, seen.Record.NextStep, seen.Hidden));
        Assert.Equal("客户说打 *** 找别人", Assert.Single(await Told(shop, people.Member, lead, LeadEvent.Returned)).Reason);
        foreach (var viewer in new[] { people.Author, people.Manager, people.Boss })
        {
            Assert.Equal(Words, Assert.Single((await read.Of(viewer, lead, null, 10, Shop.Ct))!).Record.Content);
        }

        Assert.Equal("客户说打 13900139000 找别人", Assert.Single(await Told(shop, people.Manager, lead, LeadEvent.Returned)).Reason);
        Assert.NotEmpty((await Find(shop, people.Member, lead)).Reasons("score"));

        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(people.Member, lead, ct: Shop.Ct));
        Assert.Equal(Words, Assert.Single((await read.Of(people.Member, lead, null, 10, Shop.Ct))!).Record.Content);
    }

    [Theory, OnBothDatabases]
    public async Task What_a_pool_does_not_show_is_not_told_by_explanations_the_timeline_or_follow_ups_either(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (lead, people) = await Returned(shop);
        await shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { VisibleFields = ["industry", "budget"], CoolDownDays = 0 } });

        var hidden = Assert.Single((await new ReadFollowUps(shop.Store, shop.Settings).Of(people.Member, lead, null, 10, Shop.Ct))!);
        Assert.Equal(("", null, null, true), (hidden.Record.Content, hidden.Record.NextStep, hidden.Record.Changes, hidden.Hidden));
        Assert.Null(Assert.Single(await Told(shop, people.Member, lead, LeadEvent.Returned)).Reason);
        var detail = await Find(shop, people.Member, lead);
        Assert.All(new[] { "score", "assign", "match", "cleanse" }, step => Assert.Empty(detail.Reasons(step)));
        Assert.Empty(detail.Ledger);
        Assert.Empty(detail.Relatives);
        Assert.Empty(detail.Touches);
        var captured = Assert.Single(await Events(shop, people.Member, lead), e => e.Kind == Capture);
        Assert.DoesNotContain("官网", captured.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("score", captured.Data, StringComparison.Ordinal);
        // Of the fields that the follow-up changed, the budget is shown and the requirement is not.
        var edited = Json.Read<EditedData>(Assert.Single(await Events(shop, people.Member, lead), e => e.Kind == LeadEvent.Edited).Data);
        Assert.Equal([new FieldChange("budget.max", "500000", "800000")], edited.Changes);

        var whole = await Find(shop, people.Manager, lead);
        Assert.All(new[] { "score", "assign" }, step => Assert.NotEmpty(whole.Reasons(step)));
        Assert.NotEmpty(whole.Ledger);
        Assert.Contains("官网", Assert.Single(await Events(shop, people.Manager, lead), e => e.Kind == Capture).Data, StringComparison.Ordinal);

        Assert.IsType<LeadResult.Done>(await shop.Claiming.Claim(people.Member, lead, ct: Shop.Ct));
        Assert.NotEmpty((await Find(shop, people.Member, lead)).Ledger);
        Assert.Equal(2, Json.Read<EditedData>(Assert.Single(await Events(shop, people.Member, lead), e => e.Kind == LeadEvent.Edited).Data).Changes.Count);
    }

    private const string Capture = LeadEvent.Captured;

    // Zhang owned it, wrote of it and gave it back to the pool of which Li is a member.
    private static async Task<(Guid Lead, (Viewer Author, Viewer Member, Viewer Manager, Viewer Boss) People)> Returned(Shop shop)
    {
        var zhang = await shop.Hire("Zhang");
        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));
        Assert.Equal(zhang, landing.OwnerId);
        var author = await shop.As(zhang);
        var input = new FollowUpInput
        {
            Method = FollowUpMethod.Call,
            Content = Words,
            NextStep = "改约 13900139000",
            NextAt = shop.Time.GetUtcNow().AddDays(1),
            Changes = new KeyFields { BudgetMax = 800_000, Requirement = "要二十个席位" },
        };
        Assert.NotNull((await new LogFollowUp(shop.Verb).Log(author, landing.LeadId, input, Shop.Ct)).Record);
        Assert.IsType<LeadResult.Done>(await shop.Returning.Return(author, landing.LeadId, "客户说打 13900139000 找别人", ct: Shop.Ct));
        var (li, manager) = (await shop.Hire("Li"), await shop.Hire("Wang", "lead_creator"));
        await shop.Staff("nurture", [zhang, li], manager);
        var boss = await shop.Hire("Boss", Granary.Domain.People.BuiltInRoles.LeadAdministrator);
        return (landing.LeadId, (await shop.As(zhang), await shop.As(li), await shop.As(manager), await shop.As(boss)));
    }

    private static async Task<LeadDetail> Find(Shop shop, Viewer viewer, Guid lead) =>
        (await new ReadLead(shop.Store, shop.Vault, shop.Settings).Find(viewer, lead, Shop.Ct))!;

    private static async Task<IReadOnlyList<EventRecord>> Events(Shop shop, Viewer viewer, Guid lead) =>
        (await new ReadLead(shop.Store, shop.Vault, shop.Settings).Timeline(viewer, lead, null, 50, Shop.Ct)).Events;

    private static async Task<IEnumerable<DroppedData>> Told(Shop shop, Viewer viewer, Guid lead, string kind) =>
        (await Events(shop, viewer, lead)).Where(e => e.Kind == kind).Select(e => Json.Read<DroppedData>(e.Data));
}
