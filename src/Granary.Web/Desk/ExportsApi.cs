using Granary.Application.Desk.Exports;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Desk;

/// <summary>An export.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">leads, opportunities, reviews or namedAccounts.</param>
/// <param name="State">waiting (for approval), running, ready, refused, expired, failed or cancelled.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Query">Which records, as the list's query string; a number that was searched for is masked.</param>
/// <param name="Columns">Columns in their order.</param>
/// <param name="Format">csv or xlsx.</param>
/// <param name="Plain">Whether contact data is asked for in plain.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rows">Rows when it was asked for.</param>
/// <param name="RowsDone">Rows written.</param>
/// <param name="Revealed">Rows with contact data in plain.</param>
/// <param name="Size">Bytes of the file.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Comment">Why it was decided so.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="ExpiresAt">When its file goes, or the wait for a decision ends.</param>
/// <param name="Error">Why it failed: grown or not_permitted.</param>
public sealed record ExportView(
    Guid Id, ExportKind Kind, ExportState State, OwnerAnswer AskedBy, DateTimeOffset AskedAt, string Query, IReadOnlyList<string> Columns, ExportFormat Format, bool Plain, string? Reason,
    int Rows, int RowsDone, int Revealed, long Size, OwnerAnswer? DecidedBy, DateTimeOffset? DecidedAt, string? Comment, DateTimeOffset? EndedAt, DateTimeOffset? ExpiresAt, string? Error)
{
    internal static ExportView Of(ExportRequest e, ReadExports read, Setting setting) => new(
        e.Id, e.Kind, e.State, OwnerAnswer.Of(e.AskedById, setting)!, e.AskedAt, read.QueryOf(e), e.Columns, e.Format, e.Plain, e.Reason,
        e.Rows, e.RowsDone, e.Revealed, e.Size, OwnerAnswer.Of(e.DecidedById, setting), e.DecidedAt, e.Comment, e.EndedAt, e.ExpiresAt, e.Error);
}

/// <summary>What is to be exported.</summary>
/// <param name="Query">The query string of the list of leads, such as <c>status=working&amp;owner=me</c>; empty is all that the viewer sees. Of another kind that of its list; of named accounts with <c>list</c>, the id of the list.</param>
/// <param name="Columns">Columns in their order, such as <c>company.name</c>; left out, the usual ones. For leads alone.</param>
/// <param name="Format">csv or xlsx.</param>
/// <param name="Plain">Whether contact data is wanted in plain; needs the policy's leave and the right to reveal, per record.</param>
/// <param name="Reason">Why; must be given where the rows need somebody's approval.</param>
/// <param name="Kind">leads, opportunities, reviews or namedAccounts; left out, leads.</param>
public sealed record ExportBody(string? Query = null, IReadOnlyList<string>? Columns = null, ExportFormat Format = ExportFormat.Csv, bool Plain = false, string? Reason = null, ExportKind Kind = ExportKind.Leads);

/// <summary>A decision about an export that waits.</summary>
/// <param name="Approved">Whether it is approved.</param>
/// <param name="Comment">Why.</param>
public sealed record ExportDecisionBody(bool Approved, string? Comment = null);

/// <summary>Exports of leads, opportunities, reviews and named accounts.</summary>
public static class ExportsApi
{
    private const string Path = "/api/v1/exports";

    internal static void MapExportsApi(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup(Path).WithTags("Exports").Require(Permission.ExportLeads);
        own.MapPost("/", Ask).Produces<ExportView>(StatusCodes.Status201Created).Idempotent();
        own.MapGet("/", List).Produces<Page<ExportView>>();
        own.MapPost("/{id:guid}/cancellation", Cancel).Produces<ExportView>(StatusCodes.Status201Created).Idempotent();
        own.MapGet("/{id:guid}/file", Download).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        var approving = app.MapGroup(Path).WithTags("Exports").Require(Permission.ApproveExports);
        approving.MapGet("/waiting", Waiting).Produces<Page<ExportView>>();
        approving.MapPost("/{id:guid}/decision", Decide).Produces<ExportView>(StatusCodes.Status201Created).Idempotent();
        app.MapGet($"{Path}/{{id:guid}}", Get).WithTags("Exports").Require(Permission.ViewLeads).Produces<ExportView>();
    }

