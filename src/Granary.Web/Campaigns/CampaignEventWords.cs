using System.Globalization;
using System.Text.Json;
using Granary.Application.Campaigns;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Campaigns;

/// <summary>Says what the event log keeps of a campaign.</summary>
public sealed class CampaignEventWords(IStringLocalizer<CampaignTexts> texts, CampaignWords words)
{
    /// <summary>What happened; the kind itself where it is not one of a campaign.</summary>
    public string Event(string kind) => texts[$"event.{kind}"] is { ResourceNotFound: false } said ? said.Value : kind;

    /// <summary>How and why it happened; null where the title says it all.</summary>
    public string? Told(EventRecord record)
    {
        using var json = JsonDocument.Parse(record.Data);
        var data = json.RootElement;
        string?[] said = record.Kind switch
        {
            CampaignEvent.Created => [Of(data, "code"), words.Type(Of(data, "type"))],
            CampaignEvent.Moved => [texts["told.stage", Stage(data, "from"), Stage(data, "to")], Of(data, "reason")],
            CampaignEvent.Approved or CampaignEvent.Refused => [Of(data, "note")],
            CampaignEvent.Item => [words.Item(Of(data, "name")), Named<ItemState>(data, "state") is { } state ? words.State(state) : null, words.Person(Id(data, "ownerId")), Day(data, "dueOn"), Of(data, "reason")],
            CampaignEvent.Cost => [words.Category(Of(data, "category")), Money(data, "planned", "told.planned"), Money(data, "actual", "told.actual"), Flag(data, "removed", "told.removed")],
            CampaignEvent.Invited => [texts["told.people", Of(data, "count")], Named<InvitationChannel>(data, "channel") is { } channel ? words.Channel(channel) : null, words.Person(Id(data, "ownerId"))],
            CampaignEvent.Answered => [Named<InvitationState>(data, "state") is { } answer ? words.State(answer) : null],
            CampaignEvent.Task => [Of(data, "title"), texts["task.goal", Of(data, "goal")], texts["told.people", Of(data, "people")], Day(data, "deadline")],
            CampaignEvent.Forwarded => [texts["told.forwards", Of(data, "forwards")]],
            CampaignEvent.Team => [Of(data, "name"), words.Person(Id(data, "userId") ?? Id(data, "captainId")), Flag(data, "left", "told.left"), Flag(data, "dissolved", "told.dissolved")],
            CampaignEvent.Linked => [Flag(data, "keyPerson", "kp"), Flag(data, "intent", "intent")],
            CampaignEvent.Corrected => [words.Person(Id(data, "userId")), Of(data, "reason")],
            CampaignEvent.Split => [texts["told.leads", Of(data, "leads")], .. Counts(data)],
            CampaignEvent.Transferred => [words.Person(Id(data, "from")), words.Person(Id(data, "ownerId")) is { } heir ? texts["told.to", heir].Value : null],
            _ => [],
        };
        return string.Join(texts["list.comma"], said.Where(s => !string.IsNullOrEmpty(s))) is { Length: > 0 } told ? told : null;
    }

    /// <summary>Its picture and colour.</summary>
    public static (string Icon, Tone Tone) Picture(string kind) => kind switch
    {
        CampaignEvent.Created => ("campaigns", Tone.Primary),
        CampaignEvent.Moved => ("arrow-right", Tone.Primary),
        CampaignEvent.Approved => ("check", Tone.Ok),
        CampaignEvent.Refused => ("undo", Tone.Warning),
        CampaignEvent.CheckedIn => ("success", Tone.Ok),
        CampaignEvent.Invited or CampaignEvent.Answered => ("user", Tone.Info),
        CampaignEvent.Task or CampaignEvent.Forwarded => ("link", Tone.Info),
        CampaignEvent.Team or CampaignEvent.Transferred => ("assign", Tone.Accent),
        CampaignEvent.Linked => ("accounts", Tone.Ok),
        CampaignEvent.Split => ("pools", Tone.Accent),
        CampaignEvent.Reported => ("chart", Tone.Info),
        _ => ("edit", Tone.Neutral),
    };

    private IEnumerable<string?> Counts(JsonElement data) => data.TryGetProperty("counts", out var counts) && counts.ValueKind == JsonValueKind.Object
        ? Enum.GetValues<SplitWay>().Where(w => counts.TryGetProperty(WireName.Of(w), out var n) && n.GetInt32() > 0).Select(w => $"{words.Way(w)} {counts.GetProperty(WireName.Of(w)).GetInt32()}") : [];

    private string Stage(JsonElement data, string name) => Named<CampaignStage>(data, name) is { } stage ? words.Stage(stage) : Of(data, name);

    private string? Money(JsonElement data, string name, string key) => decimal.TryParse(Of(data, name), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? texts[key, words.Money(amount)].Value : null;

    private string? Day(JsonElement data, string name) => DateOnly.TryParse(Of(data, name), CultureInfo.InvariantCulture, out var day) ? texts["due", Figures.Day(day)].Value : null;

    private string? Flag(JsonElement data, string name, string key) => Of(data, name) == "True" ? texts[key].Value : null;

    // The log keeps members by name or by number, as they were written.
    private static T? Named<T>(JsonElement data, string name)
        where T : struct, Enum => Of(data, name) is { Length: > 0 } text && Enum.TryParse<T>(text, ignoreCase: true, out var member) && Enum.IsDefined(member) ? member : null;

    private static string Of(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null) ? value.ToString() : "";

    private static Guid? Id(JsonElement data, string name) => Guid.TryParse(Of(data, name), out var id) ? id : null;
}
