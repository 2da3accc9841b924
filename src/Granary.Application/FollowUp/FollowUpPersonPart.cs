using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>Follow-ups of a person's leads; that there were some, when, by whom and how stays.</summary>
public sealed class FollowUpPersonPart : PersonPart
{
    private const string Gone = "—";

    /// <inheritdoc />
    public override string Name => "follow_up";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var records = await work.Db.Set<FollowUpRecord>().AsNoTracking().Where(f => work.Leads.Contains(f.LeadId)).OrderBy(f => f.Id).ToListAsync(ct);
        return
        [
            .. records.Select(f => Row(
                ("leadId", f.LeadId), ("at", f.At), ("recordedAt", f.RecordedAt), ("method", f.Method), ("content", f.Content), ("feedback", f.Feedback), ("nextStep", f.NextStep), ("nextAt", f.NextAt),
                ("changes", f.Changes is null ? null : JsonNode.Parse(f.Changes)))),
        ];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => work.Db.Set<FollowUpRecord>().Where(f => work.Leads.Contains(f.LeadId)).ExecuteUpdateAsync(
        f => f.SetProperty(x => x.Content, Gone).SetProperty(x => x.Feedback, (string?)null).SetProperty(x => x.NextStep, (string?)null).SetProperty(x => x.Changes, (string?)null), ct);
}

/// <summary>Files attached to follow-ups of a person's leads; they are deleted with their content.</summary>
public sealed class AttachmentPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "attachment";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var files = await work.Db.Set<Attachment>().AsNoTracking().Where(a => work.Leads.Contains(a.LeadId)).OrderBy(a => a.Id).ToListAsync(ct);
        return [.. files.Select(a => Row(("leadId", a.LeadId), ("name", a.Name), ("type", a.Type), ("size", a.Size), ("content", Convert.ToBase64String(work.Vault.OpenBytes(a.Content)))))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => work.Db.Set<Attachment>().Where(a => work.Leads.Contains(a.LeadId)).ExecuteDeleteAsync(ct);
}

/// <summary>Evidence of missed deadlines about a person's leads; the words of the lead go, the facts of the deadline stay.</summary>
public sealed class ViolationPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "violation";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var violations = await work.Db.Set<Violation>().AsNoTracking().Where(v => work.Leads.Contains(v.LeadId)).OrderBy(v => v.Id).ToListAsync(ct);
        return [.. violations.Select(v => Row(("leadId", v.LeadId), ("at", v.At), ("deadlineAt", v.DeadlineAt), ("lead", JsonNode.Parse(v.Evidence)!["lead"]?.DeepClone())))];
    }

    // As the triggers allow it and no other way: words are taken out, nothing is changed.
    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var changed = 0;
        foreach (var lead in work.Leads)
        {
            changed += work.Db.IsSqlite
                ? await work.Db.Database.ExecuteSqlAsync(
                    $"UPDATE violation SET evidence = json_remove(evidence, '$.lead.requirement', '$.lead.nextStep') WHERE lead_id = {lead.ToByteArray(true)}", ct)
                : await work.Db.Database.ExecuteSqlAsync(
                    $"UPDATE violation SET evidence = (evidence::jsonb #- '{{lead,requirement}}' #- '{{lead,nextStep}}')::text WHERE lead_id = {lead}", ct);
        }

        var violations = work.Db.Set<Violation>().Where(v => work.Leads.Contains(v.LeadId)).Select(v => v.Id);
        await work.Db.Set<ViolationNote>().Where(n => n.Text != null && violations.Contains(n.ViolationId)).ExecuteUpdateAsync(n => n.SetProperty(x => x.Text, (string?)null), ct);
        return changed;
    }
}
