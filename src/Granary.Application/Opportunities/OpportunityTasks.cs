using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>What is to be done about an opportunity.</summary>
public enum OpportunityTask
{
    /// <summary>Write the project charter.</summary>
    Charter = 1,

    /// <summary>Answer an objection.</summary>
    Objection = 2,

    /// <summary>Hand over what was won.</summary>
    Handover = 3,

    /// <summary>Evaluate it again.</summary>
    Evaluation = 4,

    /// <summary>Confirm a grade.</summary>
    Confirm = 5,

    /// <summary>Decide about a conversion plan.</summary>
    Approve = 6,

    /// <summary>Look a contract through.</summary>
    Review = 7,

    /// <summary>Accept a handover.</summary>
    Accept = 8,

    /// <summary>Write the success case of what the deal rule says is won, or say that it is won.</summary>
    Win = 9,
}

/// <summary>Something to be done about an opportunity.</summary>
/// <param name="Task">What.</param>
/// <param name="Opportunity">The opportunity.</param>
/// <param name="DueAt">By when; null where no time is set.</param>
public sealed record OpportunityDue(OpportunityTask Task, Opportunity Opportunity, DateTimeOffset? DueAt);

/// <summary>What somebody has to do about opportunities: their own with what is due, and what waits for their decision.</summary>
public sealed class OpportunityTasks(Store store, SettingCache settings, TimeProvider time)
{
    private const int Most = 200, MostShown = 50;

    /// <summary>What is to be done, the most pressing first.</summary>
    public async Task<IReadOnlyList<OpportunityDue>> Of(Viewer viewer, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ViewOpportunities))
        {
            return [];
        }

        var setting = await settings.Get(ct);
        await using var db = store.Open();
        List<OpportunityDue> due = [.. await Own(db, viewer, setting, ct), .. await Waiting(db, viewer, ct)];
        return [.. due.OrderBy(d => d.DueAt ?? DateTimeOffset.MaxValue).ThenBy(d => d.Task).ThenByDescending(d => d.Opportunity.Id).Take(MostShown)];
    }

    private async Task<List<OpportunityDue>> Own(GranaryDb db, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var me = viewer.UserId;
        var before = time.Now.AddDays(-setting.Opportunities.EvaluationDays);
        var own = viewer.Opportunities(db).AsNoTracking().Where(o => o.OwnerId == me);
        List<OpportunityDue> due = [];
        due.AddRange((await own.Where(o => o.CharterDueAt != null || o.HandoverDueAt != null).OrderBy(o => o.Id).Take(Most).ToListAsync(ct))
            .Select(o => o.CharterDueAt is { } charter ? new OpportunityDue(OpportunityTask.Charter, o, charter) : new OpportunityDue(OpportunityTask.Handover, o, o.HandoverDueAt)));
        due.AddRange((await own.Where(o => o.ClosedAt == null && (o.EvaluatedAt ?? o.CreatedAt) <= before).OrderBy(o => o.Id).Take(Most).ToListAsync(ct))
            .Select(o => new OpportunityDue(OpportunityTask.Evaluation, o, (o.EvaluatedAt ?? o.CreatedAt).AddDays(setting.Opportunities.EvaluationDays))));
        due.AddRange((await own.Where(o => o.DealMetAt != null).OrderBy(o => o.Id).Take(Most).ToListAsync(ct)).Select(o => new OpportunityDue(OpportunityTask.Win, o, o.DealMetAt + RemindOpportunities.ToWin)));
        var objections = await (from x in db.Set<OpportunityObjection>()
                                join o in own on x.OpportunityId equals o.Id
                                where x.AnsweredAt == null
                                orderby x.DueAt
                                select new { o, x.DueAt }).AsNoTracking().Take(Most).ToListAsync(ct);
        due.AddRange(objections.GroupBy(x => x.o.Id).Select(g => new OpportunityDue(OpportunityTask.Objection, g.First().o, g.Min(x => x.DueAt))));
        return due;
    }

    private static async Task<List<OpportunityDue>> Waiting(GranaryDb db, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.UserId;
        List<OpportunityDue> due = [];
        if (viewer.May(Permission.DecideOpportunities))
        {
            var others = viewer.Opportunities(db, Permission.DecideOpportunities).AsNoTracking().Where(o => o.OwnerId != me && o.ClosedAt == null);
            due.AddRange((await others.Where(o => o.PlanWaits).OrderBy(o => o.Id).Take(Most).ToListAsync(ct))
                .Where(o => viewer.Decides(o) >= DecidePlan.Needed(o)).Select(o => new OpportunityDue(OpportunityTask.Approve, o, null)));
            var graded = db.Set<OpportunityEvaluation>().Where(e => e.Verdict == EvaluationVerdict.Open && e.ActorId != me).Select(e => e.OpportunityId);
            due.AddRange((await others.Where(o => graded.Contains(o.Id)).OrderBy(o => o.Id).Take(Most).ToListAsync(ct)).Select(o => new OpportunityDue(OpportunityTask.Confirm, o, null)));
        }

        if (viewer.May(Permission.ReviewContracts))
        {
            var contracts = db.Set<OpportunityContract>().Where(c => c.State == ContractState.LegalReview).Select(c => c.OpportunityId);
            due.AddRange((await viewer.Opportunities(db, Permission.ReviewContracts).AsNoTracking().Where(o => contracts.Contains(o.Id)).OrderBy(o => o.Id).Take(Most).ToListAsync(ct))
                .Select(o => new OpportunityDue(OpportunityTask.Review, o, null)));
        }

        var handed = db.Set<OpportunityHandover>().Where(h => h.ReceiverId == me && h.State == HandoverState.Waiting).Select(h => h.OpportunityId);
        due.AddRange((await viewer.Opportunities(db).AsNoTracking().Where(o => o.ReceiverId == me && handed.Contains(o.Id)).OrderBy(o => o.Id).Take(Most).ToListAsync(ct))
            .Select(o => new OpportunityDue(OpportunityTask.Accept, o, null)));
        return due;
    }
}
