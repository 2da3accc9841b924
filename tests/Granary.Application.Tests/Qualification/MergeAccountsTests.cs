using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Domain.Matching;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class MergeAccountsTests
{
    private const string Fenyang = "北京纷扬科技有限公司", Yunshan = "上海云杉软件有限公司";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Contacts_leads_and_parts_go_over_and_come_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.As(await shop.Hire("Wang"));
        var survivor = await Add(shop, wang, new AccountInput(Fenyang, null, wang.UserId, [new("张三", null, "13911113333", null)]) { Sites = ["北京"], Note = "旧" });
        var merged = await Add(shop, wang, new AccountInput(Yunshan, null, wang.UserId, [new("李四", null, "13911112222", null)]) { Sites = ["上海"], Note = "新", Tier = "m" });
        var part = await Add(shop, wang, new AccountInput("苏州云杉制造有限公司", null, wang.UserId, []) { ParentId = merged });
        var lead = await shop.Submit(shop.Lead(company: Yunshan));
        Assert.Equal(merged, lead.AccountId);

        var merge = Done(await Merging(shop).Merge(wang, survivor, new(merged, new Dictionary<string, MergeSide> { ["note"] = MergeSide.Merged }), ct: Ct));

        var stays = await Stored(shop, survivor);
        Assert.Equal(("新", "m", Fenyang), (stays.Note, stays.Tier, stays.Name));
        Assert.Equal(["北京", "上海"], stays.Sites);
        Assert.Equal((Guid?)survivor, (await shop.Stored(lead.LeadId)).AccountId);
        Assert.Equal((Guid?)survivor, (await Stored(shop, part)).ParentId);
        Assert.Equal(2, await shop.Read(db => db.Set<AccountContact>().CountAsync(c => c.AccountId == survivor, Ct)));
        Assert.Empty(await shop.Read(db => db.Set<AccountKey>().Where(k => k.AccountId == merged).ToListAsync(Ct)));
        Assert.Equal((Guid?)survivor, (await shop.Submit(shop.Lead("13911112222", "第三家有限公司"))).AccountId);
        Assert.Equal((Guid?)survivor, await new ReadMerges(shop.Store).AccountOf(wang, merged, Ct));
        Assert.Null(await new ReadAccount(shop.Store, shop.Vault, shop.Settings).Find(wang, merged, Ct));
        await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Change(wang, survivor, a => a with { Note = "改过" }, null, Ct);

        Done(await Merging(shop).Undo(wang, survivor, merge.Id, Ct));

        stays = await Stored(shop, survivor);
        Assert.Equal(("改过", null), (stays.Note, stays.Tier));
        Assert.Equal(["北京"], stays.Sites);
        Assert.Equal((Guid?)merged, (await shop.Stored(lead.LeadId)).AccountId);
        Assert.Equal((Guid?)merged, (await Stored(shop, part)).ParentId);
        Assert.Equal(merged, (await shop.Submit(shop.Lead("13911112222", "第四家有限公司"))).AccountId);
        Assert.Equal("merge_undone", Assert.IsType<AccountResult<RecordMerge>.Refused>(await Merging(shop).Undo(wang, survivor, merge.Id, Ct)).Code);
    }

    [Theory, OnBothDatabases]
    public async Task What_may_not_be_merged_is_refused_and_the_loser_is_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (wang, li) = (await shop.As(await shop.Hire("Wang")), await shop.As(await shop.Hire("Li")));
        var (mine, other, theirs) = (
            await Add(shop, wang, new AccountInput(Fenyang, null, wang.UserId, [])), await Add(shop, wang, new AccountInput(Yunshan, null, wang.UserId, [])),
            await Add(shop, li, new AccountInput("广州白云机械有限公司", null, li.UserId, [])));
        await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Change(wang, other, a => a with { Note = "改过" }, null, Ct);

        Assert.Equal(2, Assert.IsType<AccountResult<RecordMerge>.Stale>(await Merging(shop).Merge(wang, mine, new(other, new Dictionary<string, MergeSide>(), 1), ct: Ct)).Current);
        Assert.Equal("with", Assert.Single(Assert.IsType<AccountResult<RecordMerge>.Invalid>(await Merging(shop).Merge(wang, mine, new(theirs, new Dictionary<string, MergeSide>()), ct: Ct)).Errors).Field);
        Assert.IsType<AccountResult<RecordMerge>.NotFound>(await Merging(shop).Merge(wang, theirs, new(mine, new Dictionary<string, MergeSide>()), ct: Ct));
        Assert.IsType<AccountResult<RecordMerge>.Invalid>(await Merging(shop).Merge(wang, mine, new(mine, new Dictionary<string, MergeSide>()), ct: Ct));
        Assert.Equal("choose.name", Assert.Single(Assert.IsType<AccountResult<RecordMerge>.Invalid>(await Merging(shop).Merge(wang, mine, new(other, new Dictionary<string, MergeSide> { ["name"] = MergeSide.Both }), ct: Ct)).Errors).Field);
    }

    private static RecordMerge Done(AccountResult<RecordMerge> result) => Assert.IsType<AccountResult<RecordMerge>.Done>(result).Record;

    private static MergeAccounts Merging(Shop shop) =>
        new(shop.Store, shop.Vault, shop.Settings, shop.Time, [new LeadsOfAccount(), new ContactsOfAccount(), new PartsOfAccount(), new RedirectsToAccount()]);

    private static Task<Account> Stored(Shop shop, Guid id) => shop.Read(db => db.Set<Account>().SingleAsync(a => a.Id == id, Ct));

    private static async Task<Guid> Add(Shop shop, Viewer viewer, AccountInput input)
    {
        var (id, errors) = await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(viewer, input, Ct);
        Assert.Empty(errors);
        return id!.Value;
    }
}
