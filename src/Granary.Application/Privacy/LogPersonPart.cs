using System.Text.Json.Nodes;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>
/// What the event log keeps of a person's leads. Words and fields before and after are taken out; what happened when, and who owned
/// what, stays, so that a recount comes out the same. The chain of the log goes on over the digest of the original.
/// </summary>
public sealed class LogPersonPart : PersonPart
{
    // Members that hold words about a person. A reason of invalidity is one of a list, and the clock's is the name of a rule.
    private static readonly HashSet<string> Words = ["before", "after", "undo", "note", "comment", "detail", "reason", "nextStep", "name", "title", "text"];

    private static readonly HashSet<string> Notes = ["undo", "note", "comment", "detail"];

    private static readonly HashSet<string> Listed = ["lead.invalidated", "lead.archived", "lead.recycled", "lead.scored", "lead.reactivated"];

    /// <inheritdoc />
    public override string Name => "event";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var events = await work.Db.Set<EventRecord>().AsNoTracking().Where(e => work.Leads.Contains(e.SubjectId)).OrderBy(e => e.Position).ToListAsync(ct);
        return [.. events.Select(e => Row(("leadId", e.SubjectId), ("at", e.At), ("kind", e.Kind), ("data", JsonNode.Parse(e.Data))))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) =>
        RedactEvents.OfSubjects(work.Scope!, work.Leads, Clean, work.ReasonId, work.ActorId, work.Now, ct);

    /// <summary>The data of an entry without words about a person.</summary>
    internal static string Clean(EventRecord record)
    {
        if (JsonNode.Parse(record.Data) is not { } data)
        {
            return record.Data;
        }

        var touched = false;
        Strip(data, Listed.Contains(record.Kind) ? Notes : Words, ref touched);
        return touched ? data.ToJsonString(Json.Options) : record.Data;
    }

    private static void Strip(JsonNode node, IReadOnlySet<string> words, ref bool touched)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Select(m => m.Key).ToList())
            {
                if (words.Contains(name))
                {
                    members.Remove(name);
                    touched = true;
                }
                else if (members[name] is { } inner)
                {
                    Strip(inner, words, ref touched);
                }
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                if (item is not null)
                {
                    Strip(item, words, ref touched);
                }
            }
        }
    }
}
