using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>Judgements of a person's leads; that they were made, by whom and how they ended stays.</summary>
public sealed class QualificationPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "lead_qualification";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var judged = await work.Db.Set<LeadQualification>().AsNoTracking().Where(q => work.Leads.Contains(q.LeadId)).OrderBy(q => q.Id).ToListAsync(ct);
        return [.. judged.Select(q => Row(("leadId", q.LeadId), ("at", q.At), ("stage", q.Stage), ("note", q.Note), ("acceptance", q.Acceptance), ("reason", q.Reason)))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => work.Db.Set<LeadQualification>().Where(q => work.Leads.Contains(q.LeadId))
        .ExecuteUpdateAsync(q => q.SetProperty(x => x.Note, (string?)null).SetProperty(x => x.Reason, (string?)null), ct);
}
