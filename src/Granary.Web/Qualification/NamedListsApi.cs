using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>A list to add, or the fields of one that change.</summary>
/// <param name="Name">Name, 1 to 100 characters, unique.</param>
/// <param name="Premium">Whether its accounts are premium.</param>
/// <param name="Source">Id of a source of the policy of named accounts.</param>
/// <param name="OwnerId">Who keeps it; whoever adds it when left out.</param>
/// <param name="Note">A note, up to 2,000 characters.</param>
public sealed record NamedListBody(string? Name = null, bool? Premium = null, string? Source = null, Guid? OwnerId = null, string? Note = null)
{
    internal static NamedListBody Of(NamedListInput i) => new(i.Name, i.Premium, i.Source, i.OwnerId, i.Note);

    internal NamedListInput Input(Guid? owner) => new(Name, Premium ?? false, Source, owner, Note);
}

/// <summary>Accounts to name: known ones by id, or companies line by line; one of both.</summary>
/// <param name="AccountIds">Known accounts, up to 1,000.</param>
/// <param name="Companies">Names of companies, up to 1,000; a credit code may stand after a tab or a comma.</param>
public sealed record NamingBody(IReadOnlyList<Guid>? AccountIds = null, IReadOnlyList<string>? Companies = null);

/// <summary>Goals of a quarter.</summary>
/// <param name="Quarter">Such as <c>2026Q4</c>.</param>
/// <param name="Goals">How many accounts are to reach each stage; 0 takes a goal away, stages left out stay.</param>
public sealed record NamedGoalsBody(string? Quarter = null, IReadOnlyDictionary<NamedAccountStage, int>? Goals = null);

/// <summary>Plan and actual of a stage in a quarter.</summary>
/// <param name="Quarter">The quarter.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Goal">How many accounts were to reach it.</param>
/// <param name="Actual">How many did.</param>
public sealed record NamedGoalView(string Quarter, NamedAccountStage Stage, int? Goal, int Actual);

/// <summary>Lists of named accounts (§12 FABM).</summary>
public static class NamedListsApi
{
    internal static void MapNamedLists(this IEndpointRouteBuilder app)
    {
        var lists = app.MapGroup("/api/v1/named-lists").WithTags("NamedAccounts").Require(Permission.ManageAccounts).Idempotent();
        lists.MapGet("/", List).Produces<Page<NamedListView>>();
        lists.MapGet("/ratio", Ratio).Produces<PremiumRatio>();
        lists.MapPost("/", Create).Produces<NamedListView>(StatusCodes.Status201Created);
        lists.MapGet("/{id:guid}", Get).Produces<NamedListView>();
        lists.MapPatch("/{id:guid}", Change).Produces<NamedListView>().Accepts<NamedListBody>("application/merge-patch+json", "application/json");
        lists.MapDelete("/{id:guid}", Remove).Produces(StatusCodes.Status204NoContent);
        lists.MapGet("/{id:guid}/accounts", Accounts).Produces<Page<NamedAccountRow>>();
        lists.MapPost("/{id:guid}/accounts", Name).Produces<IReadOnlyList<NamedLine>>(StatusCodes.Status201Created);
        lists.MapGet("/{id:guid}/export", Export).Require(Permission.ExportLeads).Produces(StatusCodes.Status200OK, contentType: "text/csv");
        lists.MapGet("/{id:guid}/goals", Goals).Produces<IReadOnlyList<NamedGoalView>>();
        lists.MapPost("/{id:guid}/goals", SetGoals).Produces<IReadOnlyList<NamedGoalView>>(StatusCodes.Status201Created);
    }

    /// <summary>Lists the lists of those whom the caller reaches, and those that hold an account of theirs, by name.</summary>
    public static async Task<IResult> List(ReadNamed read, Viewer viewer, Setting setting, CancellationToken ct) =>
        TypedResults.Ok(new Page<NamedListView>([.. (await read.Lists(viewer, ct)).Select(l => NamedListView.Of(l, setting))], null));

    /// <summary>Says how premium and regular accounts stand to each other over all lists, and whether there are more premium ones than the policy asks for.</summary>
    public static async Task<IResult> Ratio(ReadNamed read, CancellationToken ct) => TypedResults.Ok(await read.Ratio(ct));

    /// <summary>Adds a list.</summary>
    public static async Task<IResult> Create(NamedListBody body, SaveNamedList save, ReadNamed read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Create(viewer, body.Input(body.OwnerId ?? viewer.UserId), ct);
        return result is AccountResult<NamedList>.Done(var made)
            ? TypedResults.Created($"/api/v1/named-lists/{made.Id}", NamedListView.Of((await read.List(viewer, made.Id, ct))!, setting)) : result.Problem(http)!;
    }

