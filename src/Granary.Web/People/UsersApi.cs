using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>A user as the API shows them.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">Sign-in name.</param>
/// <param name="DepartmentId">Department.</param>
/// <param name="Roles">Role keys.</param>
/// <param name="Status">active, away or departed.</param>
/// <param name="Profile">What assignment goes by; only for those who manage people, and one's own.</param>
/// <param name="CreatedAt">When they were added.</param>
public sealed record UserView(
    Guid Id, string Name, string Email, Guid? DepartmentId, IReadOnlyList<string> Roles, PersonStatus Status, AssignmentProfile? Profile, DateTimeOffset CreatedAt)
{
    /// <summary>What a viewer may see of a user.</summary>
    public static UserView Of(UserWithRoles user, Viewer viewer)
    {
        var input = user.Input;
        var full = viewer.May(Permission.ManagePeople) || viewer.UserId == user.User.Id;
        return new(user.User.Id, input.Name, input.Email, input.DepartmentId, input.Roles, input.Status, full ? input.Profile : null, user.User.CreatedAt);
    }
}

/// <summary>A user to add.</summary>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="Email">E-mail; they sign in with it.</param>
/// <param name="Password">First password, 10 to 128 characters; to let them set it themselves, invite them.</param>
/// <param name="Roles">Role keys, at least one.</param>
/// <param name="DepartmentId">Department.</param>
/// <param name="Status">active, away or departed.</param>
/// <param name="Profile">What assignment goes by.</param>
public sealed record NewUser(
    string Name, string Email, string Password, IReadOnlyList<string> Roles, Guid? DepartmentId = null, PersonStatus Status = PersonStatus.Active, AssignmentProfile? Profile = null);

/// <summary>The users API.</summary>
public static class UsersApi
{
    internal static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/v1/users").WithTags("People").Idempotent();
        users.MapGet("/", List).Produces<Page<UserView>>();
        users.MapGet("/{id:guid}", Get).Produces<UserView>();
        users.MapPost("/", Create).Require(Permission.ManagePeople).Produces<UserView>(StatusCodes.Status201Created);
        users.MapGet("/{id:guid}/departure", PreviewDeparture).Require(Permission.ManagePeople).Produces<Holdings>();
        users.MapPost("/{id:guid}/departure", Depart).Require(Permission.ManagePeople).Produces<Holdings>(StatusCodes.Status201Created);
        users.MapPatch("/{id:guid}", Change).Require(Permission.ManagePeople).Produces<UserView>().Accepts<UserInput>("application/merge-patch+json", "application/json");
    }

    /// <summary>What a user has, in numbers: what is to be handed over before they can depart.</summary>
    /// <param name="id">The user.</param>
    /// <param name="depart">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> PreviewDeparture(Guid id, DepartUser depart, CancellationToken ct) =>
        await depart.Preview(id, ct) is { } holdings ? TypedResults.Ok(holdings) : Problem.NotFound();

    /// <summary>Hands over everything a user has, to a colleague, to a pool or by the assignment rules, and closes their account.</summary>
    /// <param name="id">The user.</param>
    /// <param name="body">Who gets it: exactly one of to, pool and byRule.</param>
    /// <param name="depart">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Depart(Guid id, Successor body, DepartUser depart, Viewer viewer, CancellationToken ct)
    {
        var (done, result) = await depart.Depart(viewer.UserId, id, body, ct);
        return await result.Answer(_ => Task.FromResult<IResult>(TypedResults.Created($"/api/v1/users/{id}", done)));
    }

    /// <summary>Lists users in the order in which they were added.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="q">Part of a name or e-mail address.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, string? q, Viewer viewer, Store store, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        await using var db = store.Open();
        var read = await Users.List(db, after, q, page.Size + 1, ct);
        var views = read.Select(u => UserView.Of(u, viewer)).ToList();
        return TypedResults.Ok(Page.Cut(views, page.Size, u => Cursor.Write(u.Id)));
    }

    /// <summary>Gives a user, with the version as ETag.</summary>
    /// <param name="id">The user.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Viewer viewer, Store store, HttpContext http, CancellationToken ct)
    {
        await using var db = store.Open();
        if (await Users.Find(db, id, ct) is not { } user)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, user.User.ConcurrencyStamp!);
        return TypedResults.Ok(UserView.Of(user, viewer));
    }

    /// <summary>Adds a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(NewUser user, SaveUser save, Viewer viewer, Store store, CancellationToken ct)
    {
        var input = new UserInput
        {
            Name = user.Name,
            Email = user.Email,
            DepartmentId = user.DepartmentId,
            Roles = user.Roles,
            Status = user.Status,
            Profile = user.Profile ?? new(),
        };
        return await (await save.Create(viewer.UserId, input, user.Password, ct)).Answer(async id =>
        {
            await using var db = store.Open();
            return TypedResults.Created($"/api/v1/users/{id}", UserView.Of((await Users.Find(db, id, ct))!, viewer));
        });
    }

    /// <summary>Changes a user: members given replace, members left out stay (merge patch); <c>password</c> sets another password.</summary>
    /// <param name="id">The user.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveUser save, Viewer viewer, Store store, HttpContext http, CancellationToken ct)
    {
        await using var db = store.Open();
        if (await Users.Find(db, id, ct) is not { } user)
        {
            return Problem.NotFound();
        }

        var changed = MergePatch.Apply(UserPatch.Of(user.Input), patch);
        var result = await save.Change(viewer.UserId, id, RecordVersion.Seen(http) ?? user.User.ConcurrencyStamp, changed.Input(), changed.Password, ct);
        if (result is PeopleResult.Stale(var version))
        {
            return RecordVersion.Stale(RecordVersion.Seen(http), version, UserView.Of((await Users.Find(db, id, ct))!, viewer));
        }

        return await result.Answer(done => Get(done, viewer, store, http, ct));
    }

    /// <summary>What a patch may change.</summary>
    private sealed record UserPatch(
        string Name, string Email, Guid? DepartmentId, IReadOnlyList<string> Roles, PersonStatus Status, AssignmentProfile Profile, string? Password = null)
    {
        public static UserPatch Of(UserInput user) => new(user.Name, user.Email, user.DepartmentId, user.Roles, user.Status, user.Profile);

        public UserInput Input() => new() { Name = Name, Email = Email, DepartmentId = DepartmentId, Roles = Roles, Status = Status, Profile = Profile };
    }
}
