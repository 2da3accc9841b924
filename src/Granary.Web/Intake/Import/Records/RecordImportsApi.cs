using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake.Import.Records;

/// <summary>The API of imports of accounts and of opportunities.</summary>
public static class RecordImportsApi
{
    internal static void MapRecordImportsApi(this IEndpointRouteBuilder app)
    {
        foreach (var routes in RecordRoutes.All)
        {
            var imports = app.MapGroup($"/api/v1/{routes.Name}/imports").WithTags(routes.Tag).WithMetadata(routes).Require(routes.Permission);
            imports.MapPost("/", Upload).DisableAntiforgery().LimitUpload().Produces<RecordUploadedView>(StatusCodes.Status201Created);
            imports.MapGet("/", List).Produces<Page<RecordImportView>>();
            imports.MapGet("/{id:guid}", Get).Produces<RecordImportView>();
            imports.MapPost("/{id:guid}/trial", Try).Produces<RecordForecastView>();
            imports.MapPost("/{id:guid}/confirmation", Confirm).Produces<RecordImportView>(StatusCodes.Status201Created).Idempotent();
            imports.MapGet("/{id:guid}/errors", Errors).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        }
    }

    /// <summary>Uploads a file of up to 10,000 rows and answers with what it holds and a proposed mapping; nothing is imported yet.</summary>
    /// <param name="file">CSV, TSV or XLSX.</param>
    /// <param name="imports">Imports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="words">Words of files.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Upload(IFormFile file, RecordImports imports, Viewer viewer, Setting setting, RecordWords words, HttpContext http, CancellationToken ct)
    {
        var routes = RecordRoutes.Of(http);
        try
        {
            await using var content = file.OpenReadStream();
            var (import, preview) = await imports.Keep(viewer, routes.Kind, content, Path.GetFileName(file.FileName), ct);
            var records = imports.Of(routes.Kind);
            return TypedResults.Created($"/api/v1/{routes.Name}/imports/{import.Id}", new RecordUploadedView(
                RecordImportView.Of(import), preview.Format, preview.Warnings, preview.Headings, preview.Rows, JsonNode.Parse(preview.Plan.Mapping.Write())!, preview.Remembered,
                [.. records.Fields(setting).Select(f => f.Path)], records.KeyFields));
        }
        catch (UnusableFileException e)
        {
            var large = e.Code is FileCodes.TooLarge or FileCodes.TooManyRows;
            return new Problem(large ? "body_too_large" : "unusable_file", large ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status422UnprocessableEntity, words.Of(e))
            {
                Errors = [new FieldError("file", e.Code)],
            };
        }
    }

    /// <summary>Lists imports, the newest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Store store, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<DateTimeOffset?>(page.After, out var before))
        {
            return Cursor.Bad;
        }

        var routes = RecordRoutes.Of(http);
        await using var db = store.Open();
        var imports = viewer.RecordImports(db, routes.Kind, routes.Permission).AsNoTracking();
        imports = before is { } at ? imports.Where(b => b.CreatedAt < at) : imports;
        var read = await imports.OrderByDescending(b => b.CreatedAt).Take(page.Size + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Cut<RecordImportView>(read.ConvertAll(RecordImportView.Of), page.Size, b => Cursor.Write(b.CreatedAt)));
    }

    /// <summary>Gives an import with its progress.</summary>
    /// <param name="id">The import.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Store store, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await viewer.FindRecords(store, RecordRoutes.Of(http), id, ct) is { } import ? TypedResults.Ok(RecordImportView.Of(import)) : Problem.NotFound();

    /// <summary>Tells what an import would do; nothing is written.</summary>
    /// <param name="id">The import.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="imports">Imports.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Try(Guid id, RecordImportPlan plan, RecordImports imports, Store store, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await viewer.FindRecords(store, RecordRoutes.Of(http), id, ct) is not { } import)
        {
            return Problem.NotFound();
        }

        if (import.State != ImportState.Uploaded)
        {
            return new Problem("import_not_open", StatusCodes.Status409Conflict);
        }

        var preview = await imports.Preview(import, ct);
        var (read, errors) = Read(plan, preview);
        errors = read is null ? errors : read.Validate(preview.Headings, imports.Of(import.Kind), setting);
        return read is null || errors.Count > 0 ? Problem.Invalid(errors) : TypedResults.Ok(RecordForecastView.Of(await imports.Try(import, read, viewer, ct)));
    }

    /// <summary>Confirms an import; it runs from then on.</summary>
    /// <param name="id">The import.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="imports">Imports.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Confirm(Guid id, RecordImportPlan plan, RecordImports imports, Store store, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var routes = RecordRoutes.Of(http);
        if (await viewer.FindRecords(store, routes, id, ct) is not { } import)
        {
            return Problem.NotFound();
        }

        if (import.State != ImportState.Uploaded)
        {
            return new Problem("import_not_open", StatusCodes.Status409Conflict);
        }

        var (read, errors) = Read(plan, await imports.Preview(import, ct));
        errors = read is null ? errors : await imports.Confirm(import, read, ct);
        return errors.Any(e => e.Code == "not_open") ? new Problem("import_not_open", StatusCodes.Status409Conflict)
            : errors.Count > 0 ? Problem.Invalid(errors)
            : TypedResults.Created($"/api/v1/{routes.Name}/imports/{id}", RecordImportView.Of((await viewer.FindRecords(store, routes, id, ct))!));
    }

    /// <summary>Gives the rows that were left out, with their numbers and reasons, as CSV.</summary>
    /// <param name="id">The import.</param>
    /// <param name="errors">The error file.</param>
    /// <param name="files">The files.</param>
    /// <param name="store">The database.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="words">Words of errors.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Errors(Guid id, ImportErrors errors, ImportFiles files, Store store, Viewer viewer, RecordWords words, HttpContext http, CancellationToken ct) =>
        await viewer.FindRecords(store, RecordRoutes.Of(http), id, ct) is { } import && files.Keeps(import) ? ImportForms.ErrorFile(import, errors, words.ErrorFile(import.Kind), ct) : Problem.NotFound();

    /// <summary>An import of a kind that the viewer reaches.</summary>
    internal static async Task<ImportBatch?> FindRecords(this Viewer viewer, Store store, RecordRoutes routes, Guid id, CancellationToken ct)
    {
        await using var db = store.Open();
        return await viewer.RecordImports(db, routes.Kind, routes.Permission).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct);
    }

    private static (RecordPlan? Plan, IReadOnlyList<FieldError> Errors) Read(RecordImportPlan asked, RecordPreview preview)
    {
        var (mapping, errors) = asked.Mapping is { ValueKind: JsonValueKind.Object } given ? RecordMapping.Read(given.GetRawText()) : (preview.Plan.Mapping, []);
        return (mapping is null ? null : new RecordPlan(mapping, asked.Mode, asked.Mode == ImportMode.Create ? null : asked.Key), [.. errors.Select(e => e with { Field = $"mapping.{e.Field}" })]);
    }
}
