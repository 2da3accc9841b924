using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>What the log keeps of a lead that a run pushed.</summary>
public sealed record ReactivatedData(Guid ReactivationId, Guid RunId, string Name, string? Campaign, Guid? OwnerId, Guid? PoolId);

/// <summary>Pushes candidates of a run to representatives or to a pool, with everything that records it.</summary>
internal sealed class ReactivationPushing(RunReactivation.Begun begun)
{
    private readonly AssignmentRule _own = new()
    {
        Id = $"reactivation_{begun.Run.ReactivationId:n}",
        Name = begun.Name,
        Target = begun.Plan.Push.Target,
        Method = AssignmentMethod.RoundRobin,
        Require = new() { NotEarlierOwner = true, MatchRegion = begun.Plan.Push.MatchRegion },
    };

    private ReactivationPush To => begun.Plan.Push;

    /// <summary>Pushes at most a number of leads and returns how many it were.</summary>
    public async Task<int> Push(LeadWork work, IReadOnlyList<Guid> ids, int most, CancellationToken ct)
    {
        var toPool = To is { ByRules: false, Target.Pool: { } key } ? key : null;
        // Counters are locked before leads.
        var board = toPool is null ? (await work.Board(ct)).Board : null;
        var leads = await Lock(work, ids, ct);
        var pushed = new List<ReactivatedLead>();
        var giving = board is null ? null : await Giving.Of(work, begun, Policy(work.Setting), board, leads, ct);
        foreach (var lead in leads)
        {
            if (pushed.Count >= most)
            {
                break;
            }

            var from = lead.PoolId!.Value;
            if (giving is null ? Move(work, lead, work.PoolFor(toPool!, lead.Region)) : giving.Give(lead))
            {
                work.Changes.Happened(lead.Id, LeadEvent.Reactivated, work.Now, work.ActorId, new ReactivatedData(begun.Run.ReactivationId, begun.Run.Id, begun.Name, begun.Plan.Campaign, lead.OwnerId, lead.PoolId));
                work.Changed(lead);
                pushed.Add(new ReactivatedLead { RunId = begun.Run.Id, LeadId = lead.Id, FromPoolId = from, OwnerId = lead.OwnerId });
            }
        }

        work.Scope.Db.AddRange(pushed);
        return pushed.Count;
    }

    // By rules: earlier owners are left out whatever a rule says, and nothing goes into trays.
    private AssignmentPolicy Policy(Setting setting) => To.ByRules
        ? setting.Assignment with
        {
            Rules = [.. setting.Assignment.Rules.Where(r => r.Method != AssignmentMethod.Manual).Select(r => r with { Require = r.Require with { NotEarlierOwner = true } })],
        }
        : setting.Assignment with { Rules = [_own] };

    private static bool Move(LeadWork work, Lead lead, Pool pool)
    {
        if (lead.PoolId == pool.Id)
        {
            return false;
        }

        var from = lead.PoolId!.Value;
        work.Pool(lead, pool);
        work.Changes.Happened(lead.Id, LeadEvent.Moved, work.Now, work.ActorId, new MovedData(from, pool.Id, pool.Key, null));
        return true;
    }

    // Somebody may have claimed one since it was selected; on PostgreSQL what others hold locked is passed over.
    private async Task<List<Lead>> Lock(LeadWork work, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.ToArray();
        var rows = work.Scope.Db.Set<Lead>();
        var locked = await (work.Scope.Store.IsSqlite
            ? rows.Where(l => wanted.Contains(l.Id))
            : rows.FromSql($"SELECT * FROM lead WHERE id = ANY({wanted}) ORDER BY id FOR UPDATE SKIP LOCKED")).ToListAsync(ct);
        var before = await work.Scope.Db.Set<ReactivatedLead>().Where(r => r.RunId == begun.Run.Id && wanted.Contains(r.LeadId)).Select(r => r.LeadId).ToListAsync(ct);
        return [.. locked.Where(l => l is { PoolId: not null, Status: LeadStatus.Unassigned } && !l.Stopped && !work.Held(l) && !before.Contains(l.Id)).OrderBy(l => wanted.IndexOf(l.Id))];
    }

    /// <summary>Gives leads of one batch to representatives.</summary>
    private sealed class Giving(LeadWork work, LeadAssigner assigner, int? most, Dictionary<Guid, int> shares, ILookup<Guid, Touch> touches, ILookup<Guid, Guid> owners)
    {
        public static async Task<Giving> Of(LeadWork work, RunReactivation.Begun begun, AssignmentPolicy policy, AssignmentBoard board, List<Lead> leads, CancellationToken ct)
        {
            var (db, ids) = (work.Scope.Db, leads.ConvertAll(l => l.Id));
            var shares = await db.Set<ReactivatedLead>().Where(r => r.RunId == begun.Run.Id && r.OwnerId != null)
                .GroupBy(r => r.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            var touches = await db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).ToListAsync(ct);
            var owners = await db.Set<OwnershipRecord>().Where(o => ids.Contains(o.LeadId)).Select(o => new { o.LeadId, o.OwnerId }).Distinct().ToListAsync(ct);
            var assigner = new LeadAssigner(work.Setting with { Assignment = policy }, board, work.Now);
            return new Giving(work, assigner, begun.Plan.Push.PerRecipient, shares, touches.ToLookup(t => t.LeadId), owners.ToLookup(o => o.LeadId, o => o.OwnerId));
        }

        public bool Give(Lead lead)
        {
            var score = work.Score(lead, touches[lead.Id]);
            var full = shares.Where(s => s.Value >= most).Select(s => s.Key).ToHashSet();
            var decision = assigner.Decide(lead, lead.Facts(work.Setting) with { Score = score }, null, [.. owners[lead.Id], .. full]);
            if (decision.OwnerId is not { } owner)
            {
                return false;
            }

            // Who has had their share of the run stands in the ledger as having enough for now.
            decision = decision with
            {
                Candidates = [.. decision.Candidates.Select(c => c.Ineligible == Ineligible.EarlierOwner && full.Contains(c.UserId) && !owners[lead.Id].Contains(c.UserId) ? c with { Ineligible = Ineligible.DailyCap } : c)],
            };
            work.Placement.Place(lead, decision, Acquired.AssignedAutomatically, work.ActorId);
            work.Explain(lead.Id, "assign", [.. score.Reasons, .. decision.Reasons]);
            shares[owner] = shares.GetValueOrDefault(owner) + 1;
            return true;
        }
    }
}
