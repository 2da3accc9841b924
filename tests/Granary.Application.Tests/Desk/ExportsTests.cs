using System.Globalization;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.Desk.Exports;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy;
using Granary.Application.Privacy.Exports;
using Granary.Application.Storage;
using Granary.Application.Tests.Privacy;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

public sealed class ExportsTests
{
    private static readonly string[] Columns = ["contact.name", "contact.phones", "score", "owner"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_small_export_is_made_at_once_masked_within_the_scope_and_marked(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var (zhang, boss) = (await shop.Hire("Zhang"), await shop.Hire("Boss", "lead_administrator"));
        await shop.Submit(shop.Lead("13800138000"));
        var export = await Asked(shop, boss);
        Assert.Equal(ExportState.Running, export.State);
        await Worker(shop).Run(Ct);

        var made = await Stored(shop, export.Id);
        Assert.Equal((ExportState.Ready, 1, 0, clock.Now.AddDays(7)), (made.State, made.RowsDone, made.Revealed, made.ExpiresAt));
        var lines = Encoding.UTF8.GetString(await Downloaded(shop, boss, export.Id)).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal("contact.name,contact.phones,score,owner", lines[0]);
        Assert.StartsWith("张三,138****8000,", lines[1], StringComparison.Ordinal);
        Assert.Equal($"Boss {made.Id} 1", lines[2]);
        Assert.Equal(["export.requested", "export.made", "export.downloaded"], await Events(shop, export.Id));
        Assert.Contains(NoticeKind.ExportEnded, await Notices(shop, boss));
        Assert.Null((await Reading(shop).Download(await shop.As(zhang), export.Id, Ct)).Export);
        Assert.DoesNotContain("138****8000", Encoding.UTF8.GetString((await shop.Read(db => db.Set<ExportPiece>().SingleAsync(Ct))).Content.Stored), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task More_than_a_thousand_rows_wait_for_another_person_whose_scope_covers_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, admin) = (await shop.Hire("Boss", "lead_administrator"), await shop.Hire("Admin", "system_administrator"));
        await shop.Publish(PolicyKind.Exports, new ExportPolicy { ApprovalAbove = 1, MostRows = 2 });
        await shop.Submit(shop.Lead());
        await shop.Submit(shop.Lead());
        Assert.Equal("reason", Assert.Single(Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(await shop.As(boss), Wish(), Ct)).Errors).Field);
        var export = await Asked(shop, boss, "季度复盘");
        Assert.Equal(ExportState.Waiting, export.State);
        await Worker(shop).Run(Ct);
        Assert.Equal(ExportState.Waiting, (await Stored(shop, export.Id)).State);
        Assert.Contains(NoticeKind.ExportWaits, await Notices(shop, admin));
        Assert.DoesNotContain(NoticeKind.ExportWaits, await Notices(shop, boss));

        var deciding = Deciding(shop);
        var (adminView, bossView) = (await shop.As(admin), await shop.As(boss));
        Assert.IsType<ExportResult.Forbidden>(await deciding.Decide(bossView, export.Id, true, "好", Ct));
        Assert.Equal("comment", Assert.Single(Assert.IsType<ExportResult.Invalid>(await deciding.Decide(adminView, export.Id, true, " ", Ct)).Errors).Field);
        Assert.IsType<ExportResult.Done>(await deciding.Decide(adminView, export.Id, true, "同意", Ct));
        Assert.Equal(ExportRefusal.ExportDecided, Assert.IsType<ExportResult.Refused>(await deciding.Decide(adminView, export.Id, false, "不", Ct)).Code);
        await Worker(shop).Run(Ct);
        Assert.Equal((ExportState.Ready, 2), ((await Stored(shop, export.Id)).State, (await Stored(shop, export.Id)).RowsDone));
        Assert.Equal(["export.requested", "export.approved", "export.made"], await Events(shop, export.Id));

        var own = await Asked(shop, admin, "自查");
        Assert.True(Assert.IsType<ExportResult.Forbidden>(await deciding.Decide(adminView, own.Id, true, "好", Ct)).Own);
        await shop.Submit(shop.Lead());
        Assert.Equal("too_many_rows", Assert.Single(Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(bossView, Wish("x"), Ct)).Errors).Code);
    }

    [Theory, OnBothDatabases]
    public async Task An_approver_decides_only_about_leads_within_reach_and_a_refusal_is_final(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (director, boss, other) = (await shop.Hire("Director", "sales_director"), await shop.Hire("Boss", "lead_administrator"), await shop.Hire("Sales"));
        await InOneDepartment(shop, director, boss);
        await shop.Publish(PolicyKind.Exports, new ExportPolicy { ApprovalAbove = 0 });
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        await Owned(shop, lead, other);
        var export = await Asked(shop, boss, "复盘");
        var view = await shop.As(director);
        Assert.False(Assert.IsType<ExportResult.Forbidden>(await Deciding(shop).Decide(view, export.Id, true, "好", Ct)).Own);
        Assert.IsType<ExportResult.NotFound>(await Deciding(shop).Decide(await shop.As(other), export.Id, true, "好", Ct));
        Assert.IsType<ExportResult.Done>(await Deciding(shop).Decide(view, export.Id, false, "超出范围", Ct));
        Assert.Equal(ExportState.Refused, (await Stored(shop, export.Id)).State);

        await Owned(shop, lead, boss);
        var again = await Asked(shop, boss, "复盘");
        Assert.IsType<ExportResult.Done>(await Deciding(shop).Decide(view, again.Id, true, "好", Ct));
    }

    [Theory, OnBothDatabases]
    public async Task Contact_data_is_plain_only_by_policy_and_where_it_may_be_revealed_and_then_it_is_counted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, boss) = (await shop.Hire("Zhang"), await shop.Hire("Boss", "sales_supervisor"));
        await InOneDepartment(shop, boss, zhang);
        await Owned(shop, (await shop.Submit(shop.Lead("13800138000"))).LeadId, zhang);
        Assert.Equal("plain", Assert.Single(Assert.IsType<ExportResult.Invalid>(await Requesting(shop).Request(await shop.As(boss), Wish() with { Plain = true }, Ct)).Errors).Field);
        await shop.Publish(PolicyKind.Exports, new ExportPolicy { PlainContacts = true });
        var export = Assert.IsType<ExportResult.Done>(await Requesting(shop).Request(await shop.As(boss), Wish() with { Plain = true }, Ct)).Export;
        await Worker(shop).Run(Ct);
        Assert.Contains("13800138000", Encoding.UTF8.GetString(await Downloaded(shop, boss, export.Id)), StringComparison.Ordinal);
        Assert.Equal(1, (await Stored(shop, export.Id)).Revealed);
        Assert.Contains("export.revealed", await Events(shop, export.Id));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_taken_back_or_had_its_time_or_whose_owner_lost_the_right_leaves_no_file(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", "lead_administrator");
        await shop.Submit(shop.Lead());
        var (cancelled, ready, lost) = (await Asked(shop, boss), await Asked(shop, boss), await Asked(shop, boss));
        Assert.IsType<ExportResult.Done>(await Deciding(shop).Cancel(await shop.As(boss), cancelled.Id, Ct));
        Assert.IsType<ExportResult.Refused>(await Deciding(shop).Cancel(await shop.As(boss), cancelled.Id, Ct));
        Assert.True(await Running(shop).Execute(ready.Id, Ct));
        Assert.False(await Running(shop).Execute(cancelled.Id, Ct));
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(ExportRefusal.ExportNotReady, Assert.IsType<ExportResult.Refused>((await Reading(shop).Download(await shop.As(boss), ready.Id, Ct)).Refusal).Code);
        Assert.Equal(1, await Worker(shop).Expire(Ct));
        Assert.Equal(ExportState.Expired, (await Stored(shop, ready.Id)).State);

        var view = await shop.As(boss);
        await shop.Settings.Change(scope => scope.Db.UserRoles.Where(r => r.UserId == boss).ExecuteDeleteAsync(Ct), Ct);
        await Worker(shop).Run(Ct);
        Assert.Equal((ExportState.Failed, "not_permitted"), ((await Stored(shop, lost.Id)).State, (await Stored(shop, lost.Id)).Error));
        Assert.Equal(0, await shop.Read(db => db.Set<ExportPiece>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_lost_node_s_work_is_begun_anew_by_another_and_the_old_one_commits_nothing_more(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var boss = await shop.Hire("Boss", "lead_administrator");
        await shop.Submit(shop.Lead());
        var export = await Asked(shop, boss);
        // Another node took it and died, having written a piece.
        await shop.Store.Write(async scope =>
        {
            await scope.Db.Set<ExportRequest>().ExecuteUpdateAsync(e => e.SetProperty(x => x.LeaseUntil, clock.Now.AddMinutes(2)), Ct);
            scope.Db.Add(new ExportPiece { ExportId = export.Id, Number = 0, Content = shop.Vault.SealBytes([1]) });
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);
        Assert.False(await Running(shop).Execute(export.Id, Ct));
        clock.Advance(TimeSpan.FromMinutes(3));
        // This one is so slow that a third one takes it over and ends it in between.
        var taken = false;
        var slow = Running(shop, () =>
        {
            if (!taken)
            {
                taken = true;
                clock.Advance(TimeSpan.FromMinutes(3));
                Wait(Running(shop).Execute(export.Id, Ct));
            }
        });
        Assert.True(await slow.Execute(export.Id, Ct));
        Assert.True(taken);
        Assert.Equal((ExportState.Ready, 1), ((await Stored(shop, export.Id)).State, await shop.Read(db => db.Set<ExportPiece>().CountAsync(Ct))));
        Assert.Equal(["export.requested", "export.made"], await Events(shop, export.Id));
        Assert.Contains("张三", Encoding.UTF8.GetString(await Downloaded(shop, boss, export.Id)), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Many_pages_and_pieces_make_one_whole_file(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var boss = await shop.Hire("Boss", "lead_administrator");
        for (var i = 0; i < 12; i++)
        {
            await shop.Submit(shop.Lead());
        }

        await shop.Store.Write(scope => scope.Db.Set<Lead>().ExecuteUpdateAsync(l => l.SetProperty(x => x.Requirement, new string('需', 40_000)), Ct), Ct);
        var export = Assert.IsType<ExportResult.Done>(await Requesting(shop).Request(await shop.As(boss), Wish() with { Columns = ["requirement", "id"] }, Ct)).Export;
        await Worker(shop).Run(Ct);
        Assert.InRange(await shop.Read(db => db.Set<ExportPiece>().CountAsync(Ct)), 2, 10);
        var lines = Encoding.UTF8.GetString(await Downloaded(shop, boss, export.Id)).TrimEnd().Split("\r\n");
        Assert.Equal(14, lines.Length);
        Assert.All(lines[1..13], l => Assert.StartsWith(new string('需', 40_000) + ",", l, StringComparison.Ordinal));
        Assert.Equal((await Stored(shop, export.Id)).Size, (await Downloaded(shop, boss, export.Id)).Length);
    }

    [Theory, OnBothDatabases]
    public async Task A_file_that_holds_somebody_who_is_erased_goes_with_them_and_no_other(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var (officer, boss) = (await privacy.Officer(), await shop.Hire("Boss", "lead_administrator"));
        await shop.Submit(shop.Lead());
        var before = await Asked(shop, boss);
        await Worker(shop).Run(Ct);
        var phone = shop.NewPhone();
        var theirs = (await shop.Submit(shop.Lead(phone))).LeadId;
        var holding = await Asked(shop, boss);
        await Worker(shop).Run(Ct);
        Assert.Equal(2, await shop.Read(db => db.Set<ExportPage>().CountAsync(Ct)));
        Assert.Equal(holding.Id, Assert.Single(await shop.Read(async db => await new ExportPersonPart().Read(Person(shop, db, theirs), Ct)))["id"]!.GetValue<Guid>());

        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id);

        Assert.Equal((ExportState.Ready, ExportState.Expired), ((await Stored(shop, before.Id)).State, (await Stored(shop, holding.Id)).State));
        Assert.Equal([before.Id], await shop.Read(db => db.Set<ExportPiece>().Select(p => p.ExportId).Distinct().ToListAsync(Ct)));
        Assert.IsType<ExportResult.Refused>((await Reading(shop).Download(await shop.As(boss), holding.Id, Ct)).Refusal);
        Assert.Contains(ExportEvent.Expired, await Events(shop, holding.Id));
    }

    private static PersonWork Person(Shop shop, GranaryDb db, Guid lead) => new()
    {
        Db = db,
        Vault = shop.Vault,
        Keys = [],
        Leads = [lead],
        Values = [],
        Reading = PersonTraces.Read,
        Now = shop.Time.Now,
    };

    private static ExportWish Wish(string? reason = null) => new("", Columns, ExportFormat.Csv, false, reason, "en");

    private static RequestExport Requesting(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static DecideExport Deciding(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static ReadExports Reading(Shop shop) => new(shop.Store, shop.Vault, shop.Time);

    private static RunExport Running(Shop shop, Action? onRow = null) => new(shop.Store, shop.Vault, shop.Settings, shop.Listing, (_, setting) => new ExportWording
    {
        Heading = column => column,
        Word = (column, lead) =>
        {
            onRow?.Invoke();
            return column == "owner" && lead.OwnerId is { } owner ? setting.People[owner].Name : null;
        },
        Watermark = (name, _, id, rows) => string.Create(CultureInfo.InvariantCulture, $"{name} {id} {rows}"),
    }, shop.Time);

    private static void Wait(Task<bool> task) => Assert.True(task.GetAwaiter().GetResult());

    private static ExportWorker Worker(Shop shop) => new(shop.Store, Running(shop), shop.Time);

    private static async Task<ExportRequest> Asked(Shop shop, Guid who, string? reason = null) =>
        Assert.IsType<ExportResult.Done>(await Requesting(shop).Request(await shop.As(who), Wish(reason), Ct)).Export;

    private static Task<ExportRequest> Stored(Shop shop, Guid id) => shop.Read(db => db.Set<ExportRequest>().SingleAsync(e => e.Id == id, Ct));

    private static async Task<byte[]> Downloaded(Shop shop, Guid who, Guid id)
    {
        var (export, _) = await Reading(shop).Download(await shop.As(who), id, Ct);
        using var file = new MemoryStream();
        await Reading(shop).Copy(export!, file, Ct);
        return file.ToArray();
    }

    private static Task<List<string>> Events(Shop shop, Guid id) =>
        shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == id).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct));

    private static Task<List<NoticeKind>> Notices(Shop shop, Guid user) => shop.Read(db => db.Set<Notice>().Where(n => n.UserId == user).Select(n => n.Kind).ToListAsync(Ct));

    private static Task InOneDepartment(Shop shop, params Guid[] people) => shop.Settings.Change(
        async scope =>
        {
            var department = new Department { Id = shop.Time.NewId(), Name = "华东" };
            scope.Db.Add(department);
            await scope.Db.SaveChangesAsync(Ct);
            await scope.Db.Users.Where(u => people.Contains(u.Id)).ExecuteUpdateAsync(u => u.SetProperty(x => x.DepartmentId, department.Id), Ct);
        },
        Ct);

    private static Task<int> Owned(Shop shop, Guid lead, Guid owner) => shop.Store.Write(
        scope => scope.Db.Set<Lead>().Where(l => l.Id == lead).ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, owner).SetProperty(x => x.PoolId, (Guid?)null), Ct), Ct);
}
