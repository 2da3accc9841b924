using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// What was written about opportunities that began with a person's leads: chains name people, plans and reports speak of them. Texts go,
/// figures, dates and states stay.
/// </summary>
public sealed class OpportunityPaperPersonPart : PersonPart
{
    private const string Gone = "—";

    /// <inheritdoc />
    public override string Name => "opportunity_paper";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var ids = Ids(work);
        var papers = await work.Db.Set<OpportunityPaper>().AsNoTracking().Where(p => ids.Contains(p.OpportunityId)).OrderBy(p => p.Id).ToListAsync(ct);
        var objections = await work.Db.Set<OpportunityObjection>().AsNoTracking().Where(p => ids.Contains(p.OpportunityId)).OrderBy(p => p.Id).ToListAsync(ct);
        var handovers = await work.Db.Set<OpportunityHandover>().AsNoTracking().Where(p => ids.Contains(p.OpportunityId)).ToListAsync(ct);
        return
        [
            .. papers.Select(p => Row(("opportunityId", p.OpportunityId), ("kind", p.Kind), ("at", p.At), ("text", JsonNode.Parse(p.Body)))),
            .. objections.Select(o => Row(("opportunityId", o.OpportunityId), ("at", o.At), ("objection", o.Text), ("answer", o.Answer))),
            .. handovers.Select(h => Row(("opportunityId", h.OpportunityId), ("at", h.At), ("customer", h.Customer), ("needs", h.Needs), ("terms", h.Terms))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var ids = Ids(work);
        var changed = await work.Db.Set<OpportunityPaper>().Where(p => ids.Contains(p.OpportunityId)).ExecuteDeleteAsync(ct);
        changed += await work.Db.Set<OpportunityObjection>().Where(o => ids.Contains(o.OpportunityId))
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.Text, Gone).SetProperty(x => x.Answer, (string?)null).SetProperty(x => x.OutcomeNote, (string?)null), ct);
        changed += await work.Db.Set<OpportunityHandover>().Where(h => ids.Contains(h.OpportunityId))
            .ExecuteUpdateAsync(h => h.SetProperty(x => x.Customer, Gone).SetProperty(x => x.Needs, Gone).SetProperty(x => x.Comment, (string?)null), ct);
        await work.Db.Set<InquiryChange>().Where(c => ids.Contains(c.OpportunityId)).ExecuteUpdateAsync(c => c.SetProperty(x => x.Reason, Gone), ct);
        await work.Db.Set<OpportunityEvaluation>().Where(e => ids.Contains(e.OpportunityId))
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.Reason, (string?)null).SetProperty(x => x.Comment, (string?)null), ct);
        return changed;
    }

    private static IQueryable<Guid> Ids(PersonWork work) => work.Db.Set<Opportunity>().Where(o => o.LeadId != null && work.Leads.Contains(o.LeadId.Value)).Select(o => o.Id);
}
