using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>A leave as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="User">Whose.</param>
/// <param name="FirstDay">First day.</param>
/// <param name="LastDay">Last day, included.</param>
/// <param name="Note">What for.</param>
/// <param name="State">How far it is.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="DecidedBy">Who decided or ended it.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Comment">Why so.</param>
public sealed record LeaveView(
    Guid Id, OwnerAnswer? User, DateOnly FirstDay, DateOnly LastDay, string? Note, LeaveState State, OwnerAnswer? AskedBy, DateTimeOffset AskedAt, OwnerAnswer? DecidedBy,
    DateTimeOffset? DecidedAt, string? Comment);

/// <summary>Leave to ask for, or to give.</summary>
/// <param name="UserId">Whose; null is one's own.</param>
/// <param name="FirstDay">First day.</param>
/// <param name="LastDay">Last day, included; not past.</param>
/// <param name="Note">What for, up to 200 characters.</param>
public sealed record LeaveBody(Guid? UserId = null, DateOnly? FirstDay = null, DateOnly? LastDay = null, string? Note = null);

/// <summary>A decision about leave.</summary>
/// <param name="Granted">Whether it is granted.</param>
/// <param name="Comment">Why; must be given to refuse.</param>
public sealed record LeaveDecision(bool Granted = false, string? Comment = null);

/// <summary>The leave API: one's own, and that of those one plans for.</summary>
public static class LeaveApi
{
    internal static void MapLeave(this IEndpointRouteBuilder app)
    {
        var leave = app.MapGroup("/api/v1/leave").WithTags("People").Idempotent();
        leave.MapGet("/", List).Produces<Page<LeaveView>>();
        leave.MapPost("/", Ask).Produces<LeaveView>(StatusCodes.Status201Created);
        leave.MapPost("/{id:guid}/decision", Decide).Produces<LeaveView>(StatusCodes.Status201Created);
        leave.MapPost("/{id:guid}/ending", End).Produces<LeaveView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists leave, the latest asked first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="read">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="state">Only in this state.</param>
    /// <param name="endsFrom">Only what ends on this day or later.</param>
    public static async Task<IResult> List(
        [AsParameters] PageQuery page, ReadLeave read, Viewer viewer, Setting setting, CancellationToken ct, LeaveState? state = null, DateOnly? endsFrom = null)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var found = await read.Page(viewer, state, endsFrom, after, page.Size, ct);
        return TypedResults.Ok(Page.Cut([.. found.Select(l => View(l, setting))], page.Size, l => Cursor.Write(l.Id)));
    }

    /// <summary>Asks for leave; given at once where one plans for the person.</summary>
    /// <param name="body">The leave.</param>
    /// <param name="leave">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Ask(LeaveBody body, AskLeave leave, Viewer viewer, Setting setting, CancellationToken ct) =>
        await Answer(await leave.Ask(viewer, body.UserId ?? viewer.UserId, body.FirstDay, body.LastDay, body.Note, ct), setting);

    /// <summary>Grants or refuses leave that somebody asked for.</summary>
    /// <param name="id">The leave.</param>
    /// <param name="body">The decision.</param>
    /// <param name="leave">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Decide(Guid id, LeaveDecision body, AskLeave leave, Viewer viewer, Setting setting, CancellationToken ct) =>
        await Answer(await leave.Decide(viewer, id, body.Granted, body.Comment, ct), setting);

    /// <summary>Takes a request back or ends a leave early.</summary>
    /// <param name="id">The leave.</param>
    /// <param name="leave">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> End(Guid id, AskLeave leave, Viewer viewer, Setting setting, CancellationToken ct) => await Answer(await leave.End(viewer, id, ct), setting);

    private static async Task<IResult> Answer(LeaveResult result, Setting setting) => result switch
    {
        LeaveResult.Done(var leave) => TypedResults.Created($"/api/v1/leave/{leave.Id}", View(leave, setting)),
        LeaveResult.Not(var why) => await why.Answer(_ => Task.FromResult<IResult>(TypedResults.NoContent())),
        _ => Problem.Forbidden(),
    };

    private static LeaveView View(LeaveRequest l, Setting setting) => new(
        l.Id, OwnerAnswer.Of(l.UserId, setting), l.FirstDay, l.LastDay, l.Note, l.State, OwnerAnswer.Of(l.AskedBy, setting), l.AskedAt, OwnerAnswer.Of(l.DecidedBy, setting), l.DecidedAt, l.Comment);
}
