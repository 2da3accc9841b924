using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

internal sealed partial class LeadWork
{
    /// <summary>
    /// Scores a lead after something arrived; one that nobody owns and that crosses the pass mark upward is assigned at once
    /// (§6.3). A held lead is not scored.
    /// </summary>
    public async Task ScoreAnew(Lead lead, CancellationToken ct) =>
        await ScoreAnew(lead, await Scope.Db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == lead.Id).ToListAsync(ct), ct);

    /// <summary>The same for a lead whose stored touches are known.</summary>
    public async Task ScoreAnew(Lead lead, IEnumerable<Touch> stored, CancellationToken ct)
    {
        if (Held(lead))
        {
            return;
        }

        var wasMature = lead.Mature;
        var score = Score(lead, stored);
        if (!wasMature && lead is { Mature: true, Status: LeadStatus.Unassigned, TrayUserId: null })
        {
            await Assign(lead, score, score.Reasons, ct);
        }
        else
        {
            Explain(lead.Id, "score", score.Reasons);
        }
    }

    /// <summary>Scores a lead anew by all its touches, those of this work included, and records what changed.</summary>
    public async Task<Score> Score(Lead lead, CancellationToken ct)
    {
        var touches = await Scope.Db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == lead.Id).ToListAsync(ct);
        return Score(lead, touches);
    }

    /// <summary>Scores a lead whose stored touches are known.</summary>
    public Score Score(Lead lead, IEnumerable<Touch> stored)
    {
        var tallies = stored.Concat(Changes.Touches.Where(t => t.LeadId == lead.Id)).Select(t => new TouchTally(t.Kind, t.Count, t.At)).ToList();
        var score = Scorer.Score(Setting.Scoring, lead.Facts(Setting), tallies, Now);
        var (before, cell) = (lead.Score, lead.Cell);
        lead.Take(score);
        if (before != lead.Score || cell != lead.Cell)
        {
            Changes.Happened(lead.Id, LeadEvent.Scored, Now, ActorId, new { before, after = lead.Score, from = cell, to = lead.Cell });
        }

        return score;
    }

    /// <summary>Assigns a lead that nobody owns by the rules, and explains it.</summary>
    public async Task Assign(Lead lead, Score score, IReadOnlyList<Reason> before, CancellationToken ct)
    {
        var earlier = await Scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == lead.Id && o.To != null).Select(o => o.OwnerId).Distinct().ToListAsync(ct);
        var named = await NamedOwners.For(Scope.Db, Vault, Setting, [lead], ct);
        var decision = new LeadAssigner(Setting, (await Board(ct)).Board, Now).Decide(lead, lead.Facts(Setting) with { Score = score }, null, earlier, named.Of(lead));
        Placement.Place(lead, decision, Acquired.AssignedAutomatically, ActorId);
        Explain(lead.Id, "assign", [.. before, .. decision.Reasons]);
    }
}
