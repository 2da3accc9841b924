using System.Globalization;
using System.Text.Json;
using Granary.Application.Ownership;
using Granary.Application.Qualification;
using Granary.Application.Review;
using Granary.Application.Storage;
using Granary.Web.Campaigns;
using Granary.Web.Capture;
using Granary.Web.Components.Ui;
using Granary.Web.FollowUp;
using Granary.Web.Localisation;
using Granary.Web.Matching;
using Granary.Web.Opportunities;
using Granary.Web.Privacy;
using Granary.Web.Qualification;
using Granary.Web.Review;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>An event of the log in words.</summary>
/// <param name="Icon">Picture.</param>
/// <param name="Tone">Colour.</param>
/// <param name="Title">What happened.</param>
/// <param name="Text">How and why; null when the title says it all.</param>
/// <param name="Changes">Fields that changed.</param>
/// <param name="Other">The other lead it is about.</param>
public sealed record EventLine(string Icon, Tone Tone, string Title, string? Text, IReadOnlyList<FieldChange> Changes, Guid? Other);

/// <summary>Says what the event log keeps of a lead.</summary>
public sealed class EventWords(IStringLocalizer<DeskTexts> desk, IStringLocalizer<AuditTexts> audit, IStringLocalizer<MatchingTexts> matching, IStringLocalizer<ImportTexts> fields, IStringLocalizer<QualificationTexts> qualification, CustomWords custom, LeadWords words, DeadlineWords deadlines, PurposeWords purposes, OpportunityWords opportunities, ReviewWords reviews, CampaignEventWords campaigns, OrgTime time)
{
    private const string OfAccount = "account.custom.";

    // What tells one change of a setting from another, the most telling first.
    private static readonly string[] Named = ["reason", "name", "path", "kind", "key", "note", "comment", "rows"];

    /// <summary>The tracked links that events tell of.</summary>
    public static IReadOnlyCollection<Guid> LinksOf(IEnumerable<EventRecord> records)
    {
        HashSet<Guid> links = [];
        foreach (var record in records.Where(r => r.Kind is LeadEvent.Captured or LeadEvent.Reentered or LeadEvent.Touched))
        {
            using var json = JsonDocument.Parse(record.Data);
            if (Id(json.RootElement, "linkId") is { } link)
            {
                links.Add(link);
            }
        }

        return links;
    }

    /// <summary>An event in the reader's language.</summary>
    /// <param name="record">The event.</param>
    /// <param name="links">Names of the tracked links that it may tell of.</param>
    public EventLine Of(EventRecord record, IReadOnlyDictionary<Guid, string>? links = null)
    {
        using var json = JsonDocument.Parse(record.Data);
        var data = json.RootElement;
        var title = desk[$"event.{record.Kind}"] is { ResourceNotFound: false } told ? told : audit[$"event.{record.Kind}"];
        return new EventLine(
            Picture(record.Kind).Icon,
            Picture(record.Kind).Tone,
            title.ResourceNotFound ? reviews.Event(record.Kind) ?? (record.Kind.StartsWith("campaign.", StringComparison.Ordinal) ? campaigns.Event(record.Kind) : opportunities.Event(record.Kind)) : title.Value,
            Text(record.Kind, data, links),
            record.Kind is LeadEvent.Edited or LeadEvent.Reentered or LeadEvent.MergedFrom or LeadEvent.Unmerged or AccountEvent.Edited or AccountEvent.MergedFrom or AccountEvent.Unmerged ? Json.Read<EditedData>(record.Data).Changes : [],
            Id(data, "leadId") ?? Id(data, "sourceLeadId"));
    }

    /// <summary>The name of a field that changed.</summary>
    public string Field(string field) =>
        field.StartsWith(OfAccount, StringComparison.Ordinal) ? custom.Name(Domain.Capture.CustomFieldOwner.Account, field[OfAccount.Length..])
        : field.StartsWith("custom.", StringComparison.Ordinal) ? custom.Name(Domain.Capture.CustomFieldOwner.Lead, field["custom.".Length..]) : fields[$"field.{field}"] is { ResourceNotFound: false } known ? known.Value : qualification[$"field.{field}"] is { ResourceNotFound: false } other ? other.Value : field;