    /// <summary>Asks for an export: up to 1,000 rows (by policy) it is made at once, above that somebody else approves it first.</summary>
    /// <param name="body">What is wanted.</param>
    /// <param name="request">The use case.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Ask(ExportBody body, RequestExport request, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Answer(await request.Request(viewer, new ExportWish(body.Query, body.Columns ?? (body.Kind == ExportKind.Leads ? LeadExportColumns.Usual : []), body.Format, body.Plain, body.Reason, Language()) { Kind = body.Kind }, ct), read, setting);

    /// <summary>Lists one's own exports, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> List([AsParameters] PageQuery page, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Page(page, (after, take) => read.Own(viewer, after, take, ct), read, setting);

    /// <summary>Lists what waits for one's decision, the oldest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Waiting([AsParameters] PageQuery page, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Page(page, (after, take) => read.Waiting(viewer, after, take, ct), read, setting);

    /// <summary>Gives an export with its progress: one's own, or one about which one may decide.</summary>
    /// <param name="id">The export.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Find(viewer, id, ct) is { } export ? TypedResults.Ok(ExportView.Of(export, read, setting)) : Problem.NotFound();

    /// <summary>Approves or refuses an export that waits: never one's own, and only where one's scope reaches all of its records.</summary>
    /// <param name="id">The export.</param>
    /// <param name="body">The decision.</param>
    /// <param name="decide">The use case.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Decide(Guid id, ExportDecisionBody body, DecideExport decide, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Answer(await decide.Decide(viewer, id, body.Approved, body.Comment, ct), read, setting);

    /// <summary>Takes an own export back while it waits or is made.</summary>
    /// <param name="id">The export.</param>
    /// <param name="decide">The use case.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Cancel(Guid id, DecideExport decide, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Answer(await decide.Cancel(viewer, id, ct), read, setting);

    /// <summary>Gives the file to whoever asked for it; each download stands in the audit.</summary>
    /// <param name="id">The export.</param>
    /// <param name="read">Exports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Download(Guid id, ReadExports read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var (export, refusal) = await read.Download(viewer, id, ct);
        return export is null ? Answer(refusal!, read, setting) : FileOf(export, read, setting);
    }

    /// <summary>The file of an export, always as a download.</summary>
    internal static IResult FileOf(ExportRequest export, ReadExports read, Setting setting) => TypedResults.Stream(
        stream => read.Copy(export, stream, CancellationToken.None), ExportWriter.TypeOf(export.Format), ExportWords.FileName(export, setting.Calendar.Zone));

    /// <summary>The language of whoever asks.</summary>
    internal static string Language() => System.Globalization.CultureInfo.CurrentUICulture.Name;

    private static async Task<IResult> Page(PageQuery page, Func<Guid?, int, Task<IReadOnlyList<ExportRequest>>> list, ReadExports read, Setting setting)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        return Cursor.TryRead<Guid?>(page.After, out var after)
            ? TypedResults.Ok(Hosting.Page.Cut<ExportView>([.. (await list(after, page.Size + 1)).Select(e => ExportView.Of(e, read, setting))], page.Size, e => Cursor.Write(e.Id)))
            : Cursor.Bad;
    }

    private static IResult Answer(ExportResult result, ReadExports read, Setting setting) => result switch
    {
        ExportResult.Done(var export) => TypedResults.Created($"{Path}/{export.Id}", ExportView.Of(export, read, setting)),
        ExportResult.Invalid(var errors) => Problem.Invalid(errors),
        ExportResult.Refused(var code) => new Problem(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()), StatusCodes.Status409Conflict),
        ExportResult.Forbidden(var own) => new Problem(own ? "own_export" : "export_out_of_reach", StatusCodes.Status403Forbidden),
        _ => Problem.NotFound(),
    };
}
