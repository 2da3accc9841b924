using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;

namespace Granary.Web.Ownership;

/// <summary>A reactivation to add or change.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="Plan">Which leads, where to, how many, when.</param>
/// <param name="Open">Whether its schedule is on.</param>
public sealed record ReactivationBody(string? Name = null, ReactivationPlan? Plan = null, bool Open = true)
{
    internal ReactivationInput Input => new(Name ?? "", Plan ?? new ReactivationPlan(), Open);
}

/// <summary>A reactivation.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Plan">Which leads, where to, how many, when.</param>
/// <param name="Open">Whether its schedule is on.</param>
/// <param name="NextAt">When it runs next by itself.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastRunAt">When it ran last.</param>
/// <param name="Figures">What became of all that it pushed.</param>
public sealed record ReactivationView(
    Guid Id, string Name, ReactivationPlan Plan, bool Open, DateTimeOffset? NextAt, DateTimeOffset CreatedAt, DateTimeOffset? LastRunAt, ReactivationFigures Figures);

/// <summary>A run with what became of what it pushed.</summary>
/// <param name="Id">Id.</param>
/// <param name="At">When it began.</param>
/// <param name="By">Who started it; null for the schedule.</param>
/// <param name="Selected">Leads selected before the cap; 10,001 says more than 10,000.</param>
/// <param name="Figures">What became of what it pushed.</param>
public sealed record ReactivationRunView(Guid Id, DateTimeOffset At, OwnerAnswer? By, int Selected, ReactivationFigures Figures);

/// <summary>What a plan would select now.</summary>
/// <param name="Selected">How many; 10,001 says more than 10,000.</param>
/// <param name="First">The first ones.</param>
public sealed record ReactivationPreviewView(int Selected, IReadOnlyList<LeadState> First);

/// <summary>A lead that was pushed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Lead">Where it stands.</param>
/// <param name="Outcome">untouched, working, converted, invalid or back.</param>
/// <param name="Contacted">Whether it was followed up since.</param>
public sealed record PushedLeadView(Guid Run, LeadState Lead, ReactivationOutcome Outcome, bool Contacted);

/// <summary>The reactivations API (§9 Reactivation). For those who assign leads everywhere, see <see cref="ReadReactivations.Allows"/>.</summary>
public static class ReactivationsApi
{
    internal static void MapReactivations(this IEndpointRouteBuilder app)
    {
        var all = app.MapGroup("/api/v1/reactivations").WithTags("Reactivations").Require(Permission.AssignLeads).Idempotent()
            .AddEndpointFilter(async (context, next) =>
                context.HttpContext.ViewerOrNull() is { } viewer && ReadReactivations.Allows(viewer) ? await next(context) : Problem.Forbidden());
        all.MapGet("/", List).Produces<Page<ReactivationView>>();
        all.MapGet("/{id:guid}", Get).Produces<ReactivationView>();
        all.MapPost("/", Create).Produces<ReactivationView>(StatusCodes.Status201Created);
        all.MapPut("/{id:guid}", Change).Produces<ReactivationView>();
        all.MapDelete("/{id:guid}", Delete).Produces(StatusCodes.Status204NoContent);
        all.MapPost("/preview", Preview).Produces<ReactivationPreviewView>();
        all.MapPost("/{id:guid}/runs", Run).Produces<ReactivationRunView>(StatusCodes.Status201Created);
        all.MapGet("/{id:guid}/runs", Runs).Produces<Page<ReactivationRunView>>();
        all.MapGet("/{id:guid}/leads", Leads).Produces<Page<PushedLeadView>>();
    }

    /// <summary>Lists reactivations, the open ones first.</summary>
    /// <param name="read">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(ReadReactivations read, CancellationToken ct) =>
        TypedResults.Ok(new Page<ReactivationView>([.. (await read.All(ct)).Select(r => View(r.Reactivation, r.LastRun, r.Figures))], null));

    /// <summary>Gets a reactivation.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="read">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadReactivations read, CancellationToken ct) =>
        await Find(id, read, ct) is { } view ? TypedResults.Ok(view) : Problem.NotFound();

    /// <summary>Adds a reactivation.</summary>
    /// <param name="body">The reactivation.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Create(ReactivationBody body, SaveReactivation save, ReadReactivations read, Viewer viewer, CancellationToken ct) =>
        save.Create(viewer.UserId, body.Input, ct).Answer(async id => TypedResults.Created($"/api/v1/reactivations/{id}", await Find(Guid.Parse(id), read, ct)));