    /// <summary>What a field of an account held, as people read it.</summary>
    public string? Value(string field, string? value) => value is null ? null : field switch
    {
        "account.ownerId" => Guid.TryParse(value, out var id) ? words.Person(id) : value,
        "account.tier" => words.Setting.Qualification.Tiers.FirstOrDefault(t => t.Id == value)?.Name ?? value,
        "account.size" => Enum.TryParse<Domain.Capture.CompanySize>(value, out var size) ? words.Size(size) : value,
        "account.parentId" => qualification["account.parent.one"],
        _ when field.StartsWith(OfAccount, StringComparison.Ordinal) && custom.Of(Domain.Capture.CustomFieldOwner.Account).FirstOrDefault(f => f.Key == field[OfAccount.Length..]) is { } own => custom.Value(own, value),
        _ => value,
    };

    private string? Text(string kind, JsonElement data, IReadOnlyDictionary<Guid, string>? links) => kind switch
    {
        LeadEvent.Captured => string.Join(desk["list.comma"], Parts(Of(data, "channel"), matching[$"label.{Camel(Of(data, "label"))}"].Value, Link(data, links))),
        LeadEvent.Assigned => string.Join(desk["list.comma"], Parts(
            desk["event.assigned.to", words.Person(Id(data, "ownerId")) ?? "–"], desk[$"acquired.{Camel(Of(data, "how"))}"], Rule(data), From(data), Of(data, "reason"))),
        LeadEvent.Transferred => string.Join(desk["list.comma"], Parts(desk["event.assigned.to", words.Person(Id(data, "ownerId")) ?? "–"], From(data), Of(data, "reason"))),
        LeadEvent.Claimed => string.Join(desk["list.comma"], Parts(words.Person(Id(data, "ownerId")), words.Pool(Id(data, "poolId")))),
        LeadEvent.Recycled => string.Join(desk["list.comma"], Parts(From(data), words.PoolOfKey(Of(data, "pool")), Of(data, "reason") is { Length: > 0 } taker ? deadlines.Taker(taker) : null)),
        LeadEvent.Reminded or LeadEvent.Violated => string.Join(desk["list.comma"], Parts(deadlines.Taker(Of(data, "rule")), words.Person(Id(data, "ownerId")), By(data))),
        LeadEvent.RequestOverdue => string.Join(desk["list.comma"], Parts(desk[$"request.{Camel(Of(data, "kind"))}"], By(data))),
        LeadEvent.ViolationNoted => string.Join(desk["list.comma"], Parts(desk[$"event.violationNoted.{Camel(Of(data, "kind"))}"], Of(data, "reason"))),
        LeadEvent.Returned or LeadEvent.Withdrawn => string.Join(desk["list.comma"], Parts(From(data), words.PoolOfKey(Of(data, "pool")), Of(data, "reason"))),
        LeadEvent.Locked => desk[Of(data, "locked") == "True" ? "event.locked.on" : "event.locked.off"],
        LeadEvent.Protected => desk["event.protected.text", Of(data, "days")],
        LeadEvent.Requested => string.Join(desk["list.comma"], Parts(desk[$"request.{Camel(Of(data, "kind"))}"], To(data), Reason(Of(data, "reason")))),
        LeadEvent.RequestDecided => string.Join(desk["list.comma"], Parts(desk[Of(data, "granted") == "True" ? "request.granted" : "request.refused"], Of(data, "reason"))),
        LeadEvent.Reactivated => string.Join(desk["list.comma"], Parts(Of(data, "name"), Of(data, "campaign"))),
        LeadEvent.Archived => Reason(Of(data, "reason")),
        AccountEvent.Pooled => string.Join(desk["list.comma"], Parts(From(data), words.PoolOfKey(Of(data, "pool")), Of(data, "reason"))),
        AccountEvent.Claimed => string.Join(desk["list.comma"], Parts(words.Person(Id(data, "ownerId")), words.PoolOfKey(Of(data, "pool")))),
        LeadEvent.Pooled => string.Join(desk["list.comma"], Parts(words.PoolOfKey(Of(data, "pool")), Rule(data), Of(data, "reason"))),
        LeadEvent.Moved => string.Join(desk["list.comma"], Parts(words.PoolOfKey(Of(data, "pool")), Of(data, "rule") is { Length: > 0 } flow ? desk["event.rule", deadlines.Taker(flow)].Value : null)),
        LeadEvent.PutBack => string.Join(desk["list.comma"], Parts(From(data), words.Pool(Id(data, "poolId")), Id(data, "userId") is { } tray ? desk["place.tray", words.Person(tray) ?? "–"].Value : null)),
        LeadEvent.Trayed => string.Join(desk["list.comma"], Parts(desk["place.tray", words.Person(Id(data, "userId")) ?? "–"], Rule(data))),
        LeadEvent.Reentered => string.Join(desk["list.comma"], Parts(Of(data, "channel"), Link(data, links))),
        LeadEvent.Scored => Of(data, "after").Length == 0 ? null : desk["event.scored.text", Of(data, "before"), Of(data, "after"), Of(data, "to")].Value,
        LeadEvent.Touched => string.Join(desk["list.comma"], Parts(Of(data, "kind") is { Length: > 0 } touch ? words.Touch(touch) : null, Of(data, "detail"), Id(data, "channelId") is { } by ? desk["touch.channel", words.Channel(by)].Value : null,
            Of(data, "campaign") is { Length: > 0 } campaign ? desk["touch.campaign", campaign].Value : null, Link(data, links))),
        LeadEvent.Stitched => desk["event.stitched.text", Of(data, "count")],
        LeadEvent.Invalidated => string.Join(desk["list.comma"], Parts(Reason(Of(data, "reason")), Of(data, "note"))),
        LeadEvent.Revealed or AccountEvent.Revealed => string.Join(desk["list.comma"], Parts(desk["event.revealed.text", Of(data, "count")], Of(data, "reason"))),
        LeadEvent.Qualified or LeadEvent.QualificationRejected => string.Join(desk["list.comma"], Parts(desk[$"qualification.{Of(data, "stage")}"], Of(data, "reason"))),
        LeadEvent.QualificationAccepted => desk[$"qualification.{Of(data, "stage")}"],
        ReviewEvent.Written => opportunities.Paper(Of(data, "paper")),
        _ when kind.StartsWith("lead.review_", StringComparison.Ordinal) => string.Join(desk["list.comma"], Parts([.. reviews.Told(data), words.Person(Id(data, "ownerId")), By(data)])),
        _ when Of(data, "purpose") is { Length: > 0 } purpose => purposes.Name(purpose),
        _ => Named.Select(name => Of(data, name)).FirstOrDefault(said => said.Length > 0),
    };

