using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>A session as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="SeenAt">When it was last used, to the minute.</param>
/// <param name="Means">password, code, recoveryCode, passkey or link.</param>
/// <param name="Agent">Browser and system in few words.</param>
/// <param name="Address">The address it came from.</param>
public sealed record SessionView(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, SignInMeans Means, string Agent, string Address)
{
    internal static SessionView Of(Session session) => new(session.Id, session.StartedAt, session.SeenAt, session.Means, session.Agent, session.Address);
}

/// <summary>How many were ended.</summary>
/// <param name="Count">How many.</param>
public sealed record EndedSessions(int Count);

/// <summary>Another password for oneself.</summary>
/// <param name="Present">The password of now.</param>
/// <param name="Next">The password from now on, 10 to 128 characters.</param>
public sealed record PasswordRequest(string Present, string Next);

/// <summary>Sessions, one's own and those of the people one manages, and one's own password.</summary>
public static class SessionsApi
{
    internal static void MapSessions(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/v1/me").WithTags("People").WholeKey();
        mine.MapGet("/sessions", Mine).Produces<Page<SessionView>>();
        mine.MapDelete("/sessions", EndMine).Produces<EndedSessions>();
        mine.MapDelete("/sessions/{id:guid}", End).Produces(StatusCodes.Status204NoContent);
        // Without kept answers: passwords are not for the database, sealed or not.
        mine.MapPost("/password", Password).Produces(StatusCodes.Status204NoContent);
        var theirs = app.MapGroup("/api/v1/users/{id:guid}/sessions").WithTags("People").Require(Permission.ManagePeople);
        theirs.MapGet("/", Theirs).Produces<Page<SessionView>>();
        theirs.MapDelete("/", EndTheirs).Produces<EndedSessions>();
    }

    /// <summary>Lists one's own sessions that hold, the one seen last first.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Mine(Viewer viewer, Sessions sessions, CancellationToken ct) => await List(sessions, viewer.UserId, ct);

    /// <summary>Signs oneself out everywhere.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> EndMine(Viewer viewer, Sessions sessions, CancellationToken ct) =>
        TypedResults.Ok(new EndedSessions(await sessions.EndAll(viewer.UserId, viewer.UserId, ct: ct)));

    /// <summary>Ends one of one's own sessions.</summary>
    /// <param name="id">The session.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> End(Guid id, Viewer viewer, Sessions sessions, CancellationToken ct) =>
        await sessions.End(viewer.UserId, viewer.UserId, id, ct) ? TypedResults.NoContent() : Problem.NotFound();

    /// <summary>Changes one's own password and ends one's sessions; wrong present passwords count to the lock of the account.</summary>
    /// <param name="request">The present password and the next.</param>
    /// <param name="change">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Password(PasswordRequest request, ChangePassword change, Viewer viewer, CancellationToken ct) =>
        await (await change.Change(viewer.UserId, request.Present, request.Next, null, ct)).Answer(static _ => Task.FromResult<IResult>(TypedResults.NoContent()));

    /// <summary>Lists the sessions of somebody that hold.</summary>
    /// <param name="id">The user.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Theirs(Guid id, Sessions sessions, Setting setting, CancellationToken ct) =>
        setting.People.ContainsKey(id) ? await List(sessions, id, ct) : Problem.NotFound();

    /// <summary>Ends all sessions of somebody; open pages and streams end within a minute on every node.</summary>
    /// <param name="id">The user.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> EndTheirs(Guid id, Viewer viewer, Sessions sessions, Setting setting, CancellationToken ct) =>
        setting.People.ContainsKey(id) ? TypedResults.Ok(new EndedSessions(await sessions.EndAll(viewer.UserId, id, ct: ct))) : Problem.NotFound();

    private static async Task<IResult> List(Sessions sessions, Guid userId, CancellationToken ct) =>
        TypedResults.Ok(new Page<SessionView>([.. (await sessions.Of(userId, ct)).Select(SessionView.Of)], null));
}
