using Granary.Application.FollowUp;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Qualification.Named;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Opportunities;
using Granary.Domain.Qualification;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using static Granary.Application.Qualification.Named.NamedOutcome;

namespace Granary.Application.Tests.Qualification;

public sealed class NamedAccountsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_account_goes_through_the_stages_by_what_is_known_and_what_people_tick(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, list) = await List(shop);
        var named = await Named(shop, viewer, list, new AccountInput("北京纷扬科技有限公司", null, viewer.UserId, []));

        Assert.Equal(["target_industry", "contact"], Missing(await Move(shop, viewer, named.Id, NamedAccountStage.Named)));
        await Change(shop, viewer, named, i => i with { Industry = "制造业/汽车" });
        Assert.Equal(["contact"], Missing(await Move(shop, viewer, named.Id, NamedAccountStage.Named)));
        var contacts = new SaveContact(shop.Store, shop.Vault, shop.Settings, shop.Time);
        await contacts.Add(viewer, named.AccountId, new AccountContactInput("李四", null, null, null), Ct);
        Assert.IsType<AccountResult<NamedAccount>.Done>(await Move(shop, viewer, named.Id, NamedAccountStage.Named));

        Assert.Equal(["key_person", "it_status", "supplier"], Missing(await Move(shop, viewer, named.Id, NamedAccountStage.Aware)));
        await contacts.Add(viewer, named.AccountId, new AccountContactInput("王五", "总经理", "13911112222", null) { KeyPerson = true }, Ct);
        await Change(shop, viewer, named, i => i with { Competitors = ["同行软件"] });
        Assert.Equal(["it_status"], Missing(await Move(shop, viewer, named.Id, NamedAccountStage.Aware)));
        Assert.IsType<AccountResult<NamedAccount>.Done>(await Ticking(shop).Tick(viewer, named.Id, "it_status", "ERP 用了八年，今年要换", Ct));
        Assert.IsType<AccountResult<NamedAccount>.Done>(await Move(shop, viewer, named.Id, NamedAccountStage.Aware));

        // A salon that took place is an offline meeting; a mailing is not.
        var plan = new TouchPlan(shop.Naming);
        var today = DateOnly.FromDateTime(shop.Time.GetUtcNow().UtcDateTime);
        await plan.Plan(viewer, named.Id, new TouchInput(TouchInstrument.Mailing, today, null, null), Ct);
        await plan.Plan(viewer, named.Id, new TouchInput(TouchInstrument.Salon, today, null, "数字化沙龙"), Ct);
        var touches = await shop.Read(db => db.Set<NamedTouch>().OrderBy(t => t.Instrument).ToListAsync(Ct));
        await plan.Done(viewer, named.Id, touches[0].Id, null, "已打开", Ct);
        Assert.Equal(["visit_or_meeting", "project_or_need"], Missing(await Move(shop, viewer, named.Id, NamedAccountStage.Opportunity)));
        await plan.Done(viewer, named.Id, touches[1].Id, null, "总经理到场", Ct);
        Assert.Equal(["project_or_need"], Missing(await Move(shop, viewer, named.Id, NamedAccountStage.Opportunity)));
        await Ticking(shop).Tick(viewer, named.Id, "project_or_need", "调研已启动", Ct);
        Assert.IsType<AccountResult<NamedAccount>.Done>(await Move(shop, viewer, named.Id, NamedAccountStage.Opportunity));

        Assert.Equal("already_in_stage", Refused(await Move(shop, viewer, named.Id, NamedAccountStage.Opportunity)));
        Assert.Equal("reason_required", Refused(await Move(shop, viewer, named.Id, NamedAccountStage.Aware)));
        Assert.IsType<AccountResult<NamedAccount>.Done>(await Move(shop, viewer, named.Id, NamedAccountStage.Aware, "项目冻结"));
        var card = (await shop.NamedReading.Find(viewer, named.Id, Ct))!;
        Assert.Equal(
            [(NamedAccountStage.Opportunity, NamedAccountStage.Aware), (NamedAccountStage.Aware, NamedAccountStage.Opportunity), (NamedAccountStage.Named, NamedAccountStage.Aware), (NamedAccountStage.Stranger, NamedAccountStage.Named)],
            card.Changes.Select(c => (c.Before, c.After)));
        Assert.All(card.Entry, e => Assert.True(e.Holds));
    }

    [Theory, OnBothDatabases]
    public async Task A_visit_counts_with_the_decision_chain_and_an_opportunity_by_itself(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (owner, deal) = await shop.Deal();
        var list = await List(shop, owner);
        await new NameAccounts(shop.Store, shop.Vault, shop.Settings, Saving(shop), shop.Time).Add(owner, list.Id, [deal.AccountId], Ct);
        async Task<NamedAccountFacts> Facts() => (await shop.NamedReading.Accounts(owner, new NamedFilter(list.Id), ct: Ct)).Items.Single().Facts;

        Assert.Equal((1, false), ((await Facts()).Opportunities, (await Facts()).Holds(EntryFact.VisitOrMeeting)));
        await shop.Read(async db =>
        {
            db.Add(new FollowUpRecord { Id = shop.Time.GetUtcNow() is var now ? Guid.CreateVersion7(now) : default, LeadId = deal.LeadId!.Value, AuthorId = owner.UserId, At = now, RecordedAt = now, Method = FollowUpMethod.Visit, Content = "拜访总经理" });
            return await db.SaveChangesAsync(Ct);
        });
        Assert.False((await Facts()).Holds(EntryFact.VisitOrMeeting));
        await shop.Writing.Write(owner, deal.Id, new DecisionChain([]), ct: Ct);
        Assert.True((await Facts()).Holds(EntryFact.VisitOrMeeting));
    }

    [Theory, OnBothDatabases]
    public async Task Lines_of_companies_find_known_accounts_make_new_ones_and_say_what_became_of_each(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, list) = await List(shop);
        var other = await List(shop, viewer, "展会名单");
        var li = await shop.As(await shop.Hire("Li"));
        var known = await Account(shop, viewer, "北京纷扬科技有限公司");
        var elsewhere = await Account(shop, viewer, "上海数聚软件有限公司");
        await Account(shop, li, "广州远大机械有限公司");
        var naming = new NameAccounts(shop.Store, shop.Vault, shop.Settings, Saving(shop), shop.Time);
        await naming.Add(viewer, other.Id, [elsewhere], Ct);

        var report = Done(await naming.Import(viewer, list.Id, ["北京纷扬科技有限公司", "北京纷扬科技有限公司 ", "上海数聚软件有限公司", "广州远大机械有限公司", "无", "深圳新锐电子有限公司", "深圳新锐电子有限公司"], Ct));

        Assert.Equal([Added, AlreadyHere, InAnotherList, OfAnother, Invalid, Made, AlreadyHere], report.Select(l => l.Outcome));
        Assert.Equal((known, "company_name", null), (report[0].AccountId, report[4].Code, report[3].AccountId));
        Assert.Equal(1, await shop.Read(db => db.Set<Account>().CountAsync(a => a.Name == "深圳新锐电子有限公司", Ct)));
        Assert.Equal(2, (await shop.NamedReading.List(viewer, list.Id, Ct))!.Accounts);
        Assert.Null(await shop.NamedReading.List(li, list.Id, Ct));
        Assert.IsType<AccountResult<IReadOnlyList<NamedLine>>.NotFound>(await naming.Import(li, list.Id, ["深圳新锐电子有限公司"], Ct));
        Assert.IsType<AccountResult<IReadOnlyList<NamedLine>>.Invalid>(await naming.Import(viewer, list.Id, [.. Enumerable.Repeat("a", 1_001)], Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Two_who_name_one_company_at_once_name_one_account_in_one_list(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, list) = await List(shop);
        var other = await List(shop, viewer, "展会名单");
        var naming = new NameAccounts(shop.Store, shop.Vault, shop.Settings, Saving(shop), shop.Time);

        var reports = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => naming.Import(viewer, i % 2 == 0 ? list.Id : other.Id, ["北京纷扬科技有限公司", $"天津{(char)('甲' + i)}科技有限公司"], Ct), Ct)));

        Assert.Single(reports.Select(r => Done(r)[0]), l => l.Outcome is Added or Made);
        Assert.Equal((13, 13), await shop.Read(async db => (await db.Set<Account>().CountAsync(Ct), await db.Set<NamedAccount>().CountAsync(Ct))));
    }

    [Theory, OnBothDatabases]
    public async Task Goals_of_a_quarter_stand_beside_what_it_brought(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (viewer, list) = await List(shop);
        var quarter = await shop.NamedReading.Now(Ct);
        await shop.Publish(PolicyKind.NamedAccounts, NamedAccountPolicy.BuiltIn with { Named = [], Aware = [], Incubating = [] });
        await shop.Lists.SetGoals(viewer, list.Id, quarter, new Dictionary<NamedAccountStage, int> { [NamedAccountStage.Named] = 5, [NamedAccountStage.Aware] = 2 }, Ct);
        var first = await Named(shop, viewer, list, new AccountInput("北京纷扬科技有限公司", null, viewer.UserId, []));
        var second = await Named(shop, viewer, list, new AccountInput("上海数聚软件有限公司", null, viewer.UserId, []));
        await Move(shop, viewer, first.Id, NamedAccountStage.Aware);
        await new MoveNamedAccount(shop.Naming).To(viewer, first.Id, NamedAccountStage.Named, "误判", ct: Ct);
        await Move(shop, viewer, first.Id, NamedAccountStage.Aware);
        await Move(shop, viewer, second.Id, NamedAccountStage.Named);
        clock.Advance(TimeSpan.FromDays(100));
        await Move(shop, viewer, second.Id, NamedAccountStage.Incubating);

        var lines = (await shop.NamedReading.Goals(viewer, list.Id, [quarter, quarter.Next], Ct))!;

        Assert.Equal(
            [(5, 2), (2, 1), (null, 0), (null, 0), (null, 0), (null, 1), (null, 1), ((int?)null, 0)],
            lines.Select(l => (l.Goal, l.Actual)));
        await shop.Lists.SetGoals(viewer, list.Id, quarter, new Dictionary<NamedAccountStage, int> { [NamedAccountStage.Aware] = 0 }, Ct);
        Assert.Equal([5, null, null, null], (await shop.NamedReading.Goals(viewer, list.Id, [quarter], Ct))!.Select(l => l.Goal));
        Assert.Equal(["goals.stranger", "goals.named"], Assert.IsType<AccountResult<NamedList>.Invalid>(await shop.Lists.SetGoals(
            viewer, list.Id, quarter, new Dictionary<NamedAccountStage, int> { [NamedAccountStage.Stranger] = 1, [NamedAccountStage.Named] = -1 }, Ct)).Errors.Select(e => e.Field));
    }

    [Theory, OnBothDatabases]
    public async Task A_planned_touch_reminds_its_owner_once_and_again_when_it_is_planned_anew(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (viewer, list) = await List(shop);
        var named = await Named(shop, viewer, list, new AccountInput("北京纷扬科技有限公司", null, viewer.UserId, []));
        var plan = new TouchPlan(shop.Naming);
        var remind = new RemindTouches(shop.Store, shop.Settings, shop.Time);
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(10);
        await plan.Plan(viewer, named.Id, new TouchInput(TouchInstrument.Expo, day, null, null), Ct);
        var touch = await shop.Read(db => db.Set<NamedTouch>().SingleAsync(Ct));

        Assert.Equal(0, await remind.Sweep(Ct));
        Assert.Empty(await shop.NamedReading.Due(viewer, Ct));
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await remind.Sweep(Ct));
        Assert.Equal(0, await remind.Sweep(Ct));
        Assert.Equal((named.AccountId, touch.Id), ((await shop.NamedReading.Due(viewer, Ct)).Single().AccountId, (await shop.NamedReading.Due(viewer, Ct)).Single().Touch.Id));
        await plan.Replan(viewer, named.Id, touch.Id, new TouchInput(TouchInstrument.Expo, day.AddDays(20), null, "改期"), Ct);
        Assert.Equal(0, await remind.Sweep(Ct));
        clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(1, await remind.Sweep(Ct));
        Assert.Equal(2, await shop.Read(db => db.Set<Notice>().CountAsync(n => n.Kind == NoticeKind.NamedTouchDue && n.UserId == viewer.UserId && n.SubjectId == named.AccountId, Ct)));

        Assert.IsType<AccountResult<NamedAccount>.Invalid>(await plan.Done(viewer, named.Id, touch.Id, day.AddDays(90), "来了", Ct));
        Assert.IsType<AccountResult<NamedAccount>.Done>(await plan.Cancel(viewer, named.Id, touch.Id, Ct));
        Assert.Equal("touch_closed", Refused(await plan.Done(viewer, named.Id, touch.Id, null, "来了", Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_ratio_of_premium_to_regular_accounts_is_seen(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, regular) = await List(shop);
        var premium = Done(await shop.Lists.Create(viewer, new NamedListInput("重点", true, "ranking", viewer.UserId, null), Ct));
        for (var i = 0; i < 4; i++)
        {
            await Named(shop, viewer, i < 3 ? regular : premium, new AccountInput($"天津{(char)('甲' + i)}科技有限公司", null, viewer.UserId, []));
        }

        Assert.Equal(new PremiumRatio(1, 3, 1), await shop.NamedReading.Ratio(Ct));
        var one = await Named(shop, viewer, premium, new AccountInput("天津戊科技有限公司", null, viewer.UserId, []));
        Assert.True((await shop.NamedReading.Ratio(Ct)).Off);
        await new MoveNamedAccount(shop.Naming).ToList(viewer, one.Id, regular.Id, Ct);
        Assert.False((await shop.NamedReading.Ratio(Ct)).Off);
    }

    [Theory, OnBothDatabases]
    public async Task A_merge_takes_the_name_along_and_gives_it_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, list) = await List(shop);
        var stays = await Account(shop, viewer, "北京纷扬科技有限公司");
        var goes = await Named(shop, viewer, list, new AccountInput("北京纷扬网络有限公司", null, viewer.UserId, []));
        var merging = new MergeAccounts(shop.Store, shop.Vault, shop.Settings, shop.Time, [new NamedMergePart()]);

        var merge = Assert.IsType<AccountResult<RecordMerge>.Done>(await merging.Merge(viewer, stays, new MergeInput(goes.AccountId, new Dictionary<string, Domain.Matching.MergeSide>()), ct: Ct)).Record;
        Assert.Equal(stays, (await shop.Read(db => db.Set<NamedAccount>().SingleAsync(Ct))).AccountId);
        await merging.Undo(viewer, stays, merge.Id, Ct);
        Assert.Equal(goes.AccountId, (await shop.Read(db => db.Set<NamedAccount>().SingleAsync(Ct))).AccountId);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_with_a_list_a_tick_or_a_touch_is_said_field_by_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, list) = await List(shop);
        var named = await Named(shop, viewer, list, new AccountInput("北京纷扬科技有限公司", null, viewer.UserId, []));
        var stranger = await shop.Hire("Li");

        Assert.Equal(["name", "source", "ownerId"], Errors(await shop.Lists.Create(viewer, new NamedListInput(" ", false, "moon", null, null), Ct)));
        Assert.Equal(["name", "ownerId"], Errors(await shop.Lists.Create(viewer, new NamedListInput(list.Name, false, "expo", stranger, null), Ct)));
        Assert.Equal(["check", "evidence"], Errors(await Ticking(shop).Tick(viewer, named.Id, "contact", " ", Ct)));
        Assert.Equal(["instrument", "plannedOn", "ownerId"], Errors(await new TouchPlan(shop.Naming).Plan(viewer, named.Id, new TouchInput((TouchInstrument)9, null, Guid.NewGuid(), null), Ct)));
        Assert.Equal("list_not_empty", Assert.IsType<AccountResult<NamedList>.Refused>(await shop.Lists.Remove(viewer, list.Id, Ct)).Code);
        Assert.IsType<AccountResult<NamedAccount>.Done>(await new MoveNamedAccount(shop.Naming).Remove(viewer, named.Id, Ct));
        Assert.IsType<AccountResult<NamedList>.Done>(await shop.Lists.Remove(viewer, list.Id, Ct));
        Assert.IsType<AccountResult<NamedAccount>.NotFound>(await Move(shop, await shop.As(stranger), named.Id, NamedAccountStage.Named));
    }

    private static SaveAccount Saving(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static TickNamedCheck Ticking(Shop shop) => new(shop.Naming);

    private static Task<AccountResult<NamedAccount>> Move(Shop shop, Viewer viewer, Guid id, NamedAccountStage stage, string? reason = null)
    {
        shop.Wait();
        return new MoveNamedAccount(shop.Naming).To(viewer, id, stage, reason, ct: Ct);
    }

    private static IReadOnlyList<string> Missing<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Refused>(result) is { Code: "entry_checklist_not_met" } refused ? refused.Missing : [];

    private static string Refused<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Refused>(result).Code;

    private static T Done<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Done>(result).Record;

    private static IEnumerable<string> Errors<T>(AccountResult<T> result) => Assert.IsType<AccountResult<T>.Invalid>(result).Errors.Select(e => e.Field);

    private static async Task<(Viewer Viewer, NamedList List)> List(Shop shop)
    {
        var viewer = await shop.As(await shop.Hire("Zhang"));
        return (viewer, await List(shop, viewer));
    }

    private static async Task<NamedList> List(Shop shop, Viewer viewer, string name = "制造业百强") =>
        Done(await shop.Lists.Create(viewer, new NamedListInput(name, false, "ranking", viewer.UserId, null), Ct));

    private static async Task<Guid> Account(Shop shop, Viewer viewer, string name) => (await Saving(shop).Create(viewer, new AccountInput(name, null, viewer.UserId, []), Ct)).Id!.Value;

    private static async Task<NamedAccount> Named(Shop shop, Viewer viewer, NamedList list, AccountInput input)
    {
        var id = (await Saving(shop).Create(viewer, input, Ct)).Id!.Value;
        Assert.Equal(Added, Done(await new NameAccounts(shop.Store, shop.Vault, shop.Settings, Saving(shop), shop.Time).Add(viewer, list.Id, [id], Ct)).Single().Outcome);
        return await shop.Read(db => db.Set<NamedAccount>().SingleAsync(n => n.AccountId == id, Ct));
    }

    private static async Task Change(Shop shop, Viewer viewer, NamedAccount named, Func<AccountInput, AccountInput> edit) =>
        Assert.IsType<AccountResult<Account>.Done>(await Saving(shop).Change(viewer, named.AccountId, edit, null, Ct));
}
