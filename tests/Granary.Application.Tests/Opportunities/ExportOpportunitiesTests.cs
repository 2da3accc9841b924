using System.IO.Compression;
using System.Text;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy.Exports;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Opportunities;

public sealed class ExportOpportunitiesTests
{
    private static readonly OpportunityWording Words = new()
    {
        Heading = c => c,
        Field = f => f.Name,
        Value = (f, value) => f.Choices.FirstOrDefault(c => c.Id == value)?.Name ?? value,
        Line = o => o.Line,
        Stage = o => o.Stage,
        Watermark = (who, _, number, rows) => $"{who} {number} {rows}",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task What_is_both_seen_and_may_be_taken_out_is_written_with_its_fields_marked_and_logged(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (zhang, deal) = await shop.Deal();
        var (li, other) = await shop.Deal("Li");
        var supervisor = await shop.Hire("Boss", "sales_supervisor");
        await shop.Team(zhang.UserId, supervisor);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy
        {
            Fields =
            [
                new() { Owner = CustomFieldOwner.Opportunity, Key = "level", Name = "意向等级", Kind = CustomFieldKind.Choice, Choices = [new("high", "高")] },
                new() { Owner = CustomFieldOwner.Opportunity, Key = "seats", Name = "席位", Kind = CustomFieldKind.Number },
                new() { Owner = CustomFieldOwner.Lead, Key = "other", Name = "别的" },
            ],
        });
        Assert.IsType<OpportunityResult.Done>(await shop.Changing.Edit(
            zhang, deal.Id, o => o with { Name = "=HYPERLINK(1)", Amount = 1000.05m, ExpectedOn = new DateOnly(2026, 12, 24), Custom = new Dictionary<string, string> { ["level"] = "high", ["seats"] = "-20" } }, ct: Ct));

        var boss = await shop.As(supervisor);
        var lines = Lines(await File(shop, boss));
        Assert.Equal("code,name,account,owner,line,stage,grade,inquiry,amount,weighted,month,createdAt,意向等级,席位", lines[0]);
        var cells = lines[1].Split(',');
        var weighted = Forecast.Of([new ForecastLine(1000.05m, deal.Inquiry)], ForecastRates.BuiltIn).Weighted;
        Assert.Equal([deal.Code, "'=HYPERLINK(1)", "上海Zhang机械有限公司", "Zhang", "default", deal.Stage, "", $"{deal.Inquiry}"], cells[..8]);
        Assert.Equal((1000.05m, weighted, "2026-12"), (Number(cells[8]), Number(cells[9]), cells[10]));
        Assert.Equal(("高", -20m), (cells[12], Number(cells[13])));
        Assert.Equal(3, lines.Length);
        var noted = await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == OpportunityEvent.Exported, Ct));
        Assert.Equal((supervisor, $"Boss {noted.SubjectId} 1"), (noted.ActorId!.Value, lines[2]));

        // Who sees but may not take out gets nothing; nor does a handover widen what may be taken out.
        Assert.Equal(2, Lines(await File(shop, li)).Length);
        await shop.Store.Write(scope => scope.Db.Set<Opportunity>().Where(o => o.Id == other.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.ReceiverId, supervisor), Ct), Ct);
        Assert.Equal(3, Lines(await File(shop, boss)).Length);
        Assert.Equal(4, Lines(await File(shop, await shop.As(await shop.Hire("Admin", BuiltInRoles.Administrator)))).Length);
    }

    [Theory, OnBothDatabases]
    public async Task More_rows_than_need_no_approval_are_refused_and_not_logged_and_a_filter_narrows_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (_, deal) = await shop.Deal();
        await shop.Deal("Li");
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.Administrator));
        await shop.Publish(PolicyKind.Exports, new ExportPolicy { ApprovalAbove = 1, MostRows = 2 });

        Assert.Equal(new OpportunityFile(null, 1), await Export(shop).File(boss, new OpportunityFilter(), ExportFormat.Csv, Words, Ct));
        Assert.Equal(0, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == OpportunityEvent.Exported, Ct)));
        Assert.Contains(deal.Code, Lines(await File(shop, boss, new OpportunityFilter { Text = "上海Zhang" }))[1], StringComparison.Ordinal);
        var noted = await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == OpportunityEvent.Exported, Ct));
        Assert.DoesNotContain("Zhang", noted.Data, StringComparison.Ordinal);

        var book = (await Export(shop).File(boss, new OpportunityFilter { Text = deal.Code }, ExportFormat.Xlsx, Words, Ct)).Content!;
        using var archive = new ZipArchive(new MemoryStream(book));
        using var sheet = new StreamReader(archive.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        Assert.Contains(deal.Code, await sheet.ReadToEndAsync(Ct), StringComparison.Ordinal);
    }

    private static ExportOpportunities Export(Shop shop) => new(shop.Store, shop.Settings, new ListOpportunities(shop.Store, shop.Settings), shop.Time);

    private static async Task<byte[]> File(Shop shop, Viewer viewer, OpportunityFilter? filter = null) =>
        (await Export(shop).File(viewer, filter ?? new OpportunityFilter(), ExportFormat.Csv, Words, Ct)).Content!;

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static decimal Number(string cell) => decimal.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
}