    /// <summary>A reason of invalidity; the organisation's own ones are their own words.</summary>
    public string Reason(string reason) => desk[$"invalid.{reason}"] is { ResourceNotFound: false } known ? known.Value : reason;

    private string? Rule(JsonElement data) => Of(data, "rule") is { Length: > 0 } rule ? desk["event.rule", Known(rule)].Value : null;

    // A rule of the duplicate policy gives leads to owners too.
    private string Known(string rule) => matching[$"rule.{rule}"] is { ResourceNotFound: false } said ? said.Value : words.AssignmentRule(rule);

    private string? Link(JsonElement data, IReadOnlyDictionary<Guid, string>? links) =>
        Id(data, "linkId") is not { } link ? null : links?.GetValueOrDefault(link) is { } name ? desk["touch.link.named", name].Value : desk["touch.link"].Value;

    private string? To(JsonElement data) => words.Person(Id(data, "to")) is { } to ? desk["event.assigned.to", to].Value : null;

    private string? From(JsonElement data) => words.Person(Id(data, "from")) is { } from ? desk["event.assigned.from", from].Value : null;

    private string? By(JsonElement data) => DateTimeOffset.TryParse(Of(data, "deadlineAt"), CultureInfo.InvariantCulture, out var at)
        ? desk["event.deadline", time.Local(at).ToString("g", CultureInfo.CurrentCulture)].Value : null;

    private static IEnumerable<string> Parts(params string?[] parts) => parts.Where(p => !string.IsNullOrEmpty(p))!;

