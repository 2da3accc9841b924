using System.Text.Json;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Settings;

/// <summary>A version of a policy.</summary>
/// <param name="Version">Number, from 1.</param>
/// <param name="Body">The policy.</param>
/// <param name="Note">Why it was changed.</param>
/// <param name="Author">Who wrote it; null for what came with the product.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="PublishedAt">When it was published; null for the draft.</param>
public sealed record PolicyVersionView(int Version, JsonElement Body, string? Note, OwnerAnswer? Author, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt);

/// <summary>A policy with its history.</summary>
/// <param name="Kind">capture, cleansing, duplicates, scoring or assignment.</param>
/// <param name="InForce">Number of the version in force.</param>
/// <param name="Draft">Number of the draft.</param>
/// <param name="Versions">All versions, the latest first.</param>
public sealed record PolicyView(string Kind, int InForce, int? Draft, IReadOnlyList<PolicyVersionView> Versions);

/// <summary>Why a policy is published.</summary>
/// <param name="Note">In words, up to 500 characters.</param>
public sealed record PublicationBody(string? Note = null);

/// <summary>The policies API: versions, draft, publication.</summary>
public static class PoliciesApi
{
    internal static void MapPolicies(this IEndpointRouteBuilder app)
    {
        var policies = app.MapGroup("/api/v1/policies/{kind}").WithTags("Policies").Require(Permission.ManagePolicies).Idempotent();
        policies.MapGet("/", Get).Produces<PolicyView>();
        policies.MapPost("/draft", Draft).Produces<PolicyView>(StatusCodes.Status201Created);
        policies.MapDelete("/draft", Discard).Produces(StatusCodes.Status204NoContent);
        policies.MapPost("/publication", Publish).Produces<PolicyView>(StatusCodes.Status201Created);
    }

    /// <summary>Gets a policy with all its versions.</summary>
    /// <param name="kind">capture, cleansing, duplicates, scoring or assignment.</param>
    /// <param name="read">The use case.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(string kind, ReadPolicy read, Setting setting, CancellationToken ct) =>
        Find(kind) is { } known ? TypedResults.Ok(await View(known, read, setting, ct)) : Problem.NotFound();

    /// <summary>Saves the draft; what is not valid is refused and not saved.</summary>
    /// <param name="kind">capture, cleansing, duplicates, scoring or assignment.</param>
    /// <param name="body">The whole policy.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Draft(string kind, JsonElement body, SavePolicy save, ReadPolicy read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Find(kind) is { } known ? await save.Draft(viewer.UserId, known, body.GetRawText(), ct).Answer(_ => Made(known, read, setting, ct)) : Problem.NotFound();

    /// <summary>Throws the draft away.</summary>
    /// <param name="kind">capture, cleansing, duplicates, scoring or assignment.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Discard(string kind, SavePolicy save, Viewer viewer, CancellationToken ct) =>
        Find(kind) is { } known ? await save.Discard(viewer.UserId, known, ct).Answer() : Problem.NotFound();

    /// <summary>Puts the draft in force on every node.</summary>
    /// <param name="kind">capture, cleansing, duplicates, scoring or assignment.</param>
    /// <param name="body">Why.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Publish(string kind, PublicationBody body, SavePolicy save, ReadPolicy read, Viewer viewer, Setting setting, CancellationToken ct) =>
        Find(kind) is { } known ? await save.Publish(viewer.UserId, known, body.Note ?? "", ct).Answer(_ => Made(known, read, setting, ct)) : Problem.NotFound();

    private static PolicyKind? Find(string kind) => PolicyKind.All.FirstOrDefault(k => k.Name == kind);

    private static async Task<IResult> Made(PolicyKind kind, ReadPolicy read, Setting setting, CancellationToken ct) =>
        TypedResults.Created($"/api/v1/policies/{kind.Name}", await View(kind, read, setting, ct));

    private static async Task<PolicyView> View(PolicyKind kind, ReadPolicy read, Setting setting, CancellationToken ct)
    {
        var history = await read.Of(kind, ct);
        return new PolicyView(kind.Name, history.InForce.Version, history.Draft?.Version, [.. history.Versions.Select(v => new PolicyVersionView(
            v.Version, JsonSerializer.Deserialize<JsonElement>(v.Body), v.Note, OwnerAnswer.Of(v.AuthorId, setting), v.CreatedAt, v.PublishedAt))]);
    }
}
