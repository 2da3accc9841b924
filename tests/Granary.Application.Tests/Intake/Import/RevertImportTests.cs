using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Intake.Import;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Matching;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

public sealed class RevertImportTests
{
    private const string Mature = """
        公司,行业,规模,姓名,角色,电话,预算,匹配
        北京纷扬科技有限公司,软件,large,张三,决策者,13800138000,50万,full
        上海启明医疗器械有限公司,医疗,large,李四,决策者,13800138001,50万,full
        深圳远望软件有限公司,软件,large,王五,决策者,13800138000,50万,full
        """;

    private static readonly ImportMapping Columns = Imports.Mapping("""
        { "columns": { "公司": "company.name", "行业": "company.industry", "规模": "company.size", "姓名": "contact.name", "角色": "contact.role", "电话": "contact.phones",
          "预算": "budget", "匹配": "budget.match" }, "constants": { "channel": "官网/百度搜索" } }
        """);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Leads_it_made_are_voided_places_are_free_again_and_the_file_can_come_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var zhang = await shop.Hire("Zhang");
        await shop.Submit(shop.Lead());
        var import = await imports.Import(Mature, new ImportPlan(Columns));
        Assert.Equal(4, await Holding(shop, zhang));

        var result = await imports.Reverting.Revert(import.Id, zhang, Ct);
        var voided = await shop.Read(db => db.Set<Lead>().Where(l => l.ImportId == import.Id).ToListAsync(Ct));
        var again = await imports.Import(Mature, new ImportPlan(Columns));

        Assert.IsType<RevertResult.Reverted>(result);
        Assert.All(voided, l => Assert.Equal((LeadStatus.Voided, (Guid?)null, (Guid?)null, (DateTimeOffset?)null), (l.Status, l.OwnerId, l.PoolId, l.RetryAt)));
        Assert.Equal([Ended.Voided, Ended.Voided, Ended.Voided], await shop.Read(db => db.Set<OwnershipRecord>().Where(o => o.Ended != null).Select(o => o.Ended!.Value).ToListAsync(Ct)));
        Assert.Equal(3, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == LeadEvent.Voided && e.ActorId == zhang, Ct)));
        Assert.Equal((2, 1, 0), (again.Created, again.Linked, again.Repeated));
        Assert.Equal(4, await Holding(shop, zhang));
        Assert.IsType<RevertResult.NotEnded>(await imports.Reverting.Revert(import.Id, zhang, Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_lead_that_somebody_worked_on_keeps_the_whole_import(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await shop.Hire("Zhang");
        var import = await imports.Import(Mature, new ImportPlan(Columns));
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.ContactName == "李四").ExecuteUpdateAsync(l => l.SetProperty(x => x.Version, 2), Ct), Ct);
        // Another lead is linked to one of it.
        await shop.Submit(shop.Lead("13800138000"));

        var result = await imports.Reverting.Revert(import.Id, null, Ct);

        Assert.Equal(2, Assert.IsType<RevertResult.Touched>(result).Leads);
        Assert.Equal(ImportState.Done, (await shop.Read(db => db.Set<ImportBatch>().SingleAsync(Ct))).State);
        Assert.Equal(0, await shop.Read(db => db.Set<Lead>().CountAsync(l => l.Status == LeadStatus.Voided, Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Leads_it_updated_get_back_what_they_were(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await shop.Hire("Zhang");
        await imports.Import(Mature, new ImportPlan(Columns));
        var before = await Facts(shop);

        var update = await imports.Import(
            "电话,姓名,需求,邮箱,浏览\n13800138000,张三丰,新的需求,new@example.com,9\n13800138000,张无忌,更新的需求,newer@example.com,1\n",
            new ImportPlan(
                Imports.Mapping("""{ "columns": { "电话": "contact.phones", "姓名": "contact.name", "需求": "requirement", "邮箱": "contact.emails", "浏览": "touches.pageVisited" } }"""),
                ImportMode.Update,
                "contact.phones"));
        var between = await Facts(shop);
        var result = await imports.Reverting.Revert(update.Id, null, Ct);

        Assert.Equal(2, update.Refreshed);
        Assert.NotEqual(before, between);
        Assert.IsType<RevertResult.Reverted>(result);
        Assert.Equal(before, await Facts(shop));
    }

    [Theory, OnBothDatabases]
    public async Task A_consumer_that_it_refreshed_is_as_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await shop.Publish(PolicyKind.Duplicates, DuplicatePolicies.BuiltIn with { Default = DuplicatePolicy.Consumer });
        await shop.Submit(shop.Lead("13800138000"));
        await shop.Hire("Zhang");
        var before = await Facts(shop);

        var import = await imports.Import(Mature, new ImportPlan(Columns));
        await imports.Reverting.Revert(import.Id, null, Ct);

        Assert.Equal((1, 2), (import.Created, import.Refreshed));
        Assert.Equal(before, await Facts(shop));
        Assert.Equal(0, await shop.Read(db => db.Set<UserLoad>().SumAsync(l => l.Holding, Ct)));
        Assert.Equal(0, await shop.Read(db => db.Set<KeptSubmission>().CountAsync(Ct)));
    }

    private static Task<int> Holding(Shop shop, Guid user) => shop.Read(db => db.Set<UserLoad>().Where(l => l.UserId == user).Select(l => l.Holding).SingleAsync(Ct));

    // What a lead is, apart from its version and history.
    private static Task<string> Facts(Shop shop) => shop.Read(async db =>
    {
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => l.Status != LeadStatus.Voided).OrderBy(l => l.Id).ToListAsync(Ct);
        var ids = leads.ConvertAll(l => l.Id);
        var contacts = await db.Set<ContactPoint>().AsNoTracking().Where(c => ids.Contains(c.LeadId)).OrderBy(c => c.LeadId).ThenBy(c => c.Ordinal).Select(c => new { c.LeadId, c.Kind, c.Key, c.Seq }).ToListAsync(Ct);
        var touches = await db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).CountAsync(Ct);
        leads.ForEach(l => (l.Version, l.ChangedAt) = (0, default));
        return Json.Write(new { leads, contacts, touches });
    });
}
