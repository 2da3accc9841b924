using System.Text;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

public sealed class AccountImportTests
{
    private const string File =
        "公司名称,信用代码,负责人,行业,规模,员工人数,省份,客户等级,厂区,合作年限\n" +
        "北京纷扬科技有限公司,91110108551385082Q,Zhang,软件/CRM,大型,600人,北京市,,一厂；二厂,3\n" +
        "上海启明医疗器械有限公司,,,医疗,中,120,上海市,,,\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Accounts_come_in_with_custom_fields_and_leads_find_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [new CustomField { Key = "years", Name = "合作年限", Owner = CustomFieldOwner.Account, Kind = CustomFieldKind.Number }] });
        var viewer = await shop.As(await shop.Hire("Zhang"));
        var files = new RecordFiles(shop);

        var import = await files.Import(viewer, ImportKind.Accounts, File);

        Assert.Equal((ImportState.Done, 2, 0, 0), (import.State, import.Created, import.Failed, import.Repeated));
        var account = await shop.Read(db => db.Set<Account>().SingleAsync(a => a.CreditCode == "91110108551385082Q", Ct));
        Assert.Equal(("软件/CRM", CompanySize.Large, 600, viewer.UserId), (account.Industry, account.Size, account.Headcount, account.OwnerId));
        Assert.Equal(["一厂", "二厂"], account.Sites);
        Assert.Equal("3", AccountInput.CustomOf(account)["years"]);
        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技"));
        Assert.Equal((account.Id, viewer.UserId), (landing.AccountId, landing.OwnerId));
        Assert.Equal(2, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == AccountEvent.Created, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_file_creates_nothing_twice_and_a_changed_one_is_a_possible_duplicate_or_an_update(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("Zhang"));
        var files = new RecordFiles(shop);
        await files.Import(viewer, ImportKind.Accounts, File);
        var keys = await shop.Read(db => db.Set<AccountKey>().CountAsync(Ct));

        var again = await files.Import(viewer, ImportKind.Accounts, File);
        Assert.Equal((0, 0, 2), (again.Created, again.Failed, again.Repeated));

        var changed = File.Replace("600人", "700", StringComparison.Ordinal);
        var refused = await files.Import(viewer, ImportKind.Accounts, changed);
        Assert.Equal((0, 1, 1), (refused.Created, refused.Failed, refused.Repeated));
        Assert.Equal((2, "creditCode", "duplicate"), Assert.Single(await files.Failures(refused.Id)));

        var trial = await files.Try(viewer, ImportKind.Accounts, changed + "深圳新锐电子有限公司\n深圳新锐电子有限公司\n", ImportMode.Upsert, "name");
        Assert.Equal((1, 1, 2), (trial.Counts.Created, trial.Counts.Refreshed, trial.Counts.Repeated));
        Assert.Equal(("account.headcount", "600", "700"), Assert.Single(Assert.Single(trial.Differences).Changes) is var c ? (c.Field, c.Before!, c.After!) : default);
        Assert.Equal(600, (await shop.Read(db => db.Set<Account>().SingleAsync(a => a.Headcount > 500, Ct))).Headcount);

        var updated = await files.Import(viewer, ImportKind.Accounts, changed + "深圳新锐电子有限公司\n深圳新锐电子有限公司\n", ImportMode.Upsert, "name");
        Assert.Equal((1, 1, 2), (updated.Created, updated.Refreshed, updated.Repeated));
        var renamed = await files.Import(viewer, ImportKind.Accounts, "信用代码,公司名称\n91110108551385082Q,北京纷扬网络科技有限公司\n91110108551385083Q,无\n", ImportMode.Update, "creditCode");
        Assert.Equal((1, 1), (renamed.Refreshed, renamed.Failed));
        Assert.Equal(3, await shop.Read(db => db.Set<Account>().CountAsync(Ct)));
        Assert.Equal(2, (await shop.Read(db => db.Set<Account>().SingleAsync(a => a.Headcount == 700, Ct))).Version - 1);
        Assert.True(keys > 0);
        Assert.Equal((await shop.Read(db => db.Set<Account>().SingleAsync(a => a.Headcount == 700, Ct))).Id, (await shop.Submit(shop.Lead(company: "北京纷扬网络科技有限公司"))).AccountId);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_with_a_row_is_said_with_its_number_and_the_others_come_in(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("Zhang"));
        await shop.Hire("Li");
        var files = new RecordFiles(shop);
        const string text = "公司名称,信用代码,负责人,规模,员工人数,官网\n"
            + "天津甲科技有限公司,911,,,,\n"
            + "天津乙科技有限公司,,Wang,,,\n"
            + "天津丙科技有限公司,,Li,,,\n"
            + "天津丁科技有限公司,,,巨大,若干,\n"
            + "天津戊科技有限公司,,,,,not a site\n"
            + "天津己科技有限公司,,,,,example.com\n";

        var import = await files.Import(viewer, ImportKind.Accounts, text);

        Assert.Equal((1, 5), (import.Created, import.Failed));
        Assert.Equal(
            [(2, "creditCode", "credit_code"), (3, "owner", "not_a_user"), (4, "owner", "unknown_value"), (5, "size", "not_a_choice"), (5, "headcount", "not_a_number"), (6, "website", "invalid_format")],
            await files.Failures(import.Id));
        using var stream = new MemoryStream();
        Assert.Equal(5, await files.Errors.Write(import, stream, new ErrorWords("行", "原因", e => e.Code), Ct));
        Assert.Contains("天津丁科技有限公司,,,巨大,若干,,5,not_a_choice; not_a_number", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Accounts_of_others_are_out_of_reach_and_a_plan_that_cannot_be_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, li) = (await shop.As(await shop.Hire("Zhang")), await shop.As(await shop.Hire("Li")));
        var files = new RecordFiles(shop);
        await files.Import(li, ImportKind.Accounts, "公司名称\n北京纷扬科技有限公司\n");

        var created = await files.Import(zhang, ImportKind.Accounts, "公司名称,备注\n北京纷扬科技有限公司,x\n");
        var updated = await files.Import(zhang, ImportKind.Accounts, "公司名称,备注\n北京纷扬科技有限公司,x\n", ImportMode.Update, "name");
        Assert.Equal([(2, "name", "duplicate")], await files.Failures(created.Id));
        Assert.Equal([(2, "name", "not_found")], await files.Failures(updated.Id));

        var (import, preview) = await files.Keep(zhang, ImportKind.Accounts, "备注\nx\n");
        Assert.Equal([("name", FileCodes.MissingRequiredColumns)], (await files.Imports.Confirm(import, preview.Plan, Ct)).Select(e => (e.Field, e.Code)));
        Assert.Equal([("key", "required"), ("name", FileCodes.MissingRequiredColumns)], (await files.Imports.Confirm(import, preview.Plan with { Mode = ImportMode.Upsert }, Ct)).Select(e => (e.Field, e.Code)));
        Assert.Equal("too_many_rows", (await Assert.ThrowsAsync<UnusableFileException>(() => files.Keep(zhang, ImportKind.Accounts, "公司名称\n" + string.Concat(Enumerable.Repeat("a\n", 10_001))))).Code);
        Assert.Empty(await shop.Read(db => zhang.Imports(db).ToListAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task An_interrupted_import_goes_on_where_it_stopped(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("Zhang"));
        var files = new RecordFiles(shop);
        var text = "公司名称\n" + string.Concat(Enumerable.Range(0, 1_100).Select(i => $"{string.Concat($"{i:D4}".Select(c => "甲乙丙丁戊己庚辛壬癸"[c - '0']))}电子有限公司\n"));
        var (import, preview) = await files.Keep(viewer, ImportKind.Accounts, text);
        await files.Imports.Confirm(import, preview.Plan, Ct);
        await shop.Store.Write(scope => scope.Db.Set<ImportBatch>().Where(b => b.Id == import.Id).ExecuteUpdateAsync(b => b.SetProperty(x => x.RowsDone, 500), Ct), Ct);

        var done = await files.Run.Execute(import.Id, Ct);

        Assert.Equal((ImportState.Done, 600, 1_100, 0), (done.State, done.Created, done.RowsDone, done.Failed));
        Assert.Equal(600, await shop.Read(db => db.Set<Account>().CountAsync(Ct)));
    }
}
