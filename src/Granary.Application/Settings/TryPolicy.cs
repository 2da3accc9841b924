using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>A lead's score under the model in force and under another.</summary>
/// <param name="Name">What the lead is called.</param>
/// <param name="Now">Under the model in force.</param>
/// <param name="Then">Under the other.</param>
public sealed record ScoreTrial(string Name, Score Now, Score Then);

/// <summary>Where a lead would go by the rules in force and by others, as of this moment.</summary>
/// <param name="Name">What the lead is called.</param>
/// <param name="Now">By the rules in force.</param>
/// <param name="Then">By the others.</param>
public sealed record AssignmentTrial(string Name, AssignmentDecision Now, AssignmentDecision Then);

/// <summary>Tries a policy on a real lead (§0 What-if); nothing is changed by it.</summary>
public sealed class TryPolicy(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Scores a lead; null when there is none within the viewer's reach.</summary>
    public async Task<ScoreTrial?> Score(Viewer viewer, Guid leadId, ScoreModel model, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
        {
            return null;
        }

        var setting = await settings.Get(ct);
        return new ScoreTrial(NameOf(lead), await Score(db, lead, setting, ct), await Score(db, lead, setting with { Scoring = model }, ct));
    }

    /// <summary>Asks the rules who would get a lead; null when there is none within the viewer's reach.</summary>
    public Task<AssignmentTrial?> Assign(Viewer viewer, Guid leadId, AssignmentPolicy policy, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            // Only to see the board as a decision would; the transaction is given up.
            scope.Abandon();
            if (await viewer.Leads(scope.Db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
            {
                return null;
            }

            var setting = await settings.Get(ct);
            var facts = lead.Facts(setting) with { Score = await Score(scope.Db, lead, setting, ct) };
            var earlier = await scope.Db.Set<OwnershipRecord>().Where(o => o.LeadId == leadId && o.To != null).Select(o => o.OwnerId).Distinct().ToListAsync(ct);
            return new AssignmentTrial(
                NameOf(lead),
                await Decide(scope, setting, lead, facts, earlier, ct),
                await Decide(scope, setting with { Assignment = policy }, lead, facts, earlier, ct));
        },
        ct);

    private async Task<AssignmentDecision> Decide(
        WriteScope scope, Setting setting, Lead lead, LeadFacts facts, IReadOnlyList<Guid> earlier, CancellationToken ct)
    {
        // Each on a board of its own: a decision moves the turns.
        var board = new BoardStore(scope, setting, time.Now);
        board.Take(new BoardRows(await scope.Db.Set<StoredRotation>().AsNoTracking().ToListAsync(ct), await scope.Db.Set<UserLoad>().AsNoTracking().ToListAsync(ct)));
        return new LeadAssigner(setting, board.Board, time.Now).Decide(lead, facts, null, earlier, (await NamedOwners.For(scope.Db, settings.Vault, setting, [lead], ct)).Of(lead));
    }

    private async Task<Score> Score(GranaryDb db, Lead lead, Setting setting, CancellationToken ct)
    {
        var touches = await db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == lead.Id).ToListAsync(ct);
        return Scorer.Score(setting.Scoring, lead.Facts(setting), [.. touches.Select(t => new TouchTally(t.Kind, t.Count, t.At))], time.Now);
    }

    private static string NameOf(Lead lead) => string.Join(" · ", new[] { lead.CompanyName, lead.ContactName }.Where(name => !string.IsNullOrEmpty(name)));
}
