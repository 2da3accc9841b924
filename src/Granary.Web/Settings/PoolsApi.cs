using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Settings;

/// <summary>A pool.</summary>
/// <param name="Id">Id.</param>
/// <param name="Key">Stable key by which policies and leads name it.</param>
/// <param name="Name">Name; empty for a built-in one, whose name is in the reader's language.</param>
/// <param name="BuiltIn">Whether it came with the product.</param>
/// <param name="Members">Its members, managers included.</param>
/// <param name="Managers">Those of them who manage it.</param>
/// <param name="Leads">Leads in it.</param>
public sealed record PoolView(Guid Id, string Key, string Name, bool BuiltIn, IReadOnlyList<Guid> Members, IReadOnlyList<Guid> Managers, int Leads)
{
    /// <summary>As the API shows it.</summary>
    public static PoolView Of(PoolStock stock) =>
        new(stock.Pool.Id, stock.Pool.Key, stock.Pool.Name, stock.Pool.BuiltIn, stock.Members, stock.Managers, stock.Leads);
}

/// <summary>A pool to make.</summary>
/// <param name="Key">By which policies will name it: 2 to 40 of a–z, 0–9 and <c>_</c>, a letter first.</param>
/// <param name="Name">Its name, up to 60 characters.</param>
public sealed record PoolBody(string? Key = null, string? Name = null);

/// <summary>A pool's new name.</summary>
/// <param name="Name">Up to 60 characters.</param>
public sealed record PoolNameBody(string? Name = null);

/// <summary>Who shall belong to a pool; whoever is not named does not.</summary>
/// <param name="Members">Users.</param>
/// <param name="Managers">Users who manage it; members too.</param>
/// <param name="Departments">Departments whose people, and those below, become members now.</param>
/// <param name="Roles">Keys of roles whose holders become members now.</param>
public sealed record PoolMembersBody(
    IReadOnlyList<Guid>? Members = null, IReadOnlyList<Guid>? Managers = null, IReadOnlyList<Guid>? Departments = null, IReadOnlyList<string>? Roles = null);

/// <summary>The pools API: what there is, and who belongs to it.</summary>
public static class PoolsApi
{
    internal static void MapPools(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/pools", List).WithTags("Pools").Require(Permission.ViewLeads).Produces<Page<PoolView>>();
        var pools = app.MapGroup("/api/v1/pools").WithTags("Pools").Require(Permission.ManagePolicies).Idempotent();
        pools.MapPost("/", Create).Produces<PoolView>(StatusCodes.Status201Created);
        pools.MapPut("/{id:guid}", Rename).Produces<PoolView>();
        pools.MapPut("/{id:guid}/members", SetMembers).Produces<PoolView>();
        pools.MapDelete("/{id:guid}", Retire).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists all pools with what lies in them.</summary>
    /// <param name="list">The list.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(ListPools list, CancellationToken ct) =>
        TypedResults.Ok(new Page<PoolView>([.. (await list.All(ct)).Select(PoolView.Of)], null));

    /// <summary>Makes a pool of the organisation's own.</summary>
    /// <param name="body">The pool.</param>
    /// <param name="save">The use case.</param>
    /// <param name="list">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Create(PoolBody body, SavePool save, ListPools list, Viewer viewer, CancellationToken ct) =>
        save.Create(viewer.UserId, body.Key, body.Name, ct).Answer(async id => TypedResults.Created($"/api/v1/pools/{id}", await View(id, list, ct)));

    /// <summary>Renames a pool; its key stays.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="body">Its new name.</param>
    /// <param name="save">The use case.</param>
    /// <param name="list">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Rename(Guid id, PoolNameBody body, SavePool save, ListPools list, Viewer viewer, CancellationToken ct) =>
        save.Rename(viewer.UserId, id, body.Name, ct).Answer(async key => TypedResults.Ok(await View(key, list, ct)));

    /// <summary>Says who belongs to a pool; departments and roles are taken as they are now.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="body">Who.</param>
    /// <param name="save">The use case.</param>
    /// <param name="list">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> SetMembers(Guid id, PoolMembersBody body, SavePoolMembers save, ListPools list, Viewer viewer, CancellationToken ct) => save
        .Save(viewer.UserId, id, new PoolMembership { Members = body.Members ?? [], Managers = body.Managers ?? [], Departments = body.Departments ?? [], Roles = body.Roles ?? [] }, ct)
        .Answer(async key => TypedResults.Ok(await View(key, list, ct)));

    /// <summary>Takes a pool of the organisation's own away; not while leads lie in it or a policy names it.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Retire(Guid id, SavePool save, Viewer viewer, CancellationToken ct) => save.Retire(viewer.UserId, id, ct).Answer();

    private static async Task<PoolView> View(string id, ListPools list, CancellationToken ct) =>
        PoolView.Of((await list.All(ct)).First(p => p.Pool.Id == Guid.Parse(id)));
}
