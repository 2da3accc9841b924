using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Policies;

/// <summary>Explanations of what was decided about a person's leads; what rules saw of their words goes, which rules fired stays.</summary>
public sealed class DecisionPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "decision";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var decisions = await work.Db.Set<Decision>().AsNoTracking().Where(d => work.Leads.Contains(d.LeadId)).OrderBy(d => d.Id).ToListAsync(ct);
        return [.. decisions.Select(d => Row(("leadId", d.LeadId), ("at", d.At), ("kind", d.Kind), ("trace", JsonNode.Parse(d.Trace))))];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var changed = 0;
        foreach (var decision in await work.Db.Set<Decision>().Where(d => work.Leads.Contains(d.LeadId)).ToListAsync(ct))
        {
            var trace = Json.Read<Trace>(decision.Trace);
            // Scores and assignments saw numbers and people who work here; cleansing and matching saw words of the person.
            var clean = trace with { Reasons = [.. trace.Reasons.Select(r => r.Step is "cleanse" or "match" ? r with { Facts = new Dictionary<string, string>() } : r)] };
            var written = Json.Write(clean);
            if (written != decision.Trace)
            {
                decision.Trace = written;
                changed++;
            }
        }

        await work.Db.SaveChangesAsync(ct);
        return changed;
    }
}
