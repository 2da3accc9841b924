using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Intake.Import;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

public sealed class ImportModeTests
{
    private const string First = "编号,公司,姓名,电话,需求\nA1,北京纷扬科技有限公司,张三,13800138000,试用\nA2,上海启明医疗器械有限公司,李四,13800138001,试用\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "externalId")]
    [InlineData(DatabaseKind.Postgres, "externalId")]
    [InlineData(DatabaseKind.Sqlite, "contact.phones")]
    [InlineData(DatabaseKind.Postgres, "contact.phones")]
    public async Task Update_changes_known_leads_with_before_and_after_and_leaves_unknown_ones_out(DatabaseKind kind, string key)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await imports.Import(First);

        const string change = "编号,姓名,电话,需求\nA1,张三丰,13800138000,采购\nB9,无人,13800138009,采购\n";
        var plan = new ImportPlan(Imports.Mapping("""{ "columns": { "编号": "externalId", "姓名": "contact.name", "电话": "contact.phones", "需求": "requirement" } }"""), ImportMode.Update, key);
        var import = await imports.Import(change, plan);

        Assert.Equal((0, 1, 1), (import.Created, import.Refreshed, import.Failed));
        Assert.Equal((3, "not_found", key), Assert.Single(await imports.Failures(import.Id)) is var (number, error) ? (number, error.Code, error.Field) : default);
        var lead = await shop.Read(db => db.Set<Lead>().SingleAsync(l => l.ExternalId == "A1", Ct));
        Assert.Equal(("张三丰", "采购", "北京纷扬科技有限公司", 2), (lead.ContactName, lead.Requirement, lead.CompanyName, lead.Version));
        var edited = Json.Read<EditedData>((await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == LeadEvent.Edited, Ct))).Data);
        Assert.Equal(import.Id, edited.ImportId);
        Assert.Equal([new FieldChange("contact.name", "张三", "张三丰"), new FieldChange("requirement", "试用", "采购")], edited.Changes);
        Assert.Equal(2, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Upsert_creates_what_is_unknown_and_updates_it_when_it_comes_again_in_the_same_file(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await imports.Import(First);

        var import = await imports.Import(
            First.Replace("试用", "采购", StringComparison.Ordinal) + "B1,,王五,13800138005,试用\nB1,,王五,13800138005,采购\n",
            new ImportPlan(Imports.Usual, ImportMode.Upsert, "externalId"));

        Assert.Equal((1, 3, 0), (import.Created, import.Refreshed, import.Failed));
        Assert.All(await shop.Read(db => db.Set<Lead>().ToListAsync(Ct)), l => Assert.Equal("采购", l.Requirement));
        Assert.Equal(3, await shop.Read(db => db.Set<ContactPoint>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task The_difference_shows_before_and_after(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await imports.Import(First);
        var file = First.Replace("试用", "采购", StringComparison.Ordinal);

        var forecast = await imports.Forecast.Of(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)), "a.csv", new ImportPlan(Imports.Usual, ImportMode.Upsert, "contact.phones"), null, null, Ct);

        Assert.Equal(2, forecast.Counts.Refreshed);
        Assert.Equal([(2, "requirement", "试用", "采购"), (3, "requirement", "试用", "采购")],
            forecast.Differences.SelectMany(d => d.Changes, (d, c) => (d.Row, c.Field, c.Before!, c.After!)));
        Assert.All(await shop.Read(db => db.Set<Lead>().ToListAsync(Ct)), l => Assert.Equal("试用", l.Requirement));
    }

    [Theory, OnBothDatabases]
    public async Task A_plan_that_cannot_be_carried_out_is_refused_with_what_is_missing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var file = await imports.Upload(First);

        async Task<IEnumerable<(string, string)>> Errors(ImportPlan plan) => (await imports.Confirming.Confirm(file, plan, Ct)).Select(e => (e.Field, e.Code));

        Assert.Equal([("key", "required")], await Errors(new ImportPlan(Imports.Usual, ImportMode.Update)));
        Assert.Equal([("key", "unknown_value")], await Errors(new ImportPlan(Imports.Usual, ImportMode.Upsert, "requirement")));
        Assert.Equal([("contact.emails", FileCodes.MissingRequiredColumns)], await Errors(new ImportPlan(Imports.Usual, ImportMode.Upsert, "contact.emails")));
        Assert.Equal([("channel", FileCodes.MissingRequiredColumns)], await Errors(new ImportPlan(Imports.Usual with { Constants = new Dictionary<string, string>() })));
        Assert.Empty(await Errors(new ImportPlan(Imports.Usual)));
        Assert.Equal([("state", "not_open")], await Errors(new ImportPlan(Imports.Usual)));
    }

    [Theory, OnBothDatabases]
    public async Task Somebody_updates_only_leads_they_may_edit(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await imports.Import(First);
        var stranger = await shop.Hire("Stranger");
        var file = await imports.Files.Keep(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(First.Replace("试用", "采购", StringComparison.Ordinal))), "a.csv", stranger, Ct);
        await imports.Confirming.Confirm(file, new ImportPlan(Imports.Usual, ImportMode.Update, "externalId"), Ct);

        var import = await imports.Run.Execute(file.Id, null, Ct);

        Assert.Equal((0, 2), (import.Refreshed, import.Failed));
        Assert.All(await imports.Failures(import.Id), f => Assert.Equal("not_found", f.Error.Code));
    }

    [Theory, OnBothDatabases]
    public async Task The_mapping_is_remembered_for_a_file_with_the_same_headings_and_the_same_file_is_recognised(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var preview = new PreviewImport(shop.Store, shop.Settings, imports.Files, shop.Time);
        var before = await preview.Of(await imports.Upload(First), Ct);
        var first = await imports.Import(First);

        var same = await preview.Of(await imports.Upload(First), Ct);
        var other = await preview.Of(await imports.Upload(First.Replace("A1", "A7", StringComparison.Ordinal)), Ct);

        Assert.False(before.Remembered);
        Assert.Equal(["channel"], before.Unsupplied);
        Assert.True(same.Remembered && other.Remembered);
        Assert.Equal("展会/上海", other.Plan.Mapping.Constants["channel"]);
        Assert.Equal((first.Id, null), (same.Earlier?.Id, other.Earlier?.Id));
    }
}
