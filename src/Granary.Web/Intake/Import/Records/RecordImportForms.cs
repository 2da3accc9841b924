using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Web.Components.Ui;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Import.Records;

/// <summary>What the pages of imports of accounts and opportunities post and download.</summary>
internal static class RecordImportForms
{
    public static void MapRecordImportForms(this IEndpointRouteBuilder app)
    {
        foreach (var routes in RecordRoutes.All)
        {
            var forms = app.MapGroup(routes.List).WithMetadata(routes).Require(routes.Permission).ExcludeFromDescription();
            forms.MapPost("/files", Upload).LimitUpload();
            forms.MapPost("/{id:guid}/plan", Plan);
            forms.MapPost("/{id:guid}/confirmation", Confirm);
            forms.MapPost("/{id:guid}/discarding", Discard);
            forms.MapGet("/{id:guid}/errors", Errors);
        }
    }

    private static async Task<RedirectHttpResult> Upload(
        IFormFile? file, HttpContext http, RecordImports imports, Viewer viewer, RecordWords words, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        var routes = RecordRoutes.Of(http);
        if (file is null)
        {
            return Say(http, Tone.Danger, texts["upload.none"], routes.List);
        }

        try
        {
            await using var content = file.OpenReadStream();
            var (import, _) = await imports.Keep(viewer, routes.Kind, content, Path.GetFileName(file.FileName), ct);
            return TypedResults.LocalRedirect(routes.Import(import.Id));
        }
        catch (UnusableFileException e)
        {
            return Say(http, Tone.Danger, words.Of(e), routes.List);
        }
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Plan(
        Guid id, IFormCollection form, HttpContext http, RecordImports imports, Store store, Viewer viewer, RecordWords words, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        var routes = RecordRoutes.Of(http);
        if (await viewer.FindRecords(store, routes, id, ct) is not { } import)
        {
            return TypedResults.NotFound();
        }

        Dictionary<string, string?> columns = [];
        foreach (var (heading, to) in form["heading"].Zip(form["to"]))
        {
            columns[heading ?? ""] = string.IsNullOrEmpty(to) ? null : to;
        }

        var mode = Enum.TryParse<ImportMode>(form["mode"], out var chosen) && Enum.IsDefined(chosen) ? chosen : ImportMode.Create;
        var key = mode != ImportMode.Create && form["key"].ToString() is { Length: > 0 } field ? field : null;
        var errors = import.State == ImportState.Uploaded ? await imports.Draft(import, new RecordPlan(new RecordMapping { Columns = columns }, mode, key), ct) : [new("state", "not_open")];
        return errors.Count == 0 ? TypedResults.LocalRedirect(routes.Difference(id))
            : Say(http, Tone.Danger, errors.Any(e => e.Code == "not_open") ? texts["not_open"] : string.Join(" ", errors.Select(e => words.Of(routes.Kind, e))), routes.Import(id));
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Confirm(
        Guid id, IFormCollection form, HttpContext http, RecordImports imports, Store store, Viewer viewer, RecordWords words, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        var routes = RecordRoutes.Of(http);
        if (await viewer.FindRecords(store, routes, id, ct) is not { } import)
        {
            return TypedResults.NotFound();
        }

        if (RecordPlan.Of(import) is not { } plan)
        {
            return TypedResults.LocalRedirect(routes.Import(id));
        }

        var errors = import.State == ImportState.Uploaded ? await imports.Confirm(import, plan, ct) : [new("state", "not_open")];
        return errors.Count == 0 ? TypedResults.LocalRedirect(routes.Import(id))
            : Say(http, Tone.Danger, errors.Any(e => e.Code == "not_open") ? texts["not_open"] : string.Join(" ", errors.Select(e => words.Of(routes.Kind, e))), routes.Import(id));
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> Discard(
        Guid id, IFormCollection form, HttpContext http, ImportFiles files, Store store, Viewer viewer, IStringLocalizer<ImportTexts> texts, CancellationToken ct)
    {
        var routes = RecordRoutes.Of(http);
        if (await viewer.FindRecords(store, routes, id, ct) is null)
        {
            return TypedResults.NotFound();
        }

        await files.Discard(id, ct);
        return Say(http, Tone.Ok, texts["discarded"], routes.List);
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> Errors(
        Guid id, ImportErrors errors, ImportFiles files, Store store, Viewer viewer, RecordWords words, HttpContext http, CancellationToken ct) =>
        await viewer.FindRecords(store, RecordRoutes.Of(http), id, ct) is { } import && files.Keeps(import)
            ? ImportForms.ErrorFile(import, errors, words.ErrorFile(import.Kind), ct) : TypedResults.NotFound();

    private static RedirectHttpResult Say(HttpContext http, Tone tone, string words, string then)
    {
        Toasts.Leave(http, tone, words);
        return TypedResults.LocalRedirect(then);
    }
}
