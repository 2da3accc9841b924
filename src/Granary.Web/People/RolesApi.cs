using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.People;

/// <summary>A role as the API shows it.</summary>
/// <param name="Key">Key.</param>
/// <param name="BuiltIn">Whether it came with the product.</param>
/// <param name="Grants">Permission → the scopes it reaches.</param>
public sealed record RoleView(string Key, bool BuiltIn, IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> Grants);

/// <summary>A role to add: a copy of another with changes, usually.</summary>
/// <param name="Key">Key: lower-case letters, digits, underscores.</param>
/// <param name="Grants">Permission → the scopes it reaches.</param>
public sealed record NewRole(string Key, IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> Grants);

/// <summary>What a role grants from now on.</summary>
/// <param name="Grants">Permission → the scopes it reaches; the whole of them.</param>
public sealed record RoleChange(IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> Grants);

/// <summary>The roles API.</summary>
public static class RolesApi
{
    private static readonly DataScope[] Scopes = [.. Enum.GetValues<DataScope>().Where(s => s != DataScope.None)];

    internal static void MapRoles(this IEndpointRouteBuilder app)
    {
        var roles = app.MapGroup("/api/v1/roles").WithTags("People").Idempotent();
        roles.MapGet("/", List).Produces<Page<RoleView>>();
        roles.MapPost("/", Create).Require(Permission.ManagePeople).Produces<RoleView>(StatusCodes.Status201Created);
        roles.MapPatch("/{key}", Change).Require(Permission.ManagePeople).Produces<RoleView>();
    }

    /// <summary>Lists all roles.</summary>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        var roles = await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(ct);
        return TypedResults.Ok(new Page<RoleView>(roles.ConvertAll(View), null));
    }

    /// <summary>Adds a role of the organisation's own.</summary>
    /// <param name="role">The role.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(NewRole role, SaveRole save, Viewer viewer, Store store, CancellationToken ct) =>
        await (await save.Create(viewer.UserId, role.Key, Grants(role.Grants), ct)).Answer(async id =>
            TypedResults.Created($"/api/v1/roles/{role.Key}", await Find(store, id, ct)));

    /// <summary>Changes what a role grants.</summary>
    /// <param name="key">The role.</param>
    /// <param name="change">Its grants.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(string key, RoleChange change, SaveRole save, Viewer viewer, Store store, CancellationToken ct) =>
        await (await save.Change(viewer.UserId, key, Grants(change.Grants), ct)).Answer(async id => TypedResults.Ok(await Find(store, id, ct)));

    private static async Task<RoleView> Find(Store store, Guid id, CancellationToken ct)
    {
        await using var db = store.Open();
        return View(await db.Roles.AsNoTracking().SingleAsync(r => r.Id == id, ct));
    }

    private static RoleView View(Role role) => new(
        role.Name!,
        role.BuiltIn,
        Json.Read<Dictionary<Permission, DataScope>>(role.Grants).ToDictionary(g => g.Key, g => (IReadOnlyList<DataScope>)[.. Scopes.Where(s => g.Value.HasFlag(s))]));

    private static Dictionary<Permission, DataScope> Grants(IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> grants) =>
        grants.ToDictionary(g => g.Key, g => g.Value.Aggregate(DataScope.None, (all, scope) => all | scope));
}
