using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Granary.Application.Desk.Exports;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>What the pages of exports post, download and listen to.</summary>
internal static class ExportForms
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static void MapExportForms(this IEndpointRouteBuilder app)
    {
        var exports = app.MapGroup(ExportUrls.List);
        exports.MapPost("/{id:guid}/decision", Decide).Require(Permission.ApproveExports);
        exports.MapPost("/{id:guid}/cancellation", Cancel).Require(Permission.ExportLeads);
        exports.MapGet("/{id:guid}/file", Download).Require(Permission.ExportLeads);
        exports.MapGet("/{id:guid}/progress", Progress).Require(Permission.ViewLeads);
    }

    private static async Task<RedirectHttpResult> Decide(
        Guid id, [FromForm] bool approved, [FromForm] string? comment, HttpContext http, DecideExport decide, ExportWords words, Viewer viewer, IStringLocalizer<ExportTexts> texts, CancellationToken ct) =>
        Say(http, await decide.Decide(viewer, id, approved, comment, ct), words, texts[approved ? "approved" : "refused"], ExportUrls.Export(id));

    private static async Task<RedirectHttpResult> Cancel(
        Guid id, IFormCollection form, HttpContext http, DecideExport decide, ExportWords words, Viewer viewer, IStringLocalizer<ExportTexts> texts, CancellationToken ct) =>
        Say(http, await decide.Cancel(viewer, id, ct), words, texts["cancelled"], ExportUrls.Export(id));

    private static async Task<IResult> Download(Guid id, HttpContext http, ReadExports read, ExportWords words, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var (export, refusal) = await read.Download(viewer, id, ct);
        return export is not null ? ExportsApi.FileOf(export, read, setting)
            : refusal is ExportResult.NotFound ? TypedResults.NotFound()
            : Say(http, refusal!, words, "", ExportUrls.Export(id));
    }

    private static async Task<Results<ServerSentEventsResult<string>, NotFound>> Progress(Guid id, IServiceProvider services, ILoggerFactory log, ReadExports read, Viewer viewer, CancellationToken ct) =>
        await read.Find(viewer, id, ct) is null ? TypedResults.NotFound() : TypedResults.ServerSentEvents(Beats(id, services, log, read, viewer, ct));

    private static async IAsyncEnumerable<SseItem<string>> Beats(
        Guid id, IServiceProvider services, ILoggerFactory log, ReadExports read, Viewer viewer, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var renderer = new HtmlRenderer(services, log);
        while (await read.Find(viewer, id, ct) is { State: ExportState.Running } export)
        {
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<ExportProgress>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Export"] = export }))).ToHtmlString());
            yield return new SseItem<string>(html, "html");
            await Task.Delay(Beat, ct);
        }

        yield return new SseItem<string>("", "done");
    }

    private static RedirectHttpResult Say(HttpContext http, ExportResult result, ExportWords words, string done, string then)
    {
        Toasts.Leave(http, result is ExportResult.Done ? Tone.Ok : Tone.Danger, result is ExportResult.Done ? done : words.Of(result));
        return TypedResults.LocalRedirect(result is ExportResult.NotFound ? ExportUrls.List : then);
    }
}
