using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;
using Granary.Web.Assignment;
using Granary.Web.Cleansing;
using Granary.Web.Components.Ui;
using Granary.Web.Scoring;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Says what a lead's fields hold in the reader's language: statuses, pools, people, rules.</summary>
public sealed class LeadWords(
    IStringLocalizer<DeskTexts> desk,
    IStringLocalizer<AssignmentTexts> assignment,
    IStringLocalizer<CleansingTexts> cleansing,
    IStringLocalizer<ScoringTexts> scoring,
    Setting setting)
{
    public Setting Setting => setting;

    public string Status(LeadStatus status) => desk[$"status.{WireName.Of(status)}"];

    /// <summary>A stage of qualification.</summary>
    public string Qualification(QualificationStage stage) => desk[$"qualification.{WireName.Of(stage)}"];

    public static Tone ToneOf(LeadStatus status) => status switch
    {
        LeadStatus.Unassigned => Tone.Warning,
        LeadStatus.Pending => Tone.Primary,
        LeadStatus.Working => Tone.Info,
        LeadStatus.Converted => Tone.Ok,
        _ => Tone.Neutral,
    };

    /// <summary>The priority in words; null while the lead is not scored.</summary>
    public string? Priority(int priority) => priority == 0 ? null : scoring[$"priority.{WireName.Of((Priority)priority)}"].Value;

    public static Tone ToneOfPriority(int priority) => priority switch { 3 => Tone.Danger, 2 => Tone.Warning, _ => Tone.Neutral };

    public string? Stage(int stage) => stage == 0 ? null : scoring[$"stage.{WireName.Of((NurtureStage)stage)}"].Value;

    public string? Advice(string? cell) => cell is null ? null : scoring[$"advice.{cell}"].Value;

    public string Touch(string kind) => scoring[$"kind.{kind}"];

    public string Dimension(string dimension) => scoring[$"dimension.{dimension}"];

    public string ScoreRule(string? rule) => Known(scoring, rule);

    public string AssignmentRule(string? rule) => Known(assignment, rule);

    public string Verdict(Domain.Assignment.Ineligible ineligible) => assignment[$"ineligible.{Domain.Assignment.IneligibleCodes.Code(ineligible)}"];

    public string? Size(Domain.Capture.CompanySize? size) => size is { } s ? scoring[$"size.{WireName.Of(s)}"].Value : null;

    public string? Role(Domain.Capture.BuyingRole? role) => role is { } r ? scoring[$"role.{WireName.Of(r)}"].Value : null;

    public string? BudgetMatch(Domain.Capture.BudgetMatch? match) => match is { } m ? scoring[$"match.{WireName.Of(m)}"].Value : null;

    /// <summary>A pool's name; that of a built-in pool is in the reader's language.</summary>
    public string? Pool(Guid? id) => id is { } pool && setting.Pools.Find(pool) is { } found ? found.Name.Length > 0 ? found.Name : PoolOfKey(found.Key) : null;

    public string PoolOfKey(string key) => setting.Pools.Find(key) is { Name.Length: > 0 } named ? named.Name : assignment[$"pool.{key}"];

    public string? Person(Guid? id) => id is { } user ? setting.People.GetValueOrDefault(user)?.Name : null;

    public string Channel(Guid id) => setting.Channels.Path(id);

    public IEnumerable<(string Name, string Label, Tone Tone)> Findings(int findings) => FindingNames.Of((Finding)findings)
        .Select(name => (name, Finding(name), name is "late_entry" or "possible_duplicate" ? Tone.Warning : Tone.Danger));

    public string Finding(string name) => cleansing[$"finding.{name}"];

    /// <summary>What a lead is called: its company, else its contact.</summary>
    public string Name(ListedLead lead) => lead.Company ?? lead.Contact ?? desk["lead.unnamed"].Value;

    public string Name(Lead lead) => lead.CompanyName ?? lead.ContactName ?? desk["lead.unnamed"].Value;

    // Rules that an administrator made have names of their own; those that came with the product have words.
    private static string Known(IStringLocalizer texts, string? rule) => rule is null ? "" : texts[$"rule.{rule}"] is { ResourceNotFound: false } said ? said.Value : rule;
}
