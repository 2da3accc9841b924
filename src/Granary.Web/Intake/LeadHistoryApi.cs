using System.Text.Json;
using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake;

/// <summary>Something that happened to a lead.</summary>
/// <param name="Position">Its place in the event log.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who; null for the product itself.</param>
/// <param name="Kind">What, such as <c>lead.captured</c>.</param>
/// <param name="Data">Before, after, why.</param>
public sealed record LeadEventView(long Position, DateTimeOffset At, OwnerAnswer? Actor, string Kind, JsonElement Data);

/// <summary>A period in which somebody owned a lead.</summary>
/// <param name="Id">Id.</param>
/// <param name="Owner">Who.</param>
/// <param name="Acquired">created, imported, claimed, assignedByAdministrator, assignedAutomatically, ownerChanged or duplicate.</param>
/// <param name="From">When it began.</param>
/// <param name="Ended">converted, invalid, returned, recycled, transferred or voided; null while it lasts.</param>
/// <param name="To">When it ended.</param>
/// <param name="Reason">Why it ended, as whoever ended it says; for recycled the name of the rule, built-in ones by their key such as <c>business_idle</c>.</param>
public sealed record OwnershipView(Guid Id, OwnerAnswer Owner, Acquired Acquired, DateTimeOffset From, Ended? Ended, DateTimeOffset? To, string? Reason);

/// <summary>Why something was decided.</summary>
/// <param name="Id">Id.</param>
/// <param name="At">When.</param>
/// <param name="Kind">intake, score or assign.</param>
/// <param name="Versions">Versions of the policies that decided.</param>
/// <param name="Explanation">Why, line by line.</param>
public sealed record ExplanationView(Guid Id, DateTimeOffset At, string Kind, IReadOnlyDictionary<string, int> Versions, IReadOnlyList<ExplanationLine> Explanation);

/// <summary>An entry of the assignment ledger.</summary>
/// <param name="Id">Id.</param>
/// <param name="At">When.</param>
/// <param name="Rule">Id of the rule; null for precedence, fallback and by hand.</param>
/// <param name="PolicyVersion">Version of the policy; 0 for by hand.</param>
/// <param name="Owner">Who got it.</param>
/// <param name="Pool">The pool that got it.</param>
/// <param name="Actor">Who assigned by hand.</param>
/// <param name="Candidates">Everybody considered.</param>
public sealed record LedgerView(
    Guid Id, DateTimeOffset At, string? Rule, int PolicyVersion, OwnerAnswer? Owner, string? Pool, OwnerAnswer? Actor, IReadOnlyList<CandidateView> Candidates);

/// <summary>Somebody considered.</summary>
/// <param name="User">Whom.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="Ineligible">Why not, such as <c>daily_cap</c>; <c>no</c> when they could.</param>
public sealed record CandidateView(OwnerAnswer User, string? Rule, string Ineligible);

/// <summary>The explanations of a lead and its assignment ledger, the latest first.</summary>
/// <param name="Items">Explanations.</param>
/// <param name="Assignments">Ledger.</param>
public sealed record ExplanationsView(IReadOnlyList<ExplanationView> Items, IReadOnlyList<LedgerView> Assignments);

/// <summary>What happened to a lead, who owned it, and why.</summary>
public static class LeadHistoryApi
{
    private const int Latest = 200;

    internal static void MapLeadHistory(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Require(Permission.ViewLeads);
        lead.MapGet("/timeline", Timeline).Produces<Page<LeadEventView>>();
        lead.MapGet("/ownerships", Ownerships).Produces<Page<OwnershipView>>();
        lead.MapGet("/explanations", Explanations).Produces<ExplanationsView>();
    }

    /// <summary>Everything that happened to a lead, the latest first; of one in a pool without what the pool does not show.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="page">Which page.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Timeline(Guid id, [AsParameters] PageQuery page, Viewer viewer, Setting setting, Store store, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<long?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        await using var db = store.Open();
        if (await Lead(db, viewer, id, ct) is not { } lead)
        {
            return Problem.NotFound();
        }

        var veil = viewer.Veil(setting, lead);
        var history = await db.WithMerged(id, ct);
        var events = await db.Set<EventRecord>().AsNoTracking().Where(e => history.Contains(e.SubjectId) && e.Kind != LeadEvent.Viewed && (after == null || e.Position < after))
            .OrderByDescending(e => e.Position).Take(page.Size + 1).ToListAsync(ct);
        var views = events.ConvertAll(veil.Of).ConvertAll(e => new LeadEventView(e.Position, e.At, OwnerAnswer.Of(e.ActorId, setting), e.Kind, JsonSerializer.Deserialize<JsonElement>(e.Data)));
        return TypedResults.Ok(Page.Cut(views, page.Size, e => Cursor.Write(e.Position)));
    }

    /// <summary>Everybody who owned a lead, the latest first.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Ownerships(Guid id, Viewer viewer, Setting setting, Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        if (await Lead(db, viewer, id, ct) is not { } lead)
        {
            return Problem.NotFound();
        }

        var veil = viewer.Veil(setting, lead);
        var history = await db.WithMerged(id, ct);
        var records = await db.Set<OwnershipRecord>().AsNoTracking().Where(o => history.Contains(o.LeadId)).OrderByDescending(o => o.Id).Take(Latest).ToListAsync(ct);
        return TypedResults.Ok(new Page<OwnershipView>(records.ConvertAll(o => new OwnershipView(o.Id, OwnerAnswer.Of(o.OwnerId, setting)!, o.Acquired, o.From, o.Ended, o.To, veil.Text(o.Reason))), null));
    }

    /// <summary>Why everything about a lead was decided, and who was considered for it; of one in a pool without what the pool does not show.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="words">The words.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Explanations(Guid id, Viewer viewer, Setting setting, Store store, Explanation words, CancellationToken ct)
    {
        await using var db = store.Open();
        if (await Lead(db, viewer, id, ct) is not { } lead)
        {
            return Problem.NotFound();
        }

        var veil = viewer.Veil(setting, lead);
        var history = await db.WithMerged(id, ct);
        var decisions = await db.Set<Decision>().AsNoTracking().Where(d => history.Contains(d.LeadId)).OrderByDescending(d => d.Id).Take(Latest).ToListAsync(ct);
        var ledger = !veil.ShowsAssignment ? [] : await db.Set<AssignmentRecord>().AsNoTracking().Where(a => history.Contains(a.LeadId)).OrderByDescending(a => a.Id).Take(Latest).ToListAsync(ct);
        return TypedResults.Ok(new ExplanationsView(decisions.ConvertAll(d => Explained(d, veil, words)), ledger.ConvertAll(a => Considered(a, setting))));
    }

    private static Task<Lead?> Lead(GranaryDb db, Viewer viewer, Guid id, CancellationToken ct) => viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct);

    private static ExplanationView Explained(Decision decision, LeadVeil veil, Explanation words)
    {
        var trace = Json.Read<Trace>(decision.Trace);
        return new ExplanationView(decision.Id, decision.At, decision.Kind, trace.Versions, words.Of(veil.Of(trace.Reasons)));
    }

    private static LedgerView Considered(AssignmentRecord entry, Setting setting) => new(
        entry.Id,
        entry.At,
        entry.RuleId,
        entry.PolicyVersion,
        OwnerAnswer.Of(entry.OwnerId, setting),
        entry.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
        OwnerAnswer.Of(entry.ActorId, setting),
        [.. CandidateLedger.Unpack(entry.Candidates).Select(c => new CandidateView(OwnerAnswer.Of(c.UserId, setting)!, c.RuleId, c.Ineligible.Code()))]);
}
