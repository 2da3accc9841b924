using Granary.Application.Intake;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Intake;

public sealed class DuplicateSearchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Companies_are_found_from_exact_to_weak_in_this_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("Zhang");
        var exact = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));
        var strong = await shop.Submit(shop.Lead(company: "纷扬科技"));
        await shop.Submit(shop.Lead(company: "上海启明医疗器械有限公司"));
        var group = await shop.Submit(shop.Lead(company: "华为技术有限公司"));
        var search = new DuplicateSearch(shop.Store, shop.Vault, shop.Settings);

        var found = await search.Search(await shop.As(zhang), new DuplicateQuery("北京纷扬科技有限公司"), Ct);
        var weak = await search.Search(await shop.As(zhang), new DuplicateQuery("华为终端有限公司"), Ct);

        Assert.Equal([(exact.LeadId, MatchLevel.Exact), (strong.LeadId, MatchLevel.Strong)], found.Select(m => (m.Id, m.Level)));
        Assert.Equal((group.LeadId, MatchLevel.Weak), Assert.Single(weak) is var m ? (m.Id, m.Level) : default);
        Assert.All(found, match => Assert.Equal(zhang, match.OwnerId));
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_found_by_its_phone_shows_masked_to_somebody_who_may_not_open_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Hire("Zhang");
        var lead = shop.Lead("13800138000", "北京纷扬科技有限公司");
        var landing = await shop.Submit(lead with { Contact = lead.Contact with { WeChat = "zhangsan_99", Emails = ["zhang@example.com"] } });
        var li = await shop.As(await shop.Hire("Li"));
        var search = new DuplicateSearch(shop.Store, shop.Vault, shop.Settings);

        foreach (var query in (DuplicateQuery[])[new(Phone: "+86 138 0013 8000"), new(WeChat: "ZhangSan_99"), new(Email: "Zhang@Example.com"), new("北京纷扬", "13800138000")])
        {
            var match = Assert.Single(await search.Search(li, query, Ct));
            Assert.Equal((landing.LeadId, MatchLevel.Exact, "138****8000", "张*", false), (match.Id, match.Level, match.Phone, match.Contact, match.Visible));
        }

        Assert.Empty(await search.Search(li, new DuplicateQuery("无", "1", "-", "@"), Ct));
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        Assert.True(Assert.Single(await search.Search(boss, new DuplicateQuery(Phone: "13800138000"), Ct)).Visible);
    }
}
