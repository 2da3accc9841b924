using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Campaigns;

/// <summary>Campaigns and tracking reports as CSV, with the headings of the reader's language and who took it out below.</summary>
public sealed class CampaignFiles(IStringLocalizer<CampaignTexts> texts, CampaignWords words, Setting setting, TimeProvider time)
{
    private static readonly string[] Columns = ["name", "code", "type", "stage", "owner", "startsOn", "endsOn", "place", "region", "leads", "planned", "actual"];
    private static readonly string[] ReportColumns = ["day", "point", "leads", "mql", "sql", "opportunities", "opportunityAmount", "won", "amount", "payments", "actual", "roi", "roi.net"];

    /// <summary>A list of campaigns.</summary>
    public byte[] List(Viewer viewer, IReadOnlyList<ListedCampaign> rows) => Write(viewer, Columns, rows.Count, rows.Select(r => (IReadOnlyList<ExportCell>)
    [
        ExportCell.Of(r.Campaign.Name), ExportCell.Of(r.Campaign.Code), ExportCell.Of(words.Type(r.Campaign.Type)), ExportCell.Of(words.Stage(r.Campaign.Stage)), ExportCell.Of(words.Person(r.Campaign.OwnerId)),
        ExportCell.Of(Day(r.Campaign.StartsOn)), ExportCell.Of(Day(r.Campaign.EndsOn)), ExportCell.Of(r.Campaign.Place), ExportCell.Of(r.Campaign.Region), ExportCell.Of((decimal)r.Leads), ExportCell.Of(r.Planned), ExportCell.Of(r.Cost),
    ]));

    /// <summary>The tracking reports of a campaign.</summary>
    public byte[] Reports(Viewer viewer, IReadOnlyList<CampaignReport> rows) => Write(viewer, ReportColumns, rows.Count, rows.Select(r => (IReadOnlyList<ExportCell>)
    [
        ExportCell.Of(Day(r.OnDay)), ExportCell.Of(words.Points(r.Points)), ExportCell.Of((decimal)r.Leads), ExportCell.Of((decimal)r.MqlLeads), ExportCell.Of((decimal)r.SqlLeads), ExportCell.Of((decimal)r.Opportunities),
        ExportCell.Of(r.OpportunityAmount), ExportCell.Of((decimal)r.Won), ExportCell.Of(r.WonAmount), ExportCell.Of(r.Payments), ExportCell.Of(r.Cost), ExportCell.Of(CampaignFigures.Return(r.WonAmount, r.Cost)),
        ExportCell.Of(CampaignFigures.NetReturn(r.Payments, r.Cost)),
    ]));

    private byte[] Write(Viewer viewer, string[] head, int count, IEnumerable<IReadOnlyList<ExportCell>> rows)
    {
        using var stream = new MemoryStream();
        using (var writer = ExportWriter.Of(ExportFormat.Csv, stream))
        {
            writer.Row([.. head.Select(h => ExportCell.Of(texts[h].Value))]);
            foreach (var row in rows)
            {
                writer.Row(row);
            }

            writer.Row([ExportCell.Of(texts["watermark", viewer.Name, TimeZoneInfo.ConvertTime(time.GetUtcNow(), setting.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), count].Value)]);
            writer.Flush();
        }

        return stream.ToArray();
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Downloads, and the ranking as it changes.</summary>
internal static class CampaignFileEndpoints
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static void MapCampaignFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet(CampaignUrls.File, List).Require(Permission.ViewCampaigns).Require(Permission.ExportLeads);
        app.MapGet("/campaigns/{id:guid}/reports.csv", Reports).Require(Permission.ViewCampaigns).Require(Permission.ExportLeads);
        app.MapGet("/campaigns/{id:guid}/ranking", Ranking).Require(Permission.ViewCampaigns);
    }

    private static async Task<IResult> List([AsParameters] CampaignQuery query, ExportCampaigns export, CampaignFiles write, Viewer viewer, HttpContext http, CampaignWords words, CancellationToken ct)
    {
        var result = await export.List(viewer, query.Filter, ct);
        if (result is AccountResult<IReadOnlyList<ListedCampaign>>.Done(var rows))
        {
            return File(write.List(viewer, rows), "campaigns.csv");
        }

        Toasts.Leave(http, Tone.Danger, words.Refusal((result as AccountResult<IReadOnlyList<ListedCampaign>>.Refused)?.Code ?? CampaignRefusal.Forbidden));
        return TypedResults.LocalRedirect(CampaignUrls.Page(query.Filter));
    }

    private static async Task<IResult> Reports(Guid id, ExportCampaigns export, CampaignFiles write, Viewer viewer, CancellationToken ct) => await export.Reports(viewer, id, ct) switch
    {
        AccountResult<IReadOnlyList<CampaignReport>>.Done(var rows) => File(write.Reports(viewer, rows), $"campaign-reports-{id:N}.csv"),
        AccountResult<IReadOnlyList<CampaignReport>>.NotFound => Problem.NotFound(),
        _ => Problem.Forbidden(),
    };

    private static async Task<Results<ServerSentEventsResult<string>, NotFound>> Ranking(Guid id, IServiceProvider services, ILoggerFactory log, ReadSite read, ReadCampaigns campaigns, Viewer viewer, CancellationToken ct) =>
        await campaigns.Find(viewer, id, ct) is null ? TypedResults.NotFound() : TypedResults.ServerSentEvents(Beats(id, services, log, read, campaigns, viewer, ct));

    private static async IAsyncEnumerable<SseItem<string>> Beats(Guid id, IServiceProvider services, ILoggerFactory log, ReadSite read, ReadCampaigns campaigns, Viewer viewer, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var renderer = new HtmlRenderer(services, log);
        // Once the event is over nothing changes by itself.
        for (string? before = null; await campaigns.Find(viewer, id, ct) is { Campaign.Stage: CampaignStage.Run } && await read.Report(viewer, id, null, ct) is { } report;)
        {
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<CampaignRanking>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Report"] = report }))).ToHtmlString());
            if (html != before)
            {
                yield return new SseItem<string>(html, "html");
                before = html;
            }

            await Task.Delay(Beat, ct);
        }

        yield return new SseItem<string>("", "done");
    }

    private static FileContentHttpResult File(byte[] content, string name) => TypedResults.File(content, ExportWriter.TypeOf(ExportFormat.Csv), name);
}
