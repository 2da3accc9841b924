using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Import;

/// <summary>What the pages of imports post, download and listen to.</summary>
internal static class ImportForms
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static void MapImportForms(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("").Require(Permission.ImportLeads).ExcludeFromDescription();
        forms.MapPost(ImportUrls.Files, Upload).LimitUpload();
        forms.MapPost("/imports/{id:guid}/confirmation", Confirm);
        forms.MapPost("/imports/{id:guid}/discarding", Discard);
        forms.MapPost("/imports/{id:guid}/reversal", Revert);
        forms.MapGet("/imports/{id:guid}/errors", Errors);
        forms.MapGet("/imports/{id:guid}/progress", Progress);
    }

    /// <summary>Lets an endpoint take a file in memory: nothing of it may lie on a disk unencrypted.</summary>
    public static RouteHandlerBuilder LimitUpload(this RouteHandlerBuilder endpoint)
    {
        const int frame = 1 << 20, most = (int)ImportFiles.MostBytes + frame;
        return endpoint.LimitBody(most).WithFormOptions(memoryBufferThreshold: most, multipartBodyLengthLimit: most);
    }

    /// <summary>An import the viewer reaches.</summary>
    public static async Task<ImportBatch?> Find(this Viewer viewer, Store store, Guid id, CancellationToken ct)
    {
        await using var db = store.Open();
        return await viewer.Imports(db).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct);
    }

    private static async Task<RedirectHttpResult> Upload(
        IFormFile? file, HttpContext http, ImportFiles files, PreviewImport preview, Viewer viewer, ImportWords words, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        if (file is null)
        {
            return Say(http, Tone.Danger, texts["upload.none"], ImportUrls.New);
        }

        ImportBatch? import = null;
        try
        {
            await using var content = file.OpenReadStream();
            import = await files.Keep(content, Path.GetFileName(file.FileName), viewer.UserId, ct);
            await preview.Of(import, ct);
            return TypedResults.LocalRedirect(ImportUrls.Columns(import.Id));
        }
        catch (UnusableFileException e)
        {
            if (import is not null)
            {
                await files.Discard(import.Id, ct);
            }

            return Say(http, Tone.Danger, words.Of(e), ImportUrls.New);
        }
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Confirm(
        Guid id, IFormCollection form, HttpContext http, ConfirmImport confirm, Store store, Viewer viewer, ImportWords words, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        if (await viewer.Find(store, id, ct) is not { } import)
        {
            return TypedResults.NotFound();
        }

        if (ImportPlan.Of(import) is not { } plan)
        {
            return TypedResults.LocalRedirect(ImportUrls.Columns(id));
        }

        var errors = await confirm.Confirm(import, plan, ct);
        return errors.Count == 0 ? TypedResults.LocalRedirect(ImportUrls.Import(id))
            : Say(http, Tone.Danger, errors.Any(e => e.Code == "not_open") ? texts["not_open"] : string.Join(" ", words.Of(errors)), ImportUrls.Import(id));
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Discard(
        Guid id, IFormCollection form, HttpContext http, ImportFiles files, Store store, Viewer viewer, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        if (await viewer.Find(store, id, ct) is null)
        {
            return TypedResults.NotFound();
        }

        await files.Discard(id, ct);
        return Say(http, Tone.Ok, texts["discarded"], ImportUrls.List);
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Revert(
        Guid id, IFormCollection form, HttpContext http, RevertImport revert, Store store, Viewer viewer, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        if (await viewer.Find(store, id, ct) is null)
        {
            return TypedResults.NotFound();
        }

        return await revert.Revert(id, viewer.UserId, ct) switch
        {
            RevertResult.Reverted => Say(http, Tone.Ok, texts["reverted"], ImportUrls.Import(id)),
            RevertResult.Touched touched => Say(http, Tone.Danger, texts["revert.touched", touched.Leads], ImportUrls.Import(id)),
            _ => Say(http, Tone.Danger, texts["revert.notEnded"], ImportUrls.Import(id)),
        };
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> Errors(Guid id, ImportErrors errors, ImportFiles files, Store store, Viewer viewer, ImportWords words, CancellationToken ct) =>
        await viewer.Find(store, id, ct) is { } import && files.Keeps(import) ? ErrorFile(import, errors, words.ErrorFile, ct) : TypedResults.NotFound();

    /// <summary>The rows left out, as a file.</summary>
    public static PushStreamHttpResult ErrorFile(ImportBatch import, ImportErrors errors, ErrorWords words, CancellationToken ct) =>
        TypedResults.Stream(
            async stream =>
            {
                using var file = new MemoryStream();
                await errors.Write(import, file, words, ct);
                file.Position = 0;
                await file.CopyToAsync(stream, ct);
            },
            "text/csv; charset=utf-8",
            Path.GetFileNameWithoutExtension(import.FileName) + "-errors.csv");

    private static async Task<Results<ServerSentEventsResult<string>, NotFound>> Progress(Guid id, IServiceProvider services, ILoggerFactory log, Store store, Viewer viewer, StillSignedIn signedIn, HttpContext http, CancellationToken ct) =>
        await viewer.Find(store, id, ct) is null ? TypedResults.NotFound() : TypedResults.ServerSentEvents(Beats(id, services, log, store, signedIn, http.User, ct));

    private static async IAsyncEnumerable<SseItem<string>> Beats(
        Guid id, IServiceProvider services, ILoggerFactory log, Store store, StillSignedIn signedIn, ClaimsPrincipal user, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var renderer = new HtmlRenderer(services, log);
        // Asked anew for each beat: an import may run longer than whoever watches it is signed in.
        while (await signedIn.ViewerOf(user, ct) is { } viewer && await viewer.Find(store, id, ct) is { State: ImportState.Running } import)
        {
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<ImportProgress>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Import"] = import }))).ToHtmlString());
            yield return new SseItem<string>(html, "html");
            await Task.Delay(Beat, ct);
        }

        yield return new SseItem<string>("", "done");
    }

    private static RedirectHttpResult Say(HttpContext http, Tone tone, string words, string then)
    {
        Toasts.Leave(http, tone, words);
        return TypedResults.LocalRedirect(then);
    }
}
