using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Desk;

public sealed class ReadLeadTests
{
    [Theory, OnBothDatabases]
    public async Task A_lead_comes_with_what_explains_its_score_and_its_owner(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.Hire("张伟");
        var li = await shop.Hire("李娜");
        var admin = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));

        var detail = await Read(shop).Find(admin, landing.LeadId, Shop.Ct);
        Assert.NotNull(detail);
        var score = detail.Reasons("score");
        var lines = score.Where(r => r.Facts.GetValueOrDefault("dimension") == "attributes").Sum(r => decimal.Parse(r.Facts["points"]));
        Assert.Equal(detail.Lead.AttributeScore, lines);
        Assert.Contains(detail.Reasons("assign"), r => r.Facts.Values.Contains(landing.OwnerId == zhang ? "张伟" : "李娜"));
        var entry = Assert.Single(detail.Ledger);
        Assert.Equal(landing.OwnerId, entry.OwnerId);
        Assert.Superset(new HashSet<Guid> { zhang, li }, entry.Candidates.Select(c => c.UserId).ToHashSet());
        Assert.Equal(landing.OwnerId, Assert.Single(detail.Ownerships).OwnerId);
        Assert.DoesNotContain(detail.Contacts, c => c.Text.Length >= 11 && c.Text.All(char.IsDigit));
        Assert.True(detail.Rights is { Edit: true, Assign: true, Reveal: true, CheckHeld: true });
    }

    [Theory, OnBothDatabases]
    public async Task The_source_the_linked_and_the_namesakes_stand_beside_each_other(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var phone = shop.NewPhone();
        var source = (await shop.Submit(shop.Lead(phone, "北京纷扬科技有限公司"))).LeadId;
        var linked = (await shop.Submit(shop.Lead(phone, "上海远景能源有限公司"))).LeadId;
        var namesake = (await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"))).LeadId;

        var ofSource = (await Read(shop).Find(admin, source, Shop.Ct))!.Relatives;
        Assert.Equal([(Kinship.Linked, linked), (Kinship.SameCompany, namesake)], ofSource.Select(r => (r.Kinship, r.Lead.Id)));
        Assert.Equal(MatchLevel.Exact, ofSource[1].Level);
        var ofLinked = (await Read(shop).Find(admin, linked, Shop.Ct))!.Relatives;
        Assert.Equal([(Kinship.Source, source)], ofLinked.Select(r => (r.Kinship, r.Lead.Id)));
    }

    [Theory, OnBothDatabases]
    public async Task The_timeline_is_read_page_by_page_from_the_latest(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await shop.Viewer(BuiltInRoles.LeadAdministrator);
        var id = (await shop.Submit(shop.Lead())).LeadId;
        var touch = new TouchLead(new LeadVerb(shop.Store, shop.Settings, shop.Time));
        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<LeadResult.Done>(await touch.Touch(admin, id, TouchKind.PageVisited, null, null, ct: Shop.Ct));
        }

        List<long> positions = [];
        long? before = null;
        do
        {
            var (events, next) = await Read(shop).Timeline(admin, id, before, 3, Shop.Ct);
            positions.AddRange(events.Select(e => e.Position));
            before = next;
        }
        while (before is not null);
        Assert.True(positions.Count >= 6);
        Assert.Equal(positions.Distinct().OrderDescending(), positions);
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_outside_the_viewers_reach_is_as_if_it_were_not_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var id = (await shop.Submit(shop.Lead())).LeadId;
        var stranger = await shop.Viewer(BuiltInRoles.SalesRepresentative);
        Assert.Null(await Read(shop).Find(stranger, id, Shop.Ct));
        Assert.Empty((await Read(shop).Timeline(stranger, id, null, ct: Shop.Ct)).Events);
    }

    private static ReadLead Read(Shop shop) => new(shop.Store, shop.Vault, shop.Settings);
}
