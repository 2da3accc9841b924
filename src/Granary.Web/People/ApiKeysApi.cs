using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.People;

/// <summary>A key as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Prefix">Its first characters.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RevokedAt">When it was revoked; null while in force.</param>
public sealed record ApiKeyView(Guid Id, string Name, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for, up to 100 characters.</param>
public sealed record ApiKeyRequest(string Name);

/// <summary>One's own API keys.</summary>
public static class ApiKeysApi
{
    internal static void MapApiKeys(this IEndpointRouteBuilder app)
    {
        // Without kept answers: a key is shown once, also to whoever repeats the request.
        var keys = app.MapGroup("/api/v1/api-keys").WithTags("People");
        keys.MapGet("/", List).Produces<Page<ApiKeyView>>();
        keys.MapPost("/", Create).Produces<NewApiKey>(StatusCodes.Status201Created);
        keys.MapDelete("/{id:guid}", Revoke).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists one's own keys.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Viewer viewer, Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(k => k.UserId == viewer.UserId).OrderBy(k => k.Id)
            .Select(k => new ApiKeyView(k.Id, k.Name, k.Prefix, k.CreatedAt, k.RevokedAt)).ToListAsync(ct);
        return TypedResults.Ok(new Page<ApiKeyView>(keys, null));
    }

    /// <summary>Makes a key that acts for the viewer; it is shown in this answer only.</summary>
    /// <param name="request">What it is for.</param>
    /// <param name="create">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(ApiKeyRequest request, CreateApiKey create, Viewer viewer, CancellationToken ct) =>
        await create.For(viewer.UserId, viewer.UserId, request.Name, ct) is { } made
            ? TypedResults.Created($"/api/v1/api-keys/{made.Id}", made)
            : Problem.Invalid([new FieldError("name", string.IsNullOrWhiteSpace(request.Name) ? "required" : "too_long", "100")]);

    /// <summary>Revokes one of one's own keys; it is dead within a second.</summary>
    /// <param name="id">The key.</param>
    /// <param name="create">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Revoke(Guid id, CreateApiKey create, Viewer viewer, CancellationToken ct) =>
        await create.Revoke(viewer.UserId, viewer.UserId, id, ct) ? TypedResults.NoContent() : Problem.NotFound();
}
