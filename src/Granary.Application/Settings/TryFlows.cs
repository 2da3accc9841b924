using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Which flow moves a lead and when: by the policy in force, and by another one if it were published now.</summary>
/// <param name="Name">What the lead is called.</param>
/// <param name="Now">By the policy in force.</param>
/// <param name="Then">By the other.</param>
public sealed record FlowTrial(string Name, FlowLook Now, FlowLook Then);

/// <summary>Tries flow rules on a real lead (§0 What-if); nothing is changed by it.</summary>
public sealed class TryFlows(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Looks at a lead; null when there is none within the viewer's reach.</summary>
    public async Task<FlowTrial?> Look(Viewer viewer, Guid leadId, PoolPolicy policy, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
        {
            return null;
        }

        var (setting, now) = (await settings.Get(ct), time.Now);
        var published = await db.Set<PolicyVersion>().Where(p => p.Kind == PolicyKind.Pools.Name && p.PublishedAt != null).MaxAsync(p => p.PublishedAt, ct);
        var facts = await Facts(db, setting, lead, now, ct);
        var name = string.Join(" · ", new[] { lead.CompanyName, lead.ContactName }.Where(part => !string.IsNullOrEmpty(part)));
        return facts is null
            ? new FlowTrial(name, new FlowLook(null, null, null), new FlowLook(null, null, null))
            : new FlowTrial(name, Flows.Look(setting.PoolRules, published ?? now, facts, setting.Calendar, now), Flows.Look(policy, now, facts, setting.Calendar, now));
    }

    // Nothing flows that is closed, or waits in a tray.
    private static async Task<FlowFacts?> Facts(GranaryDb db, Setting setting, Lead lead, DateTimeOffset now, CancellationToken ct)
    {
        if (lead.Status is not (LeadStatus.Unassigned or LeadStatus.Pending or LeadStatus.Working) || (lead.OwnerId is null && lead.PoolId is null))
        {
            return null;
        }

        var touches = await db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == lead.Id).ToListAsync(ct);
        var owned = await db.Set<OwnershipRecord>().AsNoTracking().Where(o => o.LeadId == lead.Id).ToListAsync(ct);
        var open = owned.Find(o => o.To is null);
        var facts = lead.Facts(setting);
        return new FlowFacts
        {
            Lead = facts with { Score = Scorer.Score(setting.Scoring, facts, [.. touches.Select(t => new TouchTally(t.Kind, t.Count, t.At))], now) },
            Pool = lead.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
            Since = lead.PlacedAt,
            Ownerships = owned.Count,
            Owner = lead.OwnerId is { } owner ? setting.Roster.Find(owner) : null,
            ProtectedUntil = open?.ProtectedUntil,
            Locked = open?.LockedBy is not null,
        };
    }
}
