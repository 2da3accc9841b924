using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Opportunities of a person, and near them: amounts, stages and dates stay, names that may name a person go.</summary>
public sealed class OpportunityPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "opportunity";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct) =>
    [
        .. (await About(work, ct)).Select(o => Row(
            ("leadId", o.LeadId), ("code", o.Code), ("name", o.Name), ("stage", o.Stage), ("createdAt", o.CreatedAt), ("custom", o.Custom is null ? null : JsonNode.Parse(o.Custom)))),
    ];

    // Written without their versions: who edits one at the moment is not to undo it, nor to be in its way.
    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var ids = (await About(work, ct)).Select(o => o.Id).ToArray();
        return await work.Db.Set<Opportunity>().Where(o => ids.Contains(o.Id)).ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, PersonWork.Gone).SetProperty(x => x.Custom, (string?)null).SetProperty(x => x.Version, x => x.Version + 1), ct);
    }

    private static async Task<IReadOnlyList<Opportunity>> About(PersonWork work, CancellationToken ct)
    {
        var of = await OpportunitiesOfPerson.Find(work, ct);
        var found = await work.Db.Set<Opportunity>().AsNoTracking().Where(o => of.All.Contains(o.Id)).OrderBy(o => o.Id).ToListAsync(ct);
        return found.FindAll(o => of.About(o.Id, o.Name, o.Custom));
    }
}

/// <summary>What the event log keeps of opportunities of a person, and near them: words go, stages, grades, money and dates stay.</summary>
public sealed class OpportunityLogPersonPart : PersonPart
{
    private static readonly HashSet<string> Words = ["name", "custom", "reason", "note", "comment", "text"];

    /// <inheritdoc />
    public override string Name => "opportunity_event";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var of = await OpportunitiesOfPerson.Find(work, ct);
        var events = await work.Db.Set<EventRecord>().AsNoTracking().Where(e => of.All.Contains(e.SubjectId)).OrderBy(e => e.Position).ToListAsync(ct);
        return [.. events.Where(e => Clean(work, of, e) != e.Data).Select(e => Row(("opportunityId", e.SubjectId), ("at", e.At), ("kind", e.Kind), ("data", JsonNode.Parse(e.Data))))];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var of = await OpportunitiesOfPerson.Find(work, ct);
        return await RedactEvents.OfSubjects(work.Scope!, of.All, e => Clean(work, of, e), work.ReasonId, work.ActorId, work.Now, ct);
    }

    private static string Clean(PersonWork work, OpportunitiesOfPerson of, EventRecord record)
    {
        if (!of.Own.Contains(record.SubjectId))
        {
            return work.Struck(record.Data);
        }

        var node = JsonNode.Parse(record.Data);
        return node is not null && Strip(node) ? node.ToJsonString(Json.Options) : record.Data;
    }

    private static bool Strip(JsonNode node)
    {
        var touched = false;
        foreach (var (name, value) in node is JsonObject members ? members.ToList() : [])
        {
            if (Words.Contains(name) && value is not null)
            {
                ((JsonObject)node).Remove(name);
                touched = true;
            }
            else if (value is JsonObject)
            {
                touched |= Strip(value);
            }
        }

        return touched;
    }
}
