using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Scoring;

/// <summary>Touches of a person's leads; what each was about goes, that it happened stays.</summary>
public sealed class TouchPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "touch";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var touches = await work.Db.Set<Touch>().AsNoTracking().Where(t => work.Leads.Contains(t.LeadId)).OrderBy(t => t.Id).ToListAsync(ct);
        return [.. touches.Select(t => Row(("leadId", t.LeadId), ("kind", t.Kind), ("at", t.At), ("count", t.Count), ("detail", t.Detail), ("campaign", t.Campaign), ("keyword", t.Keyword), ("content", t.Content), ("visitorId", t.VisitorId)))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) =>
        work.Db.Set<Touch>().Where(t => work.Leads.Contains(t.LeadId) && (t.Detail != null || t.VisitorId != null))
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.Detail, (string?)null).SetProperty(x => x.VisitorId, (Guid?)null), ct);
}
