using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Desk;

/// <summary>A lead that somebody got from a pool and holds.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Name">Its company, or its contact's name where there is none.</param>
/// <param name="Status">pending or working.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Acquired">How they got it.</param>
/// <param name="From">Since when.</param>
/// <param name="FollowUps">Counted follow-ups since.</param>
/// <param name="LastFollowUpAt">The last of them.</param>
/// <param name="ProtectedUntil">Until when no flow rule takes it away.</param>
/// <param name="LockedBy">The manager who locked it; null when it is not locked.</param>
public sealed record HeldLeadView(
    Guid LeadId, string? Name, LeadStatus Status, OwnerAnswer? Owner, Acquired Acquired, DateTimeOffset From, int FollowUps, DateTimeOffset? LastFollowUpAt,
    DateTimeOffset? ProtectedUntil, OwnerAnswer? LockedBy);

/// <summary>Which leads that are held from a pool are kept with their holders, and how.</summary>
/// <param name="Leads">The leads, 1 to 1,000.</param>
/// <param name="Locked">Whether no clock takes them away; stays as it is when left out.</param>
/// <param name="Days">Days of protection more, 1 to 365.</param>
public sealed record PoolLockBody(IReadOnlyList<Guid>? Leads = null, bool? Locked = null, int? Days = null);

/// <summary>What is held from a pool, and how its managers keep it with its holders.</summary>
public static class PoolHeldApi
{
    internal static void MapPoolHeld(this IEndpointRouteBuilder app)
    {
        var pool = app.MapGroup("/api/v1/pools/{id:guid}").WithTags("Pools").Require(Permission.ViewLeads).Idempotent();
        pool.MapGet("/held", List).Produces<Page<HeldLeadView>>();
        pool.MapPost("/lock", Lock).Produces<AssignmentsAnswer>();
    }

    /// <summary>Lists who holds what came from a pool, the latest first; only for its managers.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="page">Which page.</param>
    /// <param name="board">The pools.</param>
    /// <param name="held">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="owner">Only what one user holds.</param>
    /// <param name="locked">Only what is locked, or is not.</param>
    public static async Task<IResult> List(
        Guid id, [AsParameters] PageQuery page, PoolBoard board, PoolHeld held, Viewer viewer, Setting setting, CancellationToken ct, Guid? owner = null, bool? locked = null)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        if (await Refusal(id, board, viewer, ct) is { } no)
        {
            return no;
        }

        var read = await held.Read(viewer, id, new HeldFilter(owner, locked), after, page.Size, ct);
        var cut = Page.Cut(read, page.Size, h => Cursor.Write(h.OwnershipId));
        return TypedResults.Ok(new Page<HeldLeadView>([.. cut.Items.Select(h => Of(h, setting))], cut.Next));
    }

    /// <summary>Locks or unlocks leads for those who hold them, or extends their protection; one that is not held from the pool any more does not stop the others.</summary>
    /// <param name="id">The pool.</param>
    /// <param name="body">Which, and how.</param>
    /// <param name="board">The pools.</param>
    /// <param name="lockPooled">The use case.</param>
    /// <param name="answers">The answer's words.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Lock(Guid id, PoolLockBody body, PoolBoard board, LockPooled lockPooled, PoolAnswers answers, Viewer viewer, CancellationToken ct) =>
        await Refusal(id, board, viewer, ct) is { } no ? no
        : body.Leads is not { Count: > 0 } leads ? Problem.Invalid([new FieldError("leads", "required")])
        : leads.Count > LockPooled.Most ? Problem.Invalid([new FieldError("leads", "too_many", $"{LockPooled.Most}")])
        : answers.Of(leads, await lockPooled.Lock(viewer, id, leads, body.Locked, body.Days, ct));

    private static async Task<Problem?> Refusal(Guid id, PoolBoard board, Viewer viewer, CancellationToken ct) =>
        await board.Find(viewer, $"{id}", ct) is null ? Problem.NotFound() : LockPooled.Allows(viewer, id) ? null : Problem.Forbidden();

    private static HeldLeadView Of(HeldLead held, Setting setting) => new(
        held.LeadId,
        held.Name,
        held.Status,
        OwnerAnswer.Of(held.OwnerId, setting),
        held.Acquired,
        held.From,
        held.FollowUps,
        held.LastFollowUpAt,
        held.ProtectedUntil ?? Protection.At(setting.PoolRules.Protection, held.From),
        OwnerAnswer.Of(held.LockedBy, setting));
}
