using System.Globalization;
using System.Text;
using Granary.Application.Capture.Import;
using Granary.Application.Desk.Exports;
using Granary.Application.Desk.Exports.Records;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Granary.Application.Tests.Intake.Import;
using Granary.Application.Tests.Qualification;
using Granary.Domain.Capture;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

public sealed class RecordExportsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_long_export_of_opportunities_waits_for_somebody_else_and_is_written_marked_and_logged(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, admin) = (await shop.As(await shop.Hire("Boss", "lead_administrator")), await shop.As(await shop.Hire("Admin", "system_administrator")));
        await Deals(shop, boss, 3);
        await shop.Publish(PolicyKind.Exports, new ExportPolicy { ApprovalAbove = 2, MostRows = 3 });
        Assert.Equal((3, ExportVerdict.NeedsApproval), await Requesting(shop).Count(boss, ExportKind.Opportunities, "", Ct));
        Assert.Equal("reason", Assert.Single(Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(boss, Wish(ExportKind.Opportunities), Ct)).Errors).Field);

        var export = await Asked(shop, boss, Wish(ExportKind.Opportunities, "季度复盘"));
        Assert.Equal((ExportState.Waiting, ExportKind.Opportunities), (export.State, export.Kind));
        Assert.True(Assert.IsType<ExportResult.Forbidden>(await Deciding(shop).Decide(boss, export.Id, true, "好", Ct)).Own);
        Assert.IsType<ExportResult.Done>(await Deciding(shop).Decide(admin, export.Id, true, "同意", Ct));
        await Worker(shop).Run(Ct);

        var lines = await File(shop, boss, export.Id);
        Assert.Equal("name,amount", lines[0]);
        Assert.Equal(["项目0,-1", "项目1,0", "项目2,1"], lines[1..4].Order());
        Assert.Equal($"Boss {export.Id} 3", lines[4]);
        Assert.Equal([ExportEvent.Requested, ExportEvent.Approved, ExportEvent.Made, ExportEvent.Downloaded], await Events(shop, export.Id));
        Assert.Contains(NoticeKind.ExportWaits, await Notices(shop, admin.UserId));
        Assert.Equal("mine", Reading(shop).QueryOf(await Stored(shop, (await Asked(shop, boss, Wish(ExportKind.Opportunities, "一条", "mine"))).Id)));
    }

    [Theory, OnBothDatabases]
    public async Task An_approver_has_to_reach_every_record_and_a_file_never_grows_beyond_what_was_approved(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, supervisor, admin) = (await shop.As(await shop.Hire("Boss", "lead_administrator")), await shop.As(await shop.Hire("Chief", "sales_director")), await shop.As(await shop.Hire("Admin", "system_administrator")));
        await Deals(shop, boss, 2);
        await shop.Publish(PolicyKind.Exports, new ExportPolicy { ApprovalAbove = 0, MostRows = 5 });
        var export = await Asked(shop, boss, Wish(ExportKind.Opportunities, "复盘", format: ExportFormat.Xlsx));

        Assert.IsNotType<ExportResult.Done>(await Deciding(shop).Decide(supervisor, export.Id, true, "同意", Ct));
        Assert.IsType<ExportResult.Done>(await Deciding(shop).Decide(admin, export.Id, true, "同意", Ct));
        await Deals(shop, boss, 1, "另一");
        await Worker(shop).Run(Ct);

        Assert.Equal((ExportState.Failed, "grown"), ((await Stored(shop, export.Id)).State, (await Stored(shop, export.Id)).Error));
    }

    [Theory, OnBothDatabases]
    public async Task Named_accounts_of_a_list_go_the_same_way_and_what_cannot_be_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.As(await shop.Hire("Boss", "lead_administrator"));
        var saving = new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time);
        var list = Assert.IsType<AccountResult<NamedList>.Done>(await shop.Lists.Create(boss, new NamedListInput("百强", false, "ranking", boss.UserId, null), Ct)).Record;
        await new NameAccounts(shop.Store, shop.Vault, shop.Settings, saving, shop.Time).Import(boss, list.Id, ["北京纷扬科技有限公司", "上海启明医疗器械有限公司"], Ct);

        var export = await Asked(shop, boss, Wish(ExportKind.NamedAccounts, query: $"{list.Id}"));
        await Worker(shop).Run(Ct);
        Assert.Equal(["上海启明医疗器械有限公司", "北京纷扬科技有限公司"], (await File(shop, boss, export.Id))[1..3].Order(StringComparer.Ordinal));

        Assert.Equal("query", Assert.Single(Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(boss, Wish(ExportKind.NamedAccounts, query: $"{Guid.Empty}"), Ct)).Errors).Field);
        Assert.Equal(
            ["columns", "plain"],
            Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(boss, Wish(ExportKind.Opportunities) with { Columns = ["code"], Plain = true }, Ct)).Errors.Select(e => e.Field));
        var seller = await shop.As(await shop.Hire("Seller"));
        Assert.Equal("kind", Assert.Single(Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(seller, Wish(ExportKind.Opportunities), Ct)).Errors).Field);
    }

    [Theory, OnBothDatabases]
    public async Task Numbers_of_custom_fields_of_leads_leave_as_numbers_and_texts_are_kept_from_running(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.As(await shop.Hire("Boss", "lead_administrator"));
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [new CustomField { Key = "change", Name = "变动", Kind = CustomFieldKind.Number }, new CustomField { Key = "word", Name = "说明" }] });
        await shop.Submit(shop.Lead() with { Custom = new Dictionary<string, string> { ["change"] = "-20", ["word"] = "-20" } });

        var export = await Asked(shop, boss, new ExportWish("", ["custom.change", "custom.word"], ExportFormat.Csv, false, null, "en"));
        await Worker(shop).Run(Ct);

        Assert.Equal("-20,'-20", (await File(shop, boss, export.Id))[1]);
    }

    private static async Task Deals(Shop shop, Viewer viewer, int count, string prefix = "项目")
    {
        var files = new RecordFiles(shop);
        await files.Import(viewer, ImportKind.Accounts, "公司名称\n北京纷扬科技有限公司\n");
        var rows = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}{i},北京纷扬科技有限公司,{i}\n")));
        Assert.Equal(count, (await files.Import(viewer, ImportKind.Opportunities, "商机名称,客户,金额\n" + rows)).Created);
    }

    // A number stays one where a text that a spreadsheet would run gets an apostrophe.
    private static RecordExport[] Kinds(Shop shop) =>
    [
        new OpportunitiesExport(
            new ListOpportunities(shop.Store, shop.Settings), _ => new RecordWording<ListedOpportunity>(["name", "amount"], o => [ExportCell.Of(o.Opportunity.Name), ExportCell.Of(o.Opportunity.Amount - 1)], Mark), _ => new OpportunityFilter()),
        new NamedExport(shop.NamedReading, _ => new RecordWording<ListedNamedAccount>(["company"], n => [ExportCell.Of(n.Account.Name)], Mark), query => new NamedFilter(Guid.Parse(query))),
    ];

    private static string Mark(string who, string at, Guid number, int rows) => string.Create(CultureInfo.InvariantCulture, $"{who} {number} {rows}");

    private static ExportWish Wish(ExportKind kind, string? reason = null, string query = "", ExportFormat format = ExportFormat.Csv) => new(query, [], format, false, reason, "en") { Kind = kind };

    private static RequestExport Requesting(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time, Kinds(shop));

    private static DecideExport Deciding(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time, Kinds(shop));

    private static ReadExports Reading(Shop shop) => new(shop.Store, shop.Vault, shop.Time);

    private static ExportWorker Worker(Shop shop) => new(
        shop.Store,
        new RunExport(shop.Store, shop.Vault, shop.Settings, shop.Listing, (_, _) => new ExportWording { Heading = c => c, Word = (column, _) => column == "custom.word" ? "-20" : null, Watermark = Mark }, shop.Time, Kinds(shop)),
        shop.Time);

    private static async Task<ExportRequest> Asked(Shop shop, Viewer who, ExportWish wish) => Assert.IsType<ExportResult.Done>(await Requesting(shop).Request(who, wish, Ct)).Export;

    private static Task<ExportRequest> Stored(Shop shop, Guid id) => shop.Read(db => db.Set<ExportRequest>().SingleAsync(e => e.Id == id, Ct));

    private static async Task<string[]> File(Shop shop, Viewer who, Guid id)
    {
        var (export, _) = await Reading(shop).Download(who, id, Ct);
        using var file = new MemoryStream();
        await Reading(shop).Copy(export!, file, Ct);
        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
    }

    private static Task<List<string>> Events(Shop shop, Guid id) => shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == id).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct));

    private static Task<List<NoticeKind>> Notices(Shop shop, Guid user) => shop.Read(db => db.Set<Notice>().Where(n => n.UserId == user).Select(n => n.Kind).ToListAsync(Ct));
}
