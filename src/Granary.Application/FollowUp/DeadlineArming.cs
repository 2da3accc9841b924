using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>
/// Brings timers, answers and late work of some leads to what the leads' present state asks for. It looks at state alone, so it
/// may be done any number of times.
/// </summary>
internal static class DeadlineArming
{
    /// <summary>Arms leads.</summary>
    public static async Task Arm(WriteScope scope, Setting setting, Guid[] leads, DateTimeOffset now, CancellationToken ct)
    {
        if (leads.Length == 0)
        {
            return;
        }

        // First the timers: a sweep that works on a lead ends before its marks are read.
        var timers = await DeadlineTimers.Lock(scope, leads, ct);
        var cases = await DeadlineCase.Load(scope.Db, setting, leads, ct);
        var after = leads.ToDictionary(id => id, _ => (LeadTimer?)null);
        foreach (var one in cases)
        {
            var state = DeadlineState.Of(timers.GetValueOrDefault(one.Lead.Id), one.Open?.Id);
            after[one.Lead.Id] = DeadlineWatch.Of(one, state, now).Timer(one.Lead.Id, state, now);
        }

        await DeadlineTimers.Replace(scope, timers, after, ct);
        await KeepResponses(scope, setting, cases, now, ct);
        await NoteLateWork(scope, cases, now, ct);
    }

    private static async Task KeepResponses(WriteScope scope, Setting setting, IReadOnlyList<DeadlineCase> cases, DateTimeOffset now, CancellationToken ct)
    {
        var ids = cases.SelectMany(c => c.Ownerships).Select(o => o.Id).ToArray();
        var known = await scope.Db.Set<LeadResponse>().Where(r => ids.Contains(r.OwnershipId)).ToDictionaryAsync(r => r.OwnershipId, ct);
        List<LeadResponse> added = [];
        HashSet<Guid> changed = [];
        foreach (var (one, ownership) in cases.SelectMany(c => c.Ownerships.Select(o => (c, o))))
        {
            var before = known.TryGetValue(ownership.Id, out var response) ? (response.RespondBy, response.RespondedAt, response.To) : default((DateTimeOffset?, DateTimeOffset?, DateTimeOffset?)?);
            if (response is not null)
            {
                if (response is { RespondedAt: null, To: null })
                {
                    Expect(response, one, ownership, setting);
                }
            }
            else
            {
                added.Add(response = new LeadResponse { OwnershipId = ownership.Id, LeadId = ownership.LeadId, OwnerId = ownership.OwnerId, From = ownership.From });
                Expect(response, one, ownership, setting);
            }

            (response.RespondedAt, response.To) = (ownership.FirstFollowUpAt, ownership.To);
            if (before != (response.RespondBy, response.RespondedAt, response.To))
            {
                changed.Add(ownership.LeadId);
            }
        }

        await scope.Db.SaveChangesAsync(ct);
        await scope.Insert().Add(added).Add<ResponseChange>([.. changed.Select(id => new ResponseChange { Id = Clock.NewId(now), LeadId = id })]).Send(ct);
    }

    private static void Expect(LeadResponse response, DeadlineCase one, OwnershipRecord ownership, Setting setting)
    {
        var first = one.Owned(ownership) is { } facts
            ? Deadlines.FirstResponse(setting.Sla, setting.InForceSince(PolicyKind.Sla), facts, setting.Calendar) : null;
        (response.RuleId, response.RespondBy) = (first?.Rule.Id, first?.DeadlineAt);
    }

    private static async Task NoteLateWork(WriteScope scope, IReadOnlyList<DeadlineCase> cases, DateTimeOffset now, CancellationToken ct)
    {
        var worked = cases.Where(c => c.Ownerships.Any(Worked)).ToDictionary(c => c.Lead.Id);
        if (worked.Count == 0)
        {
            return;
        }

        var ids = worked.Keys.ToArray();
        var open = await scope.Db.Set<Violation>().AsNoTracking()
            .Where(v => ids.Contains(v.LeadId) && !scope.Db.Set<ViolationNote>().Any(n => n.ViolationId == v.Id && n.Kind == ViolationNoteKind.DoneLate))
            .ToListAsync(ct);
        foreach (var violation in open)
        {
            var one = worked[violation.LeadId];
            if (one.Ownerships.FirstOrDefault(o => o.Id == violation.OwnershipId) is { } ownership && DoneAt(violation, one.Lead, ownership) is { } at)
            {
                scope.Db.Add(new ViolationNote { Id = Clock.NewId(now), ViolationId = violation.Id, Kind = ViolationNoteKind.DoneLate, At = at });
            }
        }

        await scope.Db.SaveChangesAsync(ct);
    }

    // Without any of it there is no such moment.
    private static bool Worked(OwnershipRecord o) => o.DecidedAt is not null || o.LastFollowUpAt is not null || o.Ended == Ended.Converted;

    // The first moment known at which the goal was met after its deadline.
    private static DateTimeOffset? DoneAt(Violation violation, Lead lead, OwnershipRecord ownership) => ViolationEvidence.Of(violation).Rule.Goal switch
    {
        SlaGoal.Decision => ownership.DecidedAt,
        SlaGoal.Conversion => lead.Status == LeadStatus.Converted && ownership.Ended == Ended.Converted ? ownership.To : null,
        _ => ownership.FirstFollowUpAt >= violation.DeadlineAt ? ownership.FirstFollowUpAt
            : ownership.LastFollowUpAt >= violation.DeadlineAt ? ownership.LastFollowUpAt : null,
    };
}
