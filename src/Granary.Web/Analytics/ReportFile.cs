using System.Globalization;
using Granary.Application.Analytics;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Analytics;

/// <summary>A report's figures as CSV or a workbook: marked with who took it out, and in the log. They are sums and hold no record.</summary>
public sealed class ReportFile(ReportWords words, IStringLocalizer<AnalyticsTexts> texts, Setting setting, NoteReportExport note, TimeProvider time)
{
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/analytics/{name}/file", Download).ExcludeFromDescription().Require(Permission.ViewReports).Require(Permission.ExportLeads);

    private static async Task<IResult> Download(string name, string? format, HttpContext http, BuildReport build, ReportFile file, Viewer viewer, CancellationToken ct)
    {
        if (build.Find(name) is not { } report)
        {
            return TypedResults.NotFound();
        }

        var wanted = Enum.GetValues<ExportFormat>().FirstOrDefault(f => WireName.Of(f) == format, ExportFormat.Csv);
        var query = ReportAddress.Read(http, report, file.Today);
        return await file.Of(viewer, await build.Of(viewer, report, query, ct), wanted, ct);
    }

    private DateOnly Today => setting.Calendar.DateOf(time.GetUtcNow());

    private async Task<IResult> Of(Viewer viewer, BuiltReport built, ExportFormat format, CancellationToken ct)
    {
        var (number, rows) = (time.NewId(), 0);
        using var stream = new MemoryStream();
        using (var writer = ExportWriter.Of(format, stream))
        {
            void Row(params ExportCell[] cells) => writer.Row(cells);
            Row(ExportCell.Of(words.Question(built.Report)));
            Row(ExportCell.Of($"{ReportAddress.Iso(built.Query.From)} – {ReportAddress.Iso(built.Query.To)}"));
            foreach (var figure in built.Body.Figures)
            {
                Row(ExportCell.Of(words.Word($"figure.{figure.Key}")), ExportCell.Of(ReportWords.Exact(figure.Unit, figure.Value)), ExportCell.Of(ReportWords.Exact(figure.Unit, figure.Before)));
            }

            foreach (var table in built.Body.Tables)
            {
                Row(default(ExportCell));
                Row([ExportCell.Of(words.Word($"table.{table.Key}")), .. table.Columns.Select(c => ExportCell.Of(words.Word($"column.{c.Key}")))]);
                foreach (var row in table.Rows.Concat(table.Total is { } total ? [total] : []))
                {
                    Row([ExportCell.Of(words.Of(row.Label)), .. row.Cells.Select((c, i) => ExportCell.Of(ReportWords.Exact(table.Columns[i].Unit, c.Value)))]);
                    rows++;
                }
            }

            Row(ExportCell.Of(texts["export.watermark", viewer.Name, TimeZoneInfo.ConvertTime(time.GetUtcNow(), setting.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), number].Value));
        }

        await note.Of(viewer, built, format, number, rows, ct);
        return TypedResults.File(stream.ToArray(), ExportWriter.TypeOf(format), $"{built.Report.Name}-{built.Query.From:yyyyMMdd}-{built.Query.To:yyyyMMdd}.{WireName.Of(format)}");
    }
}