    /// <summary>Replaces a reactivation.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="body">The whole reactivation.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Change(Guid id, ReactivationBody body, SaveReactivation save, ReadReactivations read, Viewer viewer, CancellationToken ct) =>
        save.Change(viewer.UserId, id, body.Input, ct).Answer(_ => Get(id, read, ct));

    /// <summary>Deletes a reactivation that has never run; one that has run is closed, so that its figures stay.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Delete(Guid id, SaveReactivation save, Viewer viewer, CancellationToken ct) => save.Delete(viewer.UserId, id, ct).Answer();

    /// <summary>Says what a plan would select now; nothing is saved.</summary>
    /// <param name="body">The plan; its name may be missing.</param>
    /// <param name="read">The use case.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Preview(ReactivationBody body, ReadReactivations read, Setting setting, CancellationToken ct)
    {
        var errors = SaveReactivation.Check(body.Input with { Name = body.Name ?? "preview" }, setting);
        if (errors.Count > 0)
        {
            return Problem.Invalid(errors);
        }

        var preview = await read.Preview(body.Input.Plan, ct);
        return TypedResults.Ok(new ReactivationPreviewView(preview.Selected, [.. preview.First.Select(l => LeadState.Of(l, setting))]));
    }

    /// <summary>Runs a reactivation now; one that is running is carried to its end.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="run">The use case.</param>
    /// <param name="read">Reads what became of it.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Run(Guid id, RunReactivation run, ReadReactivations read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await run.Now(viewer.UserId, id, ct) is { } done
            ? TypedResults.Created($"/api/v1/reactivations/{id}/runs", (await read.Results(id, ct)).Where(r => r.Run.Id == done.Id).Select(r => View(r, setting)).Single())
            : Problem.NotFound();

    /// <summary>Lists the latest runs with what became of what they pushed, the latest first.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="read">The use case.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Runs(Guid id, ReadReactivations read, Setting setting, CancellationToken ct) => await read.Find(id, ct) is null
        ? Problem.NotFound()
        : TypedResults.Ok(new Page<ReactivationRunView>([.. (await read.Results(id, ct)).Select(r => View(r, setting))], null));

    /// <summary>Lists the leads that were pushed, by their ids.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="read">The use case.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="run">Only those of a run.</param>
    /// <param name="outcome">Only those with an outcome: untouched, working, converted, invalid or back.</param>
    /// <param name="after">The cursor that the page before gave as <c>next</c>.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Leads(Guid id, ReadReactivations read, Setting setting, Guid? run, string? outcome, Guid? after, CancellationToken ct)
    {
        if (await read.Find(id, ct) is null)
        {
            return Problem.NotFound();
        }

        if (outcome is not null && !WireName.All<ReactivationOutcome>().Contains(outcome))
        {
            return Problem.BadParameter(new FieldError("outcome", "not_a_choice"));
        }

        var leads = await read.Leads(id, run, outcome is null ? null : Enum.Parse<ReactivationOutcome>(outcome, ignoreCase: true), contacted: false, after, ct);
        var views = leads.Select(l => new PushedLeadView(l.Push.RunId, LeadState.Of(l.Lead, setting), l.Push.Outcome, l.Push.Contacted)).ToList();
        return TypedResults.Ok(Page.Cut(views, ReadReactivations.PageSize, l => $"{l.Lead.Id}"));
    }

    private static async Task<ReactivationView?> Find(Guid id, ReadReactivations read, CancellationToken ct)
    {
        if (await read.Find(id, ct) is not { } found)
        {
            return null;
        }

        var runs = await read.Results(id, ct);
        return View(found, runs.Count == 0 ? null : runs[0].Run.At, runs.Aggregate(ReactivationFigures.None, (sum, run) => sum + run.Figures));
    }

    private static ReactivationView View(Reactivation r, DateTimeOffset? lastRun, ReactivationFigures figures) =>
        new(r.Id, r.Name, Json.Read<ReactivationPlan>(r.Plan), r.Open, r.NextAt, r.CreatedAt, lastRun, figures);

    private static ReactivationRunView View(RunResult result, Setting setting) => new(
        result.Run.Id,
        result.Run.At,
        result.Run.ActorId is { } actor && setting.People.TryGetValue(actor, out var person) ? new OwnerAnswer(actor, person.Name) : null,
        result.Run.Selected,
        result.Figures);
}
