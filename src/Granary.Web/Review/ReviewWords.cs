using System.Text.Json;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Web.Components.Ui;
using Granary.Web.Opportunities;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Review;

/// <summary>Says where reviews stand and what was said in them; names of the organisation's own steps stay as they are.</summary>
public sealed class ReviewWords(IStringLocalizer<ReviewTexts> texts, OpportunityWords opportunities)
{
    /// <summary>A member of an enumeration.</summary>
    public string Of<T>(T member)
        where T : struct, Enum => texts[$"{char.ToLowerInvariant(typeof(T).Name[0])}{typeof(T).Name[1..]}.{WireName.Of(member)}"];

    /// <summary>A step of a milestone plan.</summary>
    public string Step(string name) => Known($"step.{name}", name);

    /// <summary>The stored name of a step that an editor shows.</summary>
    public string Stored(string? shown) => ReviewRule.BuiltInMilestones.Select(m => m.Name).FirstOrDefault(k => Step(k) == shown?.Trim()) ?? shown?.Trim() ?? "";

    /// <summary>A business line; one that the policy no longer has by its id.</summary>
    public string Line(Setting setting, string line) => setting.Opportunities.Line(line) is { } found ? opportunities.Line(found) : line;

    /// <summary>A field that an application is asked to have.</summary>
    public string Field(string name) => texts[$"field.{name}"];

    /// <summary>What happened in a review.</summary>
    public string? Event(string kind) => texts[$"event.{kind}"] is { ResourceNotFound: false } text ? text.Value : null;

    /// <summary>How and why it happened, in parts.</summary>
    public IEnumerable<string> Told(JsonElement data)
    {
        string Of(string name) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";
        string Grade(string name) => Of(name).ToUpperInvariant();
        return
        [
            Known($"reviewVerdict.{Of("verdict")}", ""), Of("note") is { Length: > 0 } step ? Step(step) : "", Of("done") is "False" ? texts["step.undo"] : "",
            Grade("before") != Grade("after") && Grade("after").Length > 0 ? $"{Grade("before")} → {Grade("after")}" : Grade("grade") is { Length: > 0 } grade ? texts["project", grade] : "",
            Of("reason"),
        ];
    }

    /// <summary>The colour of where it stands.</summary>
    public static Tone ToneOf(ReviewState state) => state switch
    {
        ReviewState.Approved => Tone.Ok,
        ReviewState.Checking or ReviewState.Opinions => Tone.Primary,
        ReviewState.Returned => Tone.Warning,
        ReviewState.Rejected or ReviewState.Closed => Tone.Danger,
        _ => Tone.Neutral,
    };

    /// <summary>The colour of an opinion.</summary>
    public static Tone ToneOf(ReviewVerdict verdict) => verdict switch { ReviewVerdict.Approve => Tone.Ok, ReviewVerdict.Return => Tone.Warning, _ => Tone.Danger };

    /// <summary>The colour of a grade.</summary>
    public static Tone ToneOf(ProjectGrade grade) => grade switch { ProjectGrade.A => Tone.Ok, ProjectGrade.B => Tone.Primary, _ => Tone.Neutral };

    /// <summary>Those who can be given a lead, to choose from.</summary>
    public static IReadOnlyList<Choice> Owners(Setting setting) =>
        [.. setting.People.Values.Where(p => setting.CanOwn(p.Id) && p.Grants.ContainsKey(Domain.People.Permission.EditLeads)).OrderBy(p => p.Name, StringComparer.CurrentCulture).Select(p => new Choice($"{p.Id}", p.Name))];

    private string Known(string key, string otherwise) => texts[key] is { ResourceNotFound: false } text ? text.Value : otherwise;
}
