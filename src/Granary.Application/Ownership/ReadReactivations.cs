using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>What became of a lead that was pushed.</summary>
public enum ReactivationOutcome
{
    /// <summary>Nobody has done anything with it.</summary>
    Untouched = 1,

    /// <summary>Somebody works on it.</summary>
    Working = 2,

    /// <summary>It was converted.</summary>
    Converted = 3,

    /// <summary>It was found invalid, or voided.</summary>
    Invalid = 4,

    /// <summary>Whoever got it has it no longer: returned, recycled, handed on.</summary>
    Back = 5,
}

/// <summary>What became of pushed leads. The outcomes add up to what was pushed; contacted counts besides.</summary>
/// <param name="Pushed">Leads pushed.</param>
/// <param name="Contacted">Followed up since.</param>
/// <param name="Working">Somebody works on it.</param>
/// <param name="Converted">Converted.</param>
/// <param name="Back">Returned, recycled or handed on.</param>
/// <param name="Invalid">Found invalid, or voided.</param>
/// <param name="Untouched">Nobody has done anything with it.</param>
public sealed record ReactivationFigures(int Pushed, int Contacted, int Working, int Converted, int Back, int Invalid, int Untouched)
{
    /// <summary>Figures of both.</summary>
    public static ReactivationFigures operator +(ReactivationFigures a, ReactivationFigures b) => new(
        a.Pushed + b.Pushed, a.Contacted + b.Contacted, a.Working + b.Working, a.Converted + b.Converted, a.Back + b.Back, a.Invalid + b.Invalid, a.Untouched + b.Untouched);

    /// <summary>Nothing pushed.</summary>
    public static ReactivationFigures None { get; } = new(0, 0, 0, 0, 0, 0, 0);
}

/// <summary>A run and what became of what it pushed.</summary>
public sealed record RunResult(ReactivationRun Run, ReactivationFigures Figures);

/// <summary>What a plan would select now.</summary>
/// <param name="Selected">How many, up to one more than <see cref="RunReactivation.CountedUpTo"/>.</param>
/// <param name="First">The first ones.</param>
public sealed record ReactivationPreview(int Selected, IReadOnlyList<Lead> First);

