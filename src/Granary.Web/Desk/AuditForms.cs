using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Granary.Application.People;
using Granary.Application.Privacy.Audit;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>What the page of the audit posts and listens to.</summary>
internal static class AuditForms
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static void MapAuditForms(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("").Require(Permission.ViewAudit);
        audit.MapPost(AuditUrls.Verifications, Verify);
        audit.MapGet($"{AuditUrls.Verifications}/{{id:guid}}/progress", Progress);
    }

    private static async Task<RedirectHttpResult> Verify([FromForm] string? noted, HttpContext http, VerifyAudit audit, Viewer viewer, IStringLocalizer<AuditTexts> texts, CancellationToken ct)
    {
        var text = noted?.Trim() ?? "";
        var hash = AuditNotes.Hex(text);
        if (text.Length > 0 && hash is null)
        {
            Toasts.Leave(http, Tone.Danger, texts["noted.wrong"]);
            return TypedResults.LocalRedirect(AuditUrls.Page);
        }

        await audit.Request(viewer, hash, ct);
        return TypedResults.LocalRedirect(AuditUrls.Page);
    }

    private static async Task<Results<ServerSentEventsResult<string>, NotFound>> Progress(Guid id, IServiceProvider services, ILoggerFactory log, VerifyAudit audit, CancellationToken ct) =>
        await audit.Find(id, ct) is null ? TypedResults.NotFound() : TypedResults.ServerSentEvents(Beats(id, services, log, audit, ct));

    private static async IAsyncEnumerable<SseItem<string>> Beats(Guid id, IServiceProvider services, ILoggerFactory log, VerifyAudit audit, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var renderer = new HtmlRenderer(services, log);
        while (await audit.Find(id, ct) is { State: AuditState.Running } running)
        {
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<AuditProgress>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Verification"] = running }))).ToHtmlString());
            yield return new SseItem<string>(html, "html");
            await Task.Delay(Beat, ct);
        }

        yield return new SseItem<string>("", "done");
    }
}
