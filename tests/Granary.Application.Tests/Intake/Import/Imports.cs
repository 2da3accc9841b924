using System.Text;
using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.Intake.Import;
using Granary.Domain.Capture.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

/// <summary>Imports of a shop: the words tests speak about files.</summary>
internal sealed class Imports
{
    private readonly Shop _shop;

    public Imports(Shop shop)
    {
        _shop = shop;
        Files = new ImportFiles(shop.Store, shop.Vault, shop.Time);
        Confirming = new ConfirmImport(shop.Store, shop.Settings, Files, shop.Time);
        Run = new ImportRun(shop.Store, shop.Vault, shop.Settings, shop.Intake, Files, shop.Time);
        Reverting = new RevertImport(shop.Store, shop.Settings, shop.Time);
        Forecast = new ForecastImport(shop.Store, shop.Vault, shop.Settings, shop.Intake);
    }

    public ImportFiles Files { get; }

    public ConfirmImport Confirming { get; }

    public ImportRun Run { get; }

    public RevertImport Reverting { get; }

    public ForecastImport Forecast { get; }

    /// <summary>The usual columns.</summary>
    public static ImportMapping Usual { get; } = Mapping("""
        { "columns": { "编号": "externalId", "公司": "company.name", "姓名": "contact.name", "电话": "contact.phones", "需求": "requirement" },
          "constants": { "channel": "展会/上海" } }
        """);

    public static ImportMapping Mapping(string json)
    {
        var (mapping, errors) = ImportMapping.Read(json);
        Assert.Empty(errors);
        return mapping!;
    }

    /// <summary>A file of the usual columns with rows numbered from one to another.</summary>
    public static string Rows(int from, int to)
    {
        var text = new StringBuilder("编号,公司,姓名,电话,需求\n");
        for (var i = from; i <= to; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"N{i},第{i}号测试客户{i % 97}有限公司,张{i},137{i * 7919L % 100_000_000:00000000},采购{i}台\n");
        }

        return text.ToString();
    }

    public Task<ImportBatch> Upload(string text, string name = "leads.csv") => Upload(Encoding.UTF8.GetBytes(text), name);

    public async Task<ImportBatch> Upload(byte[] bytes, string name = "leads.csv") => await Files.Keep(new MemoryStream(bytes), name, null, Shop.Ct);

    /// <summary>Uploads and confirms; nothing runs yet.</summary>
    public async Task<Guid> Confirm(string text, ImportPlan? plan = null)
    {
        var import = await Upload(text);
        Assert.Empty(await Confirming.Confirm(import, plan ?? new ImportPlan(Usual), Shop.Ct));
        return import.Id;
    }

    /// <summary>Uploads, confirms and runs to the end.</summary>
    public async Task<ImportBatch> Import(string text, ImportPlan? plan = null) => await Run.Execute(await Confirm(text, plan), null, Shop.Ct);

    public Task<List<(int Number, RowError Error)>> Failures(Guid importId) => _shop.Read(async db =>
        (await db.Set<ImportFailure>().Where(f => f.ImportId == importId).OrderBy(f => f.Number).ToListAsync(Shop.Ct))
            .SelectMany(f => Granary.Application.Storage.Json.Read<List<RowError>>(f.Errors).Select(e => (f.Number, e))).ToList());
}