/// <summary>Reads reactivations, what they would select and what became of it.</summary>
public sealed class ReadReactivations(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Leads of a preview, and runs and leads of a page.</summary>
    public const int PageSize = 20, Runs = 100;

    /// <summary>
    /// Whether somebody may make, run and read reactivations: they take leads out of any pool and give them to anybody, so it is
    /// assigning without bounds, and neither a supervisor's team nor editing policies is enough.
    /// </summary>
    public static bool Allows(Viewer viewer) => viewer.Scope(Permission.AssignLeads).HasFlag(DataScope.All);

    /// <summary>All reactivations, the open ones first, with their figures in total.</summary>
    public async Task<IReadOnlyList<(Reactivation Reactivation, DateTimeOffset? LastRun, ReactivationFigures Figures)>> All(CancellationToken ct = default)
    {
        await using var db = store.Open();
        var all = await db.Set<Reactivation>().AsNoTracking().OrderByDescending(r => r.Open).ThenByDescending(r => r.Id).ToListAsync(ct);
        var last = await db.Set<ReactivationRun>().GroupBy(r => r.ReactivationId).Select(g => new { g.Key, At = g.Max(r => r.At) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        var figures = await Figures(Pushed(db), byRun: false, ct);
        return [.. all.Select(r => (r, last.TryGetValue(r.Id, out var at) ? at : (DateTimeOffset?)null, figures.GetValueOrDefault(r.Id, ReactivationFigures.None)))];
    }

    /// <summary>A reactivation; null when there is none.</summary>
    public async Task<Reactivation?> Find(Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<Reactivation>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>The latest <see cref="Runs"/> runs with their figures, the latest first.</summary>
    public async Task<IReadOnlyList<RunResult>> Results(Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var runs = await db.Set<ReactivationRun>().AsNoTracking().Where(r => r.ReactivationId == id).OrderByDescending(r => r.Id).Take(Runs).ToListAsync(ct);
        var figures = await Figures(Pushed(db).Where(p => p.ReactivationId == id), byRun: true, ct);
        return runs.ConvertAll(run => new RunResult(run, figures.GetValueOrDefault(run.Id, ReactivationFigures.None)));
    }

    /// <summary>The leads that a run pushed, by their ids, page by page.</summary>
    /// <param name="id">The reactivation.</param>
    /// <param name="run">The run; null has all of them.</param>
    /// <param name="outcome">Only those with an outcome.</param>
    /// <param name="contacted">Only those that were followed up since.</param>
    /// <param name="after">Only behind this lead.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<(Lead Lead, PushedLead Push)>> Leads(
        Guid id, Guid? run, ReactivationOutcome? outcome, bool contacted, Guid? after, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var pushed = Pushed(db).Where(p => p.ReactivationId == id);
        pushed = run is { } one ? pushed.Where(p => p.RunId == one) : pushed;
        pushed = outcome is { } which ? pushed.Where(p => p.Outcome == which) : pushed;
        pushed = contacted ? pushed.Where(p => p.Contacted) : pushed;
        pushed = after is { } place ? pushed.Where(p => p.LeadId > place) : pushed;
        var page = await pushed.OrderBy(p => p.LeadId).ThenByDescending(p => p.RunId).Take(PageSize + 1).ToListAsync(ct);
        var ids = page.ConvertAll(p => p.LeadId);
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        return page.ConvertAll(p => (leads[p.LeadId], p));
    }

    /// <summary>What a plan would select now; the plan must be valid.</summary>
    public async Task<ReactivationPreview> Preview(ReactivationPlan plan, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var candidates = new ReactivationCandidates(db, await settings.Get(ct), plan, time.Now);
        var selected = await candidates.Count(RunReactivation.CountedUpTo + 1, ct);
        var (ids, _) = await candidates.Next(default, PageSize, ct);
        var first = await db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id)).ToListAsync(ct);
        return new ReactivationPreview(selected, [.. first.OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id, IdOrder.Instance)]);
    }

    /// <summary>The reactivation that gave a lead to its present owner; null when none did.</summary>
    public async Task<Reactivation?> Behind(Lead lead, CancellationToken ct = default)
    {
        if (lead.OwnerId is not { } owner)
        {
            return null;
        }

        await using var db = store.Open();
        var latest = db.Set<ReactivatedLead>().Where(r => r.LeadId == lead.Id).OrderByDescending(r => r.RunId).Take(1);
        return await (from r in latest
                      where r.OwnerId == owner
                      join run in db.Set<ReactivationRun>() on r.RunId equals run.Id
                      join reactivation in db.Set<Reactivation>() on run.ReactivationId equals reactivation.Id
                      select reactivation).AsNoTracking().FirstOrDefaultAsync(ct);
    }

    private static IQueryable<PushedLead> Pushed(GranaryDb db) =>
        from r in db.Set<ReactivatedLead>()
        join run in db.Set<ReactivationRun>() on r.RunId equals run.Id
        join l in db.Set<Lead>() on r.LeadId equals l.Id
        select new PushedLead
        {
            ReactivationId = run.ReactivationId,
            RunId = run.Id,
            LeadId = r.LeadId,
            OwnerId = r.OwnerId,
            Contacted = l.FollowedAt != null && l.FollowedAt >= run.At,
            Outcome = l.Status == LeadStatus.Converted ? ReactivationOutcome.Converted
                : l.Status == LeadStatus.Invalid || l.Status == LeadStatus.Voided ? ReactivationOutcome.Invalid
                : r.OwnerId != null && (l.OwnerId == null || l.OwnerId != r.OwnerId) ? ReactivationOutcome.Back
                : l.Status == LeadStatus.Working || (r.OwnerId == null && l.OwnerId != null) ? ReactivationOutcome.Working
                : ReactivationOutcome.Untouched,
        };

    private static async Task<Dictionary<Guid, ReactivationFigures>> Figures(IQueryable<PushedLead> pushed, bool byRun, CancellationToken ct)
    {
        var counts = await pushed.GroupBy(p => new { Id = byRun ? p.RunId : p.ReactivationId, p.Outcome, p.Contacted })
            .Select(g => new { g.Key.Id, g.Key.Outcome, g.Key.Contacted, Count = g.Count() }).ToListAsync(ct);
        return counts.GroupBy(c => c.Id).ToDictionary(g => g.Key, g =>
        {
            int Of(ReactivationOutcome outcome) => g.Where(c => c.Outcome == outcome).Sum(c => c.Count);
            return new ReactivationFigures(
                g.Sum(c => c.Count),
                g.Where(c => c.Contacted).Sum(c => c.Count),
                Of(ReactivationOutcome.Working),
                Of(ReactivationOutcome.Converted),
                Of(ReactivationOutcome.Back),
                Of(ReactivationOutcome.Invalid),
                Of(ReactivationOutcome.Untouched));
        });
    }
}

/// <summary>A pushed lead and what became of it.</summary>
public sealed record PushedLead
{
    /// <summary>The reactivation.</summary>
    public Guid ReactivationId { get; init; }

    /// <summary>The run.</summary>
    public Guid RunId { get; init; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Who got it; null when it went to a pool.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Whether it was followed up since.</summary>
    public bool Contacted { get; init; }

    /// <summary>What became of it.</summary>
    public ReactivationOutcome Outcome { get; init; }
}