    /// <summary>Gets a list, and its version as ETag.</summary>
    public static async Task<IResult> Get(Guid id, ReadNamed read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await read.List(viewer, id, ct) is not { } list)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{list.List.Version}");
        return TypedResults.Ok(NamedListView.Of(list, setting));
    }

    /// <summary>Changes a list (merge patch).</summary>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveNamedList save, ReadNamed read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Change(viewer, id, before => MergePatch.Apply(NamedListBody.Of(before), patch) is var after ? after.Input(after.OwnerId) : before, AccountAnswers.Seen(http), ct);
        return result is AccountResult<NamedList>.Done ? await Get(id, read, viewer, setting, http, ct) : result.Problem(http)!;
    }

    /// <summary>Removes a list that holds no account (list_not_empty).</summary>
    public static async Task<IResult> Remove(Guid id, SaveNamedList save, Viewer viewer, HttpContext http, CancellationToken ct) =>
        (await save.Remove(viewer, id, ct)).Problem(http) is { } problem ? problem : TypedResults.NoContent();

    /// <summary>Lists the accounts of a list that the caller reaches, the latest first.</summary>
    /// <param name="id">The list.</param>
    /// <param name="page">Which page.</param>
    /// <param name="stage">Their stage: stranger, named, aware, incubating, opportunity.</param>
    /// <param name="owner">Their owner.</param>
    /// <param name="industry">Their industry: a level with all below it.</param>
    /// <param name="q">A part of the company's name.</param>
    /// <param name="read">Named accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Accounts(
        Guid id, [AsParameters] PageQuery page, string? stage, Guid? owner, string? industry, string? q, ReadNamed read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var wanted = NamedAccounts.Stages.Where(s => WireName.Of(s) == stage).Select(s => (NamedAccountStage?)s).FirstOrDefault();
        if (!string.IsNullOrEmpty(stage) && wanted is null)
        {
            return Problem.BadParameter(new FieldError("stage", "not_a_choice"));
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        if (await read.List(viewer, id, ct) is null)
        {
            return Problem.NotFound();
        }

        var (items, next) = await read.Accounts(viewer, new NamedFilter(id, wanted, owner, industry, q), after, page.Size, ct);
        return TypedResults.Ok(new Page<NamedAccountRow>([.. items.Select(i => NamedAccountRow.Of(i, setting))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Takes the accounts of a list that the caller reaches out as CSV or a workbook, by the rules of exports: marked, in the log, and up to the number of rows that needs no approval (too_many_rows); more are asked for at <c>/api/v1/exports</c> with the kind <c>namedAccounts</c>.</summary>
    /// <param name="id">The list.</param>
    /// <param name="stage">Their stage.</param>
    /// <param name="format">csv or xlsx; left out, csv.</param>
    /// <param name="export">The use case.</param>
    /// <param name="words">Words of the caller's language.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Export(Guid id, string? stage, string? format, ExportNamed export, NamedWords words, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var wanted = NamedAccounts.Stages.Where(s => WireName.Of(s) == stage).Select(s => (NamedAccountStage?)s).FirstOrDefault();
        if (format is not (null or "" or "csv" or "xlsx"))
        {
            return Problem.BadParameter(new FieldError("format", "not_a_choice", "csv, xlsx"));
        }

        var kind = format == "xlsx" ? ExportFormat.Xlsx : ExportFormat.Csv;
        return await export.File(viewer, new NamedFilter(id, wanted), kind, words.Wording(p => p is { } person ? setting.People.GetValueOrDefault(person)?.Name : null), ct) is var result && result is AccountResult<byte[]>.Done(var file)
            ? TypedResults.File(file, ExportWriter.TypeOf(kind), $"named-accounts-{id}.{WireName.Of(kind)}") : result.Problem(http)!;
    }

    /// <summary>
    /// Puts accounts into a list: known ones by id, or companies line by line. Companies that are known by name or credit code are found, new ones are made; what became of each
    /// line is told: added, made, alreadyHere, inAnotherList, ofAnother, invalid.
    /// </summary>
    public static async Task<IResult> Name(Guid id, NamingBody body, NameAccounts naming, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (body.AccountIds is not null && body.Companies is not null)
        {
            return Problem.Invalid([new FieldError("companies", "not_both")]);
        }

        var result = body.Companies is { } companies ? await naming.Import(viewer, id, companies, ct) : await naming.Add(viewer, id, body.AccountIds ?? [], ct);
        return result is AccountResult<IReadOnlyList<NamedLine>>.Done(var lines) ? TypedResults.Created($"/api/v1/named-lists/{id}/accounts", lines) : result.Problem(http)!;
    }

    /// <summary>Plan and actual of a list, of the present quarter or of others; an account counts once in a quarter for each stage it entered or passed.</summary>
    /// <param name="id">The list.</param>
    /// <param name="quarter">Such as <c>2026Q4</c>.</param>
    /// <param name="read">Named accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Goals(Guid id, string? quarter, ReadNamed read, Viewer viewer, CancellationToken ct)
    {
        var wanted = await read.Now(ct);
        return !string.IsNullOrEmpty(quarter) && !Quarter.TryParse(quarter, out wanted)
            ? Problem.BadParameter(new FieldError("quarter", "invalid_format"))
            : await read.Goals(viewer, id, [wanted], ct) is { } lines ? TypedResults.Ok(View(lines)) : Problem.NotFound();
    }

    /// <summary>Sets the goals of a quarter.</summary>
    public static async Task<IResult> SetGoals(Guid id, NamedGoalsBody body, SaveNamedList save, ReadNamed read, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        _ = Quarter.TryParse(body.Quarter, out var quarter);
        var result = await save.SetGoals(viewer, id, quarter, body.Goals ?? new Dictionary<NamedAccountStage, int>(), ct);
        return result is AccountResult<NamedList>.Done ? TypedResults.Created($"/api/v1/named-lists/{id}/goals?quarter={quarter}", View((await read.Goals(viewer, id, [quarter], ct))!)) : result.Problem(http)!;
    }

    private static IReadOnlyList<NamedGoalView> View(IReadOnlyList<GoalLine> lines) => [.. lines.Select(l => new NamedGoalView(l.Quarter.ToString(), l.Stage, l.Goal, l.Actual))];
}
