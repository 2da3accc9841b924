using System.Text.Json;
using Granary.Application.Opportunities;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Opportunities;

/// <summary>Says what stages, checks, grades and papers are called: built-in ones in the reader's language, the organisation's own in its words.</summary>
public sealed class OpportunityWords(IStringLocalizer<OpportunityTexts> texts)
{
    /// <summary>A business line.</summary>
    public string Line(BusinessLine line) => Known($"line.{line.Name}", line.Name);

    /// <summary>A stage.</summary>
    public string Stage(OpportunityStage stage) => Known($"stage.{stage.Name}", stage.Name);

    /// <summary>A stage by its ids; one that the policy no longer has by its id.</summary>
    public string Stage(Setting setting, string line, string stage) =>
        setting.Opportunities.Line(line)?.Stage(stage) is { } found ? Stage(found) : Known($"stage.{stage}", stage);

    /// <summary>A line of an exit checklist.</summary>
    public string Check(ExitCheck check) => Known($"check.{check.Name}", check.Name);

    /// <summary>A role at the customer's.</summary>
    public string Role(string role) => Known($"role.{role}", role);

    /// <summary>A standard action.</summary>
    public string Action(string name) => Known($"action.{name}", name);

    /// <summary>A member of an enumeration.</summary>
    public string Of<T>(T member) where T : struct, Enum => texts[$"{char.ToLowerInvariant(typeof(T).Name[0])}{typeof(T).Name[1..]}.{WireName.Of(member)}"];

    /// <summary>A grade as a letter.</summary>
    public static Tone ToneOf(OpportunityGrade grade) => grade switch { OpportunityGrade.A => Tone.Ok, OpportunityGrade.B => Tone.Primary, _ => Tone.Neutral };

    /// <summary>The colour of an inquiry grade.</summary>
    public static Tone ToneOf(InquiryGrade grade) => grade switch
    {
        InquiryGrade.S or InquiryGrade.A => Tone.Ok,
        InquiryGrade.B => Tone.Primary,
        InquiryGrade.C => Tone.Warning,
        InquiryGrade.F => Tone.Danger,
        _ => Tone.Neutral,
    };

    /// <summary>The colour of a stage.</summary>
    public static Tone ToneOf(StageKind kind) => kind switch { StageKind.Won => Tone.Ok, StageKind.Lost => Tone.Danger, _ => Tone.Primary };

    /// <summary>What is stored of what an editor shows: the key where it is the words of a built-in one.</summary>
    public string Stored(string prefix, string? shown, IEnumerable<string> keys) =>
        keys.FirstOrDefault(k => Known($"{prefix}.{k}", k) == shown?.Trim()) ?? shown?.Trim() ?? "";

    /// <summary>A kind of paper by its name in the log.</summary>
    public string Paper(string kind) => Known($"paper.{kind}", kind);

    /// <summary>What happened to an opportunity.</summary>
    public string Event(string kind) => Known($"event.{kind}", kind);

    /// <summary>How and why it happened; null where the title says it all.</summary>
    public string? Told(EventRecord record, Setting setting)
    {
        using var json = JsonDocument.Parse(record.Data);
        var data = json.RootElement;
        string Of(string name) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.Object ? "" : value.ToString() : "";
        string Person(string name) => Guid.TryParse(Of(name), out var id) ? setting.People.GetValueOrDefault(id)?.Name ?? "" : "";
        string[] said = record.Kind switch
        {
            OpportunityEvent.StageChanged or OpportunityEvent.Reopened => [$"{Known($"stage.{Of("before")}", Of("before"))} → {Known($"stage.{Of("after")}", Of("after"))}", Of("reason"), Of("automatic") == "True" ? texts["deal.automatic"].Value : ""],
            OpportunityEvent.DealRuleMet =>
            [
                Of("rule") is { Length: > 0 } number ? texts["deal.rule", number].Value : texts["deal.rule.none"].Value,
                Of("rule").Length > 0 && Of("signed") == "True" ? texts["deal.rule.signed"].Value : "",
                Of("paidPercent") is { Length: > 0 } percent && percent != "0" ? texts["deal.rule.paid", Of("paid"), percent].Value : "",
                Known($"dealOutcome.{Of("outcome")}", ""),
            ],
            OpportunityEvent.Evaluated => [Of("total").Length > 0 ? texts["evaluation.points", Of("total")].Value : "", Of("after").ToUpperInvariant(), Of("reason")],
            OpportunityEvent.GradeConfirmed or OpportunityEvent.InquiryChanged => [$"{Of("before").ToUpperInvariant()} → {Of("after").ToUpperInvariant()}", Of("reason")],
            OpportunityEvent.Transferred => [Person("from"), $"→ {Person("ownerId")}", Of("reason")],
            OpportunityEvent.HandedOver => [Person("receiverId")],
            OpportunityEvent.Written => [texts[$"paper.{Of("paper")}"].Value],
            OpportunityEvent.ContractMoved => [Known($"contractState.{Of("after")}", Of("after")), Of("reason")],
            OpportunityEvent.ContractWritten or OpportunityEvent.Paid => [Known($"paymentKind.{Of("kind")}", ""), Of("number"), Of("amount"), Of("currency")],
            _ => [Of("reason")],
        };
        return string.Join(texts["comma"], said.Where(s => s.Trim() is not ("" or "→"))) is { Length: > 0 } text ? text : null;
    }

    private string Known(string key, string otherwise) => texts[key] is { ResourceNotFound: false } text ? text.Value : otherwise;
}
