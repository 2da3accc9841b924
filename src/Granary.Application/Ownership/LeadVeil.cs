using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>
/// What of one lead a pool shows to somebody who has not claimed it (§9): fields, and what is told of them in explanations, in
/// the timeline and in words people wrote. Free text may speak of any field, so it is shown only where all are, and contact
/// data in it is masked even then.
/// </summary>
/// <param name="Fields">The fields that are shown; null shows everything as it is.</param>
public sealed record LeadVeil(IReadOnlyList<string>? Fields)
{
    // Facts that the score and the assignment rules may look at: all but who it is.
    private static readonly string[] Scored = ["title", "region", "industry", "size", "requirement", "products", "budget", "channel", "score"];
    private static readonly string[] Assigned = [.. Scored, "tags"];

    private static readonly FrozenDictionary<string, string> Groups = new Dictionary<string, string>
    {
        ["company.name"] = "company",
        ["company.creditCode"] = "company",
        ["company.industry"] = "industry",
        ["company.size"] = "size",
        ["company.headcount"] = "size",
        ["company.province"] = "region",
        ["company.city"] = "region",
        ["contact.name"] = "contact",
        ["contact.title"] = "title",
        ["contact.role"] = "title",
        ["requirement"] = "requirement",
        ["custom"] = "requirement",
        ["purchaseBy"] = "requirement",
        ["products"] = "products",
        ["budget.min"] = "budget",
        ["budget.max"] = "budget",
        ["budget.match"] = "budget",
        ["tags"] = "tags",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The fields that say who a lead is.</summary>
    public static IReadOnlyCollection<string> Identity { get; } = ["company", "contact", "contacts"];

    /// <summary>Hides nothing.</summary>
    public static LeadVeil None { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>Whether something may be hidden.</summary>
    public bool Hangs => Fields is not null;

    /// <summary>Whether it is known who the lead is; what leads to it by its kin is shown only then.</summary>
    public bool ShowsIdentity => Shows([.. Identity]);

    /// <summary>Whether fields are shown, all of them.</summary>
    public bool Shows(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (Fields?.Contains(field) == false)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the ledger of the assignment is shown: its rules tell of the fields they ask for.</summary>
    public bool ShowsAssignment => Shows(Assigned);

    /// <summary>Words that somebody wrote, as far as they are shown.</summary>
    public string? Text(string? text) => Fields is null ? text : Shows([.. PoolFields.All]) ? ContactTraces.Hidden(text) : null;

    /// <summary>The requirement: a field of its own, whose words may hold contact data.</summary>
    public string? Requirement(string? text) => Fields is null ? text : Shows("requirement") ? ContactTraces.Hidden(text) : null;

    /// <summary>The lines of an explanation that are shown.</summary>
    public IReadOnlyList<Reason> Of(IReadOnlyList<Reason> reasons) => Fields is null ? reasons : [.. reasons.Where(ShowsLine)];

    /// <summary>An event of the log as far as it is shown; what happened, when and by whom is always.</summary>
    public EventRecord Of(EventRecord record)
    {
        if (Fields is null)
        {
            return record;
        }

        var data = JsonNode.Parse(record.Data) as JsonObject ?? [];
        foreach (var name in data.Select(p => p.Key).ToArray())
        {
            Hide(record.Kind, data, name);
        }

        return new EventRecord { Position = record.Position, At = record.At, ActorId = record.ActorId, SubjectId = record.SubjectId, Kind = record.Kind, Data = data.ToJsonString(Json.Options) };
    }

    private bool ShowsLine(Reason reason) => reason.Step switch
    {
        // Single lines say which facts brought the points, and their sums only make sense with all of them.
        "score" => Shows(reason.Facts.ContainsKey("points") ? Scored : ["score"]),
        "deadline" => Shows("score"),
        "assign" => ShowsAssignment,
        "match" => ShowsIdentity,
        "cleanse" => ShowsIdentity && Shows("requirement"),
        _ => Shows([.. PoolFields.All]),
    };

    private void Hide(string kind, JsonObject data, string name)
    {
        switch (name)
        {
            case "reason" or "note" or "detail" or "comment" when Text(data[name]?.ToString()) is { } text:
                data[name] = text;
                break;
            case "changes":
                data[name] = new JsonArray([.. data[name]!.AsArray().OfType<JsonObject>().Where(c => ShowsChange(c["field"]!.ToString())).Select(Masked)]);
                break;
            case "reason" or "note" or "detail" or "comment" or "undo":
            case "channel" or "channelId" or "linkId" or "submissionId" or "importId" or "campaign" when !Shows("channel"):
            case "score" or "before" or "after" when !Shows("score"):
            case "from" or "to" when kind == LeadEvent.Scored && !Shows("score"):
            case "kind" when kind == LeadEvent.Touched && !Shows("score"):
            case "count" or "since" when kind == LeadEvent.Stitched && !Shows("score"):
            case "leadId" or "sourceLeadId" or "accountId" when !ShowsIdentity:
            case "rule" when !ShowsAssignment:
                data.Remove(name);
                break;
            default:
                break;
        }
    }

    // Contact data itself is never kept in the log; that it changed is no secret.
    private bool ShowsChange(string field) =>
        Groups.TryGetValue(field.StartsWith("custom.", StringComparison.Ordinal) ? "custom" : field, out var group) ? Shows([group]) : field.StartsWith("contact", StringComparison.Ordinal) || Shows("channel");

    private static JsonObject Masked(JsonObject change)
    {
        var masked = change.DeepClone().AsObject();
        foreach (var side in new[] { "before", "after" })
        {
            if (masked[side]?.ToString() is { } text)
            {
                masked[side] = ContactTraces.Hidden(text);
            }
        }

        return masked;
    }
}
