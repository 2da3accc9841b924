using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>Browsers that a person's leads are known by, and what still lies with them; both go whole.</summary>
public sealed class VisitorPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "visitor";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var visitors = await work.Db.Set<Visitor>().AsNoTracking().Where(v => v.LeadId != null && work.Leads.Contains(v.LeadId.Value)).OrderBy(v => v.Id).ToListAsync(ct);
        var ids = visitors.Select(v => v.Id).ToArray();
        var touches = await work.Db.Set<VisitorTouch>().AsNoTracking().Where(t => ids.Contains(t.VisitorId)).OrderBy(t => t.Id).ToListAsync(ct);
        return
        [
            .. visitors.Select(v => Row(("visitorId", v.Id), ("leadId", v.LeadId), ("since", v.Since))),
            .. touches.Select(t => Row(("visitorId", t.VisitorId), ("kind", t.Kind), ("at", t.At), ("detail", t.Detail), ("campaign", t.Campaign))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var ids = await work.Db.Set<Visitor>().Where(v => v.LeadId != null && work.Leads.Contains(v.LeadId.Value)).Select(v => v.Id).ToArrayAsync(ct);
        if (ids.Length == 0)
        {
            return 0;
        }

        await work.Db.Set<LinkVisitor>().Where(v => ids.Contains(v.VisitorId)).ExecuteDeleteAsync(ct);
        return await work.Db.Set<VisitorTouch>().Where(t => ids.Contains(t.VisitorId)).ExecuteDeleteAsync(ct)
            + await work.Db.Set<Visitor>().Where(v => ids.Contains(v.Id)).ExecuteDeleteAsync(ct);
    }
}
