using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.People;

/// <summary>A key as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Prefix">Its first characters.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while in force.</param>
/// <param name="Permissions">What it is narrowed to; null leaves it everything of its user.</param>
/// <param name="ExpiresAt">Until when it works; null is without end.</param>
/// <param name="PreviousUntil">Until when the secret before the last rotation works too.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
public sealed record ApiKeyView(
    Guid Id, string Name, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt, IReadOnlyList<Permission>? Permissions, DateTimeOffset? ExpiresAt,
    DateTimeOffset? PreviousUntil, DateTimeOffset? LastUsedAt)
{
    internal static ApiKeyView Of(ApiKey key) => new(
        key.Id, key.Name, key.Prefix, key.CreatedAt, key.RevokedAt, key.Permissions is { } only ? Json.Read<List<Permission>>(only) : null, key.ExpiresAt, key.PreviousUntil, key.LastUsedAt);
}

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for, up to 100 characters.</param>
/// <param name="Permissions">What it may do, of what its user may; left out it may do all of that.</param>
/// <param name="ExpiresAt">Until when it works; left out it is without end.</param>
public sealed record ApiKeyRequest(string Name, IReadOnlyList<Permission>? Permissions = null, DateTimeOffset? ExpiresAt = null);

/// <summary>Another secret for a key.</summary>
/// <param name="OverlapHours">For how many hours the secret before still works, 0 to 168.</param>
public sealed record RotationRequest(int OverlapHours = 24);

/// <summary>One's own API keys.</summary>
public static class ApiKeysApi
{
    internal static void MapApiKeys(this IEndpointRouteBuilder app)
    {
        // Without kept answers: a key is shown once, also to whoever repeats the request.
        var keys = app.MapGroup("/api/v1/api-keys").WithTags("People").WholeKey();
        keys.MapGet("/", List).Produces<Page<ApiKeyView>>();
        keys.MapPost("/", Create).Produces<NewApiKey>(StatusCodes.Status201Created);
        keys.MapPost("/{id:guid}/rotation", Rotate).Produces<NewApiKey>(StatusCodes.Status201Created);
        keys.MapDelete("/{id:guid}", Revoke).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists one's own keys.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Viewer viewer, Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(k => k.UserId == viewer.UserId).OrderBy(k => k.Id).ToListAsync(ct);
        return TypedResults.Ok(new Page<ApiKeyView>([.. keys.Select(ApiKeyView.Of)], null));
    }

    /// <summary>Makes a key that acts for the viewer, with all of their rights or some; it is shown in this answer only.</summary>
    /// <param name="request">What it is for.</param>
    /// <param name="create">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(ApiKeyRequest request, CreateApiKey create, Viewer viewer, CancellationToken ct)
    {
        var (made, errors) = await create.For(viewer.UserId, viewer.UserId, new ApiKeyInput(request.Name, request.Permissions, request.ExpiresAt), ct);
        return made is null ? Problem.Invalid(errors) : TypedResults.Created($"/api/v1/api-keys/{made.Id}", made);
    }

    /// <summary>Gives one of one's own keys another secret, shown in this answer only; the one before works for a while longer.</summary>
    /// <param name="id">The key.</param>
    /// <param name="request">For how long.</param>
    /// <param name="create">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Rotate(Guid id, RotationRequest request, CreateApiKey create, Viewer viewer, CancellationToken ct) =>
        await create.Rotate(viewer.UserId, viewer.UserId, id, TimeSpan.FromHours(request.OverlapHours), ct) switch
        {
            (_, { } error) => Problem.Invalid([error]),
            ({ } made, _) => TypedResults.Created($"/api/v1/api-keys/{id}", made),
            _ => Problem.NotFound(),
        };

    /// <summary>Revokes one of one's own keys; it is dead within a second.</summary>
    /// <param name="id">The key.</param>
    /// <param name="create">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Revoke(Guid id, CreateApiKey create, Viewer viewer, CancellationToken ct) =>
        await create.Revoke(viewer.UserId, viewer.UserId, id, ct) ? TypedResults.NoContent() : Problem.NotFound();
}
