using Granary.Application.Matching;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class AccountChangeTests
{
    private const string Fenyang = "北京纷扬科技有限公司", Other = "上海云杉软件有限公司";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_is_changed_is_kept_told_and_found(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.Hire("Wang");
        var viewer = await shop.As(wang);
        var id = await Add(shop, wang, new AccountInput(Fenyang, null, wang, [new("李四", "经理", "13911112222", null)]));

        var result = await Saving(shop).Change(viewer, id, a => a with { Name = Other, Industry = "制造业 / 汽车/零部件/", Tier = "pstv", Website = "yunshan.example.com", Sites = [" 上海 ", "上海", "苏州"] }, 1, Ct);

        var account = Assert.IsType<AccountResult<Account>.Done>(result).Record;
        Assert.Equal((2, "制造业/汽车/零部件", "https://yunshan.example.com"), (account.Version, account.Industry, account.Website));
        Assert.Equal(["上海", "苏州"], account.Sites);
        var keys = await shop.Read(db => db.Set<AccountKey>().ToListAsync(Ct));
        Assert.All(keys, k => Assert.Equal((id, Other), (k.AccountId, k.AccountName)));
        Assert.Equal(id, await Landing(shop, shop.Lead(company: Other)));
        Assert.Null(await Landing(shop, shop.Lead(company: Fenyang)));
        Assert.Equal(id, await Landing(shop, shop.Lead("13911112222", "第三家有限公司")));
        Assert.Contains("account.tier", (await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == AccountEvent.Edited, Ct))).Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Who_writes_on_what_he_has_not_seen_is_told_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.Hire("Wang");
        var viewer = await shop.As(wang);
        var id = await Add(shop, wang, new AccountInput(Fenyang, null, wang, []));
        await Saving(shop).Change(viewer, id, a => a with { Note = "一" }, 1, Ct);

        Assert.Equal(2, Assert.IsType<AccountResult<Account>.Stale>(await Saving(shop).Change(viewer, id, a => a with { Note = "二" }, 1, Ct)).Current);
        Assert.Equal("一", (await shop.Read(db => db.Set<Account>().SingleAsync(Ct))).Note);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_with_a_change_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (wang, li) = (await shop.Hire("Wang"), await shop.Hire("Li"));
        var viewer = await shop.As(wang);
        var (group, part) = (await Add(shop, wang, new AccountInput(Fenyang, null, wang, [])), await Add(shop, wang, new AccountInput(Other, null, wang, [])));
        var foreign = await Add(shop, li, new AccountInput("广州白云机械有限公司", null, li, []));
        await Saving(shop).Change(viewer, part, a => a with { ParentId = group }, null, Ct);
        var events = await shop.Read(db => db.Set<EventRecord>().CountAsync(Ct));

        foreach (var (edit, field, code) in new (Func<AccountInput, AccountInput> Edit, string Field, string Code)[]
        {
            (a => a with { ParentId = part }, "parentId", "below_itself"),
            (a => a with { ParentId = group }, "parentId", "below_itself"),
            (a => a with { ParentId = foreign }, "parentId", "unknown_value"),
            (a => a with { OwnerId = li }, "ownerId", "unknown_value"),
            (a => a with { OwnerId = null }, "ownerId", "required"),
            (a => a with { Name = Other }, "name", "duplicate"),
            (a => a with { Tier = "gold" }, "tier", "not_a_choice"),
            (a => a with { Industry = "一/二/三/四" }, "industry", "too_many"),
            (a => a with { Website = "javascript://x" }, "website", "invalid_format"),
            (a => a with { Headcount = 0 }, "headcount", "out_of_range"),
            (a => a with { Sites = [new string('长', 201)] }, "sites[0]", "too_long"),
        })
        {
            var error = Assert.Single(Assert.IsType<AccountResult<Account>.Invalid>(await Saving(shop).Change(viewer, group, edit, null, Ct)).Errors);
            Assert.Equal((field, code), (error.Field, error.Code));
        }

        Assert.IsType<AccountResult<Account>.NotFound>(await Saving(shop).Change(viewer, foreign, a => a with { Note = "x" }, null, Ct));
        Assert.Equal(events, await shop.Read(db => db.Set<EventRecord>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_list_is_filtered_searched_and_paged_within_the_readers_reach(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (wang, boss) = (await shop.Hire("Wang"), await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)));
        var li = await shop.Hire("Li");
        var first = await Add(shop, wang, new AccountInput(Fenyang, null, wang, [new("李四", null, "13911112222", null)]) { Industry = "制造业/汽车", Tier = "pstv" });
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = await Add(shop, wang, new AccountInput(Other, null, wang, []) { Industry = "软件" });
        clock.Advance(TimeSpan.FromSeconds(1));
        var third = await Add(shop, li, new AccountInput("广州白云机械有限公司", null, li, []) { Industry = "制造业" });

        async Task<Guid[]> Ids(string query, bool all = true) =>
            [.. (await Listing(shop).Read(all ? boss : await shop.As(wang), AccountFilter.Parse(query, out _), ct: Ct)).Items.Select(i => i.Account.Id)];

        Assert.Equal([third, second, first], await Ids(""));
        Assert.Equal([second, first], await Ids("", all: false));
        Assert.Equal([third, first], await Ids("industry=制造业"));
        Assert.Equal([first], await Ids("industry=制造业/汽车&tier=pstv"));
        Assert.Equal([third], await Ids($"owner={li}"));
        Assert.Equal([first], await Ids("q=纷扬"));
        Assert.Equal([first], await Ids("q=139 1111 2222"));
        Assert.Empty(await Ids("q=白云", all: false));
        var (page, next) = await Listing(shop).Read(boss, AccountFilter.All, take: 2, ct: Ct);
        Assert.Equal([third, second], page.Select(i => i.Account.Id));
        Assert.Equal([first], (await Listing(shop).Read(boss, AccountFilter.All, next, 2, Ct)).Items.Select(i => i.Account.Id));
        AccountFilter.Parse("owner=x&size=huge", out var errors);
        Assert.Equal(["owner", "size"], errors.Select(e => e.Field).Order());
        Assert.Equal("q=a%20b&owner=me&tier=m&size=large", AccountFilter.Parse("?size=large&tier=m&owner=me&q=a+b", out _).ToString());
    }

    [Theory, OnBothDatabases]
    public async Task Custom_fields_of_accounts_are_checked_found_told_and_merged(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var wang = await shop.Hire("Wang");
        var viewer = await shop.As(wang);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy
        {
            Fields =
            [
                new() { Key = "revenue", Name = "年营收", Kind = CustomFieldKind.Money, Owner = CustomFieldOwner.Account },
                new() { Key = "listed", Name = "上市", Kind = CustomFieldKind.YesNo, Owner = CustomFieldOwner.Account },
            ],
        });
        var (first, second) = (
            await Add(shop, wang, new AccountInput(Fenyang, null, wang, []) { Custom = new Dictionary<string, string> { ["revenue"] = "12,000,000.50", ["listed"] = "是" } }),
            await Add(shop, wang, new AccountInput(Other, null, wang, []) { Custom = new Dictionary<string, string> { ["listed"] = "no" } }));

        var wrong = await Saving(shop).Change(viewer, first, a => a with { Custom = new Dictionary<string, string> { ["revenue"] = "1.234", ["listed"] = "perhaps" } }, null, Ct);
        Assert.Equal([("custom.revenue", "too_precise"), ("custom.listed", "not_a_choice")], Assert.IsType<AccountResult<Account>.Invalid>(wrong).Errors.Select(e => (e.Field, e.Code)));
        Assert.Equal([first], (await Listing(shop).Read(viewer, AccountFilter.Parse("custom.listed=true&custom.revenue=12000000.5", out _), ct: Ct)).Items.Select(i => i.Account.Id));
        await Saving(shop).Change(viewer, first, a => a with { Custom = new Dictionary<string, string> { ["listed"] = "true" } }, null, Ct);
        Assert.Contains("account.custom.revenue", (await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == AccountEvent.Edited, Ct))).Data, StringComparison.Ordinal);

        var merging = new MergeAccounts(shop.Store, shop.Vault, shop.Settings, shop.Time, []);
        var merge = Assert.IsType<AccountResult<RecordMerge>.Done>(await merging.Merge(viewer, first, new(second, new Dictionary<string, MergeSide> { ["custom.listed"] = MergeSide.Merged }), ct: Ct)).Record;
        Assert.Equal("false", AccountInput.CustomOf(await shop.Read(db => db.Set<Account>().SingleAsync(a => a.Id == first, Ct)))["listed"]);
        Assert.IsType<AccountResult<RecordMerge>.Done>(await merging.Undo(viewer, first, merge.Id, Ct));
        Assert.Equal("true", AccountInput.CustomOf(await shop.Read(db => db.Set<Account>().SingleAsync(a => a.Id == first, Ct)))["listed"]);
    }

    private static async Task<Guid?> Landing(Shop shop, LeadSubmission lead) => (await shop.Submit(lead)).AccountId;

    private static SaveAccount Saving(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static ListAccounts Listing(Shop shop) => new(shop.Store, shop.Vault, shop.Settings);

    private static async Task<Guid> Add(Shop shop, Guid user, AccountInput input)
    {
        var (id, errors) = await Saving(shop).Create(await shop.As(user), input, Ct);
        Assert.Empty(errors);
        return id!.Value;
    }
}
