using System.Text.Json.Nodes;
using Granary.Application.Analytics.Facts;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics;

/// <summary>
/// What reports know of a person's leads: channel, days, states and money, which stay; nothing that tells who they are. What of it is taken out of
/// the lead itself leaves here with the event of that, and leaves the rollups with it.
/// </summary>
public sealed class FactPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "lead_fact";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var facts = await work.Db.Set<LeadFact>().AsNoTracking().Where(f => work.Leads.Contains(f.LeadId)).OrderBy(f => f.LeadId).ToListAsync(ct);
        return [.. facts.Select(f => Row(("leadId", f.LeadId), ("receivedOn", f.ReceivedOn), ("mqlOn", f.MqlOn), ("sqlOn", f.SqlOn), ("opportunityOn", f.OpportunityOn), ("wonOn", f.WonOn), ("paidOn", f.PaidOn)))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => Task.FromResult(0);
}
