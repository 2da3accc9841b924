using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class NamedOwnerTests
{
    private const string Company = "北京纷扬科技有限公司";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_lead_of_a_named_account_goes_to_its_owner_before_any_rule(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        var named = await Named(shop, li, Company);

        for (var i = 0; i < 4; i++)
        {
            var landing = await shop.Submit(shop.Lead(company: i % 2 == 0 ? Company : "北京纷扬科技"));
            Assert.Equal((li, "named_account_owner"), (landing.OwnerId, Said(landing)));
        }

        await InTurn(shop, "上海启明医疗器械有限公司", zhang, li);
        await InTurn(shop, "北京纷扬机械制造有限公司", zhang, li);

        await new MoveNamedAccount(shop.Naming).Remove(await shop.As(li), named.Id, Ct);
        await InTurn(shop, Company, zhang, li);
    }

    [Theory, OnBothDatabases]
    public async Task An_account_without_an_owner_is_its_lists_keepers_whoever_keeps_it_now(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        var named = await Named(shop, li, Company);
        await Give(shop, named.AccountId, null);

        Assert.Equal(li, (await shop.Submit(shop.Lead(company: Company))).OwnerId);
        Assert.Equal(li, (await shop.Submit(shop.Lead(company: Company))).OwnerId);
        await shop.Store.Write(scope => scope.Db.Set<NamedList>().ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, zhang), Ct), Ct);
        Assert.Equal(zhang, (await shop.Submit(shop.Lead(company: Company))).OwnerId);
    }

    [Theory, OnBothDatabases]
    public async Task An_owner_who_is_away_is_passed_over_and_the_ledger_says_why(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        await Named(shop, li, Company);
        await shop.Settings.Change(scope => scope.Db.Users.Where(u => u.Id == li).ExecuteUpdateAsync(u => u.SetProperty(x => x.Status, PersonStatus.Away), Ct), Ct);

        var landing = await shop.Submit(shop.Lead(company: Company));

        Assert.Equal((zhang, "named_account_owner_passed_over"), (landing.OwnerId, Said(landing)));
        var ledger = CandidateLedger.Unpack((await shop.Read(db => db.Set<AssignmentRecord>().SingleAsync(Ct))).Candidates);
        Assert.Equal(new CandidateVerdict(null, li, Ineligible.Away), ledger[0]);
    }

    [Theory, OnBothDatabases]
    public async Task A_merge_takes_the_precedence_along_and_gives_it_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        var (zhang, li) = (await shop.Hire("Zhang"), await shop.Hire("Li"));
        var viewer = await shop.As(li);
        var goes = await Named(shop, li, "北京纷扬网络有限公司");
        var stays = (await Saving(shop).Create(viewer, new AccountInput(Company, null, li, []), Ct)).Id!.Value;
        var merging = new MergeAccounts(shop.Store, shop.Vault, shop.Settings, shop.Time, [new NamedMergePart()]);

        var merge = Assert.IsType<AccountResult<RecordMerge>.Done>(await merging.Merge(viewer, stays, new MergeInput(goes.AccountId, new Dictionary<string, MergeSide>()), ct: Ct)).Record;
        Assert.Equal([li, li], await Both(shop, Company));
        await merging.Undo(viewer, stays, merge.Id, Ct);
        Assert.Equal([li, li], await Both(shop, "北京纷扬网络有限公司"));
        await InTurn(shop, Company, zhang, li);
    }

    [Theory, OnBothDatabases]
    public async Task Stored_leads_that_nobody_has_go_to_the_owner_too_but_never_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        var ids = new[] { (await shop.Submit(shop.Lead(company: Company))).LeadId, (await shop.Submit(shop.Lead(company: "北京纷扬"))).LeadId, (await shop.Submit(shop.Lead(company: "上海启明医疗器械有限公司"))).LeadId };
        await shop.Hire("Zhang");
        var li = await shop.Hire("Li");
        await Named(shop, li, Company);
        var returned = ids[1];
        await shop.Read(async db =>
        {
            db.Add(new OwnershipRecord { Id = shop.Time.NewId(), LeadId = returned, OwnerId = li, From = shop.Time.Now, To = shop.Time.Now, Acquired = Acquired.AssignedAutomatically, Ended = Ended.Returned });
            return await db.SaveChangesAsync(Ct);
        });

        ((FakeClock)shop.Time).Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(3, await new RetryUnassigned(shop.Verb, shop.Store, shop.Time).Sweep(Ct));

        var owners = await shop.Read(db => db.Set<Lead>().ToDictionaryAsync(l => l.Id, l => l.OwnerId, Ct));
        Assert.Equal(li, owners[ids[0]]);
        var ledger = CandidateLedger.Unpack((await shop.Read(db => db.Set<AssignmentRecord>().Where(a => a.LeadId == returned).ToListAsync(Ct))).MaxBy(a => a.At)!.Candidates);
        Assert.Equal(new CandidateVerdict(null, li, Ineligible.EarlierOwner), ledger[0]);
    }

    private static SaveAccount Saving(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static string Said(Landing landing) => landing.Reasons.First(r => r.Step == "assign").Code;

    private static async Task InTurn(Shop shop, string company, Guid one, Guid other) =>
        Assert.Equal(new[] { one, other }.Order(), (await Both(shop, company)).Select(o => o!.Value).Order());

    private static async Task<IReadOnlyList<Guid?>> Both(Shop shop, string company) =>
        [(await shop.Submit(shop.Lead(company: company))).OwnerId, (await shop.Submit(shop.Lead(company: company))).OwnerId];

    private static Task<int> Give(Shop shop, Guid account, Guid? owner) => shop.Store.Write(
        async scope =>
            await scope.Db.Set<Account>().Where(a => a.Id == account).ExecuteUpdateAsync(a => a.SetProperty(x => x.OwnerId, owner), Ct)
            + await scope.Db.Set<AccountKey>().Where(k => k.AccountId == account).ExecuteUpdateAsync(k => k.SetProperty(x => x.OwnerId, owner), Ct),
        Ct);

    private static async Task<NamedAccount> Named(Shop shop, Guid owner, string company)
    {
        var viewer = await shop.As(owner);
        var id = (await Saving(shop).Create(viewer, new AccountInput(company, null, owner, []), Ct)).Id!.Value;
        var list = Assert.IsType<AccountResult<NamedList>.Done>(await shop.Lists.Create(viewer, new NamedListInput("制造业百强", false, "ranking", owner, null), Ct)).Record;
        await new NameAccounts(shop.Store, shop.Vault, shop.Settings, Saving(shop), shop.Time).Add(viewer, list.Id, [id], Ct);
        return await shop.Read(db => db.Set<NamedAccount>().SingleAsync(n => n.AccountId == id, Ct));
    }
}
