using Granary.Application.Campaigns;
using Granary.Application.Settings;
using Granary.Domain.Campaigns;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Campaigns;

/// <summary>Says what stages, types, lines, categories and states are called: built-in ones in the reader's language.</summary>
public sealed class CampaignWords(IStringLocalizer<CampaignTexts> texts, Setting setting)
{
    public string Stage(CampaignStage stage) => texts[$"stage.{WireName.Of(stage)}"];

    public string Step(ChecklistStep step) => texts[$"step.{WireName.Of(step)}"];

    public string Item(string name) => Known($"item.{name}", name);

    public string State(ItemState state) => texts[$"itemState.{WireName.Of(state)}"];

    public string State(InvitationState state) => texts[$"invitation.{WireName.Of(state)}"];

    public string Channel(InvitationChannel channel) => texts[$"channel.{WireName.Of(channel)}"];

    public string Way(SplitWay way) => texts[$"way.{WireName.Of(way)}"];

    /// <summary>A type by its id.</summary>
    public string Type(string id) => Known($"type.{(setting.Campaigns.Types.FirstOrDefault(t => t.Id == id) is { } type ? type.Name : id)}", setting.Campaigns.Types.FirstOrDefault(t => t.Id == id)?.Name ?? id);

    /// <summary>A category by its id.</summary>
    public string Category(string id) => Known($"category.{(setting.Campaigns.Categories.FirstOrDefault(c => c.Id == id) is { } category ? category.Name : id)}", setting.Campaigns.Categories.FirstOrDefault(c => c.Id == id)?.Name ?? id);

    public string? Person(Guid? id) => id is { } person ? setting.People.GetValueOrDefault(person)?.Name : null;

    public string Missing(IEnumerable<string> needs) => texts["missing", string.Join(texts["list.comma"], needs.Select(n => texts[$"need.{n}"].Value))];

    public string Refusal(string code, IReadOnlyList<string>? missing = null) => missing is { Count: > 0 } ? Missing(missing) : texts[$"refused.{code}"] is { ResourceNotFound: false } said ? said.Value : code;

    public string Points(TrackingPoints points) => string.Join(texts["list.comma"], PointsOf(points).Select(p => texts[$"point.{WireName.Of(p)}"].Value));

    /// <summary>An amount in the organisation's currency.</summary>
    public string Money(decimal amount) => Figures.Money(amount, setting.Organisation.Currency);

    /// <summary>The same in short.</summary>
    public string ShortMoney(decimal amount) => Figures.ShortMoney(amount, setting.Organisation.Currency);

    /// <summary>First and last day.</summary>
    public string? Days(Campaign c) => c.StartsOn is not { } from ? null : c.EndsOn is { } to && to != from ? texts["days", Figures.Day(from), Figures.Day(to)].Value : Figures.Day(from);

    /// <summary>A factor, such as 3.2.</summary>
    public string? Factor(decimal? factor) => factor is { } f ? texts["factor", f].Value : null;

    public IReadOnlyList<Choice> Types => [.. setting.Campaigns.Types.Select(t => new Choice(t.Id, Type(t.Id)))];

    public IReadOnlyList<Choice> Categories => [.. setting.Campaigns.Categories.Select(c => new Choice(c.Id, Category(c.Id)))];

    public IReadOnlyList<Choice> Channels => [.. Enum.GetValues<InvitationChannel>().Select(c => new Choice(WireName.Of(c), Channel(c)))];

    /// <summary>What is stored of what an editor shows: the key where it is the words of a built-in one.</summary>
    public string Stored(string prefix, string? shown, IEnumerable<string> keys) => shown?.Trim() is not { Length: > 0 } text ? "" : keys.FirstOrDefault(k => Known($"{prefix}.{k}", k) == text) ?? text;

    /// <summary>A name as an editor shows it.</summary>
    public string Shown(string prefix, string name) => Known($"{prefix}.{name}", name);

    public static Tone ToneOf(CampaignStage stage) => stage switch
    {
        CampaignStage.Charter => Tone.Warning,
        CampaignStage.Run or CampaignStage.Convert => Tone.Primary,
        CampaignStage.Summarised => Tone.Ok,
        CampaignStage.Cancelled => Tone.Danger,
        _ => Tone.Neutral,
    };

    public static Tone ToneOf(InvitationState state) => state switch
    {
        InvitationState.Attended => Tone.Ok,
        InvitationState.Accepted => Tone.Primary,
        InvitationState.Declined => Tone.Danger,
        _ => Tone.Neutral,
    };

    /// <summary>What a day of tracking is, one by one.</summary>
    public static IEnumerable<TrackingPoints> PointsOf(TrackingPoints points) => Enum.GetValues<TrackingPoints>().Where(p => p != TrackingPoints.None && points.HasFlag(p));

    /// <summary>A member by its name in addresses; null where it is none.</summary>
    public static T? Member<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(m => WireName.Of(m) == name).Select(m => (T?)m).FirstOrDefault();

    private string Known(string key, string otherwise) => texts[key] is { ResourceNotFound: false } text ? text.Value : otherwise;
}