    private static string Of(JsonElement data, string name) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static Guid? Id(JsonElement data, string name) => Guid.TryParse(Of(data, name), out var id) ? id : null;

    private static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    private static (string Icon, Tone Tone) Picture(string kind) => kind switch
    {
        LeadEvent.Captured => ("inbox", Tone.Primary),
        LeadEvent.Assigned => ("assign", Tone.Accent),
        LeadEvent.Pooled or LeadEvent.Moved => ("pools", Tone.Neutral),
        LeadEvent.Trayed => ("inbox", Tone.Accent),
        LeadEvent.Reentered => ("refresh", Tone.Info),
        LeadEvent.LinkedFrom => ("link", Tone.Info),
        LeadEvent.PossibleDuplicate => ("duplicates", Tone.Warning),
        LeadEvent.Scored => ("chart", Tone.Info),
        LeadEvent.Touched or LeadEvent.Stitched => ("target", Tone.Info),
        LeadEvent.MergedFrom or LeadEvent.MergedInto or AccountEvent.MergedFrom or AccountEvent.MergedInto => ("merge", Tone.Info),
        LeadEvent.Unmerged or AccountEvent.Unmerged => ("undo", Tone.Warning),
        LeadEvent.Released => ("success", Tone.Ok),
        LeadEvent.Promoted or LeadEvent.Qualified => ("arrow-up", Tone.Ok),
        LeadEvent.QualificationAccepted => ("check", Tone.Ok),
        LeadEvent.QualificationRejected => ("refresh", Tone.Warning),
        LeadEvent.Invalidated or LeadEvent.Voided => ("invalid", Tone.Danger),
        LeadEvent.Viewed => ("eye", Tone.Neutral),
        ReviewEvent.Approved or ReviewEvent.Confirmed => ("reviews", Tone.Ok),
        ReviewEvent.Returned or ReviewEvent.Overdue => ("reviews", Tone.Warning),
        ReviewEvent.Rejected or ReviewEvent.Closed => ("reviews", Tone.Danger),
        _ when kind.StartsWith("lead.review_", StringComparison.Ordinal) => ("reviews", Tone.Primary),
        AccountEvent.Pooled => ("pools", Tone.Neutral),
        AccountEvent.Claimed => ("assign", Tone.Accent),
        AccountEvent.Created => ("accounts", Tone.Primary),
        AccountEvent.ContactAdded => ("user", Tone.Ok),
        AccountEvent.ContactLeft => ("sign-out", Tone.Warning),
        LeadEvent.Revealed or LeadEvent.FileOpened or AccountEvent.Revealed => ("eye", Tone.Warning),
        LeadEvent.Claimed or LeadEvent.Transferred => ("assign", Tone.Accent),
        LeadEvent.Returned or LeadEvent.Withdrawn or LeadEvent.Moved => ("pools", Tone.Neutral),
        LeadEvent.Recycled => ("pools", Tone.Warning),
        LeadEvent.Reminded => ("bell", Tone.Info),
        LeadEvent.RequestOverdue => ("warning", Tone.Warning),
        LeadEvent.Violated => ("warning", Tone.Danger),
        LeadEvent.Locked or LeadEvent.Protected => ("lock", Tone.Ok),
        LeadEvent.Requested or LeadEvent.RequestDecided => ("inbox", Tone.Accent),
        LeadEvent.Reactivated => ("reactivations", Tone.Accent),
        LeadEvent.PutBack => ("pools", Tone.Neutral),
        LeadEvent.Reopened => ("refresh", Tone.Ok),
        LeadEvent.Converted => ("success", Tone.Ok),
        LeadEvent.ConversionUndone => ("undo", Tone.Warning),
        LeadEvent.Archived => ("invalid", Tone.Neutral),
        LeadEvent.FollowedUp => ("chat", Tone.Ok),
        LeadEvent.FileAttached => ("attachment", Tone.Info),
        LeadEvent.NextStepDone => ("success", Tone.Ok),
        LeadEvent.Edited or LeadEvent.FollowUpCorrected or AccountEvent.Edited or AccountEvent.ContactEdited => ("edit", Tone.Neutral),
        _ => ("note", Tone.Neutral),
    };
}
