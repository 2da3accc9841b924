using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Who owned a person's leads, and why that ended in words; the words go, owners and dates stay.</summary>
public sealed class OwnershipPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "ownership_record";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var records = await work.Db.Set<OwnershipRecord>().AsNoTracking().Where(o => work.Leads.Contains(o.LeadId)).OrderBy(o => o.Id).ToListAsync(ct);
        return [.. records.Select(o => Row(("leadId", o.LeadId), ("from", o.From), ("to", o.To), ("acquired", o.Acquired), ("ended", o.Ended), ("followUps", o.FollowUps), ("reason", o.Reason)))];
    }

    // A reason of invalidity is one of a list, and a clock's is the name of its rule.
    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => work.Db.Set<OwnershipRecord>()
        .Where(o => work.Leads.Contains(o.LeadId) && o.Reason != null && o.Ended != Ended.Invalid && o.Ended != Ended.Recycled).ExecuteUpdateAsync(o => o.SetProperty(x => x.Reason, (string?)null), ct);
}

/// <summary>What was asked about a person's leads; the words go.</summary>
public sealed class LeadRequestPersonPart : PersonPart
{
    /// <summary>What stands where words were.</summary>
    public const string Gone = "—";

    /// <inheritdoc />
    public override string Name => "lead_request";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var requests = await work.Db.Set<LeadRequest>().AsNoTracking().Where(r => work.Leads.Contains(r.LeadId)).OrderBy(r => r.Id).ToListAsync(ct);
        return [.. requests.Select(r => Row(("leadId", r.LeadId), ("kind", r.Kind), ("askedAt", r.AskedAt), ("reason", r.Reason), ("decision", r.Decision), ("comment", r.Comment)))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => work.Db.Set<LeadRequest>()
        .Where(r => work.Leads.Contains(r.LeadId)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Reason, Gone).SetProperty(x => x.Comment, (string?)null), ct);
}
