using System.Text.Json;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake.Import;

/// <summary>The imports API.</summary>
public static class ImportsApi
{
    private const string Path = "/api/v1/imports";

    internal static void MapImportsApi(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup(Path).WithTags("Imports").Require(Permission.ImportLeads);
        imports.MapPost("/", Upload).DisableAntiforgery().LimitUpload().Produces<UploadedView>(StatusCodes.Status201Created);
        imports.MapGet("/", List).Produces<Page<ImportView>>();
        imports.MapGet("/{id:guid}", Get).Produces<ImportView>();
        imports.MapPost("/{id:guid}/confirmation", Confirm).Produces<ImportView>(StatusCodes.Status201Created).Idempotent();
        imports.MapGet("/{id:guid}/errors", Errors).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        imports.MapPost("/{id:guid}/reversal", Revert).Produces<ImportView>(StatusCodes.Status201Created).Idempotent();
    }

    /// <summary>Uploads a file and answers with what it holds and a proposed mapping; nothing is imported yet.</summary>
    /// <param name="file">CSV, TSV or XLSX.</param>
    /// <param name="files">The files.</param>
    /// <param name="preview">The preview.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="words">Words of files.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Upload(IFormFile file, ImportFiles files, PreviewImport preview, Viewer viewer, ImportWords words, CancellationToken ct)
    {
        ImportBatch? import = null;
        try
        {
            await using var content = file.OpenReadStream();
            import = await files.Keep(content, System.IO.Path.GetFileName(file.FileName), viewer.UserId, ct);
            var view = UploadedView.Of(import, await preview.Of(import, ct));
            return TypedResults.Created($"{Path}/{import.Id}", view);
        }
        catch (UnusableFileException e)
        {
            if (import is not null)
            {
                await files.Discard(import.Id, ct);
            }

            return Unusable(e, words);
        }
    }

    /// <summary>Lists imports, the newest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Store store, Viewer viewer, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<DateTimeOffset?>(page.After, out var before))
        {
            return Cursor.Bad;
        }

        await using var db = store.Open();
        var imports = viewer.Imports(db).AsNoTracking();
        imports = before is { } at ? imports.Where(b => b.CreatedAt < at) : imports;
        var read = await imports.OrderByDescending(b => b.CreatedAt).Take(page.Size + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Cut<ImportView>(read.ConvertAll(ImportView.Of), page.Size, b => Cursor.Write(b.CreatedAt)));
    }

    /// <summary>Gives an import with its progress.</summary>
    /// <param name="id">The import.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Store store, Viewer viewer, CancellationToken ct) =>
        await viewer.Find(store, id, ct) is { } import ? TypedResults.Ok(ImportView.Of(import)) : Problem.NotFound();

    /// <summary>Confirms an import; it runs from then on.</summary>
    /// <param name="id">The import.</param>
    /// <param name="confirmation">What to do.</param>
    /// <param name="confirm">The use case.</param>
    /// <param name="preview">The preview.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Confirm(
        Guid id, ImportConfirmation confirmation, ConfirmImport confirm, PreviewImport preview, Store store, Viewer viewer, CancellationToken ct)
    {
        if (await viewer.Find(store, id, ct) is not { } import)
        {
            return Problem.NotFound();
        }

        var (mapping, errors) = confirmation.Mapping is { ValueKind: JsonValueKind.Object } given
            ? ImportMapping.Read(given.GetRawText())
            : ((await preview.Of(import, ct)).Plan.Mapping, []);
        if (mapping is null)
        {
            return Problem.Invalid([.. errors.Select(e => e with { Field = $"mapping.{e.Field}" })]);
        }

        errors = await confirm.Confirm(import, new ImportPlan(mapping, confirmation.Mode, confirmation.Key), ct);
        return errors.Any(e => e.Code == "not_open") ? new Problem("import_not_open", StatusCodes.Status409Conflict)
            : errors.Count > 0 ? Problem.Invalid(errors)
            : TypedResults.Created($"{Path}/{id}", ImportView.Of((await viewer.Find(store, id, ct))!));
    }

    /// <summary>Gives the rows that were left out, with their numbers and reasons, as CSV.</summary>
    /// <param name="id">The import.</param>
    /// <param name="errors">The error file.</param>
    /// <param name="files">The files.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="words">Words of errors.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Errors(Guid id, ImportErrors errors, ImportFiles files, Store store, Viewer viewer, ImportWords words, CancellationToken ct) =>
        await viewer.Find(store, id, ct) is { } import && files.Keeps(import) ? ImportForms.ErrorFile(import, errors, words.ErrorFile, ct) : Problem.NotFound();

    /// <summary>Takes a whole import back while its leads are untouched.</summary>
    /// <param name="id">The import.</param>
    /// <param name="revert">The use case.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Revert(Guid id, RevertImport revert, Store store, Viewer viewer, CancellationToken ct)
    {
        if (await viewer.Find(store, id, ct) is null)
        {
            return Problem.NotFound();
        }

        return await revert.Revert(id, viewer.UserId, ct) switch
        {
            RevertResult.Reverted => TypedResults.Created($"{Path}/{id}", ImportView.Of((await viewer.Find(store, id, ct))!)),
            RevertResult.Touched touched => new Problem("import_touched", StatusCodes.Status409Conflict) { More = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["leads"] = touched.Leads } },
            _ => new Problem("import_not_ended", StatusCodes.Status409Conflict),
        };
    }

    private static Problem Unusable(UnusableFileException file, ImportWords words)
    {
        var large = file.Code == FileCodes.TooLarge;
        return new Problem(large ? "body_too_large" : "unusable_file", large ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity, words.Of(file))
        {
            Errors = [new FieldError("file", file.Code)],
        };
    }
}
