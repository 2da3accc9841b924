using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Opportunities that began with a person's leads: amounts, stages and dates stay, names that may name a person go.</summary>
public sealed class OpportunityPersonPart : PersonPart
{
    private const string Gone = "—";

    /// <inheritdoc />
    public override string Name => "opportunity";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var found = await Of(work).AsNoTracking().OrderBy(o => o.Id).ToListAsync(ct);
        return [.. found.Select(o => Row(("leadId", o.LeadId), ("code", o.Code), ("name", o.Name), ("stage", o.Stage), ("createdAt", o.CreatedAt), ("custom", o.Custom is null ? null : JsonNode.Parse(o.Custom))))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) =>
        Of(work).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, Gone).SetProperty(x => x.Custom, (string?)null), ct);

    private static IQueryable<Opportunity> Of(PersonWork work) => work.Db.Set<Opportunity>().Where(o => o.LeadId != null && work.Leads.Contains(o.LeadId.Value));
}
