using Granary.Application.Settings;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.FollowUp;

/// <summary>Says rules of time as sentences; names of built-in rules are said in the reader's language.</summary>
public sealed class DeadlineWords(IStringLocalizer<DeadlineTexts> texts, PolicyWords say, Setting setting)
{
    /// <summary>Name of a rule.</summary>
    public string Name(string name) => texts[$"rule.{name}"] is { ResourceNotFound: false } text ? text : name;

    /// <summary>Name of the rule of time or of flow that took a lead from its owner, as the ownership keeps it.</summary>
    public string Taker(string name) => texts[$"value.rule.{name}"] is { ResourceNotFound: false } flow ? flow : Name(name);

    /// <summary>Name of the rule of an id, as it is now; the id where it is gone.</summary>
    public string Rule(string id) => setting.Sla.Rules.FirstOrDefault(r => r.Id == id) is { } rule ? Name(rule.Name) : Name(id);

    /// <summary>The stored name of what an editor shows for a rule.</summary>
    public string Key(string? shown) =>
        SlaPolicy.BuiltIn.Rules.Select(r => r.Name).FirstOrDefault(key => Name(key) == shown?.Trim()) ?? shown?.Trim() ?? "";

    /// <summary>N with its clock, such as <c>3 working days</c>.</summary>
    public string Duration(int minutes, DeadlineClock clock)
    {
        var (number, unit) = minutes % 1440 == 0 && clock != DeadlineClock.WorkingHours && minutes > 0 ? (minutes / 1440, "days")
            : minutes % 60 == 0 && minutes > 0 ? (minutes / 60, "hours") : (minutes, "minutes");
        return texts[$"duration.{(number == 1 ? unit[..^1] : unit)}", number, texts[$"clock.{WireName.Of(clock)}"].Value];
    }

    /// <summary>A rule as a sentence.</summary>
    public string Sentence(SlaRule rule)
    {
        var start = rule.When.Count == 0 ? "" : $"{say.Sentence(rule.When)} · ";
        var asked = rule.From == SlaStart.NextStep
            ? texts["sentence.nextStep"]
            : texts["sentence.asked", texts[$"from.{WireName.Of(rule.From)}"].Value, Duration(rule.Minutes, rule.Clock), texts[$"goal.{WireName.Of(rule.Goal)}"].Value];
        var pool = rule is { Outcome: SlaOutcome.Recycle or SlaOutcome.NextInLine, Pool: { Length: > 0 } key } ? $" {say.Pool(key)}" : "";
        return $"{start}{asked} → {texts[$"outcome.{WireName.Of(rule.Outcome)}"]}{pool}";
    }
}
