using System.Text;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.Opportunities.Import;
using Granary.Application.People;
using Granary.Application.Qualification.Import;
using Granary.Domain.Capture.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

/// <summary>Files of accounts and opportunities in a shop.</summary>
internal sealed class RecordFiles
{
    private readonly Shop _shop;

    public RecordFiles(Shop shop)
    {
        _shop = shop;
        var files = new ImportFiles(shop.Store, shop.Vault, shop.Time);
        Imports = new RecordImports(shop.Store, shop.Vault, shop.Settings, files, [new AccountImport(shop.Vault, shop.Time), new OpportunityImport(shop.Vault)], shop.Time);
        Run = new RecordRun(shop.Store, shop.Settings, Imports, files, shop.Time);
        Errors = new ImportErrors(shop.Store, shop.Vault, files);
    }

    public RecordImports Imports { get; }

    public RecordRun Run { get; }

    public ImportErrors Errors { get; }

    public Task<(ImportBatch Import, RecordPreview Preview)> Keep(Viewer viewer, ImportKind kind, string text) =>
        Imports.Keep(viewer, kind, new MemoryStream(Encoding.UTF8.GetBytes(text)), "records.csv", Shop.Ct);

    /// <summary>Uploads, confirms with the guessed columns, and runs to the end.</summary>
    public async Task<ImportBatch> Import(Viewer viewer, ImportKind kind, string text, ImportMode mode = ImportMode.Create, string? key = null)
    {
        var (import, preview) = await Keep(viewer, kind, text);
        Assert.Empty(await Imports.Confirm(import, preview.Plan with { Mode = mode, KeyField = key }, Shop.Ct));
        return await Run.Execute(import.Id, Shop.Ct);
    }

    public async Task<RecordForecast> Try(Viewer viewer, ImportKind kind, string text, ImportMode mode = ImportMode.Create, string? key = null)
    {
        var (import, preview) = await Keep(viewer, kind, text);
        return await Imports.Try(import, preview.Plan with { Mode = mode, KeyField = key }, viewer, Shop.Ct);
    }

    public Task<List<(int Row, string? Field, string Code)>> Failures(Guid importId) => _shop.Read(async db =>
        (await db.Set<ImportFailure>().Where(f => f.ImportId == importId).OrderBy(f => f.Number).ToListAsync(Shop.Ct))
            .SelectMany(f => Granary.Application.Storage.Json.Read<List<RowError>>(f.Errors).Select(e => (f.Number, e.Field, e.Code))).ToList());
}
