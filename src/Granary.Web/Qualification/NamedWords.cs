using Granary.Application.Qualification.Named;
using Granary.Application.Settings;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Qualification;

/// <summary>Says what stages, lines, sources and instruments of named accounts are called: built-in ones in the reader's language.</summary>
public sealed class NamedWords(IStringLocalizer<NamedTexts> texts, Setting setting)
{
    /// <summary>A stage.</summary>
    public string Stage(NamedAccountStage stage) => texts[$"stage.{WireName.Of(stage)}"];

    /// <summary>An instrument.</summary>
    public string Instrument(TouchInstrument instrument) => texts[$"instrument.{WireName.Of(instrument)}"];

    /// <summary>What the product looks at.</summary>
    public string Fact(EntryFact fact) => texts[$"fact.{WireName.Of(fact)}"];

    /// <summary>A line of a checklist.</summary>
    public string Check(EntryCheck check) => Known($"check.{check.Name}", check.Name);

    /// <summary>A line by its id; one that the lists no longer have by the id itself.</summary>
    public string Check(string id) => NamedAccounts.Stages.SelectMany(setting.NamedAccounts.Entry).FirstOrDefault(c => c.Id == id) is { } check ? Check(check) : Known($"check.{id}", id);

    /// <summary>A source by its id.</summary>
    public string Source(string id) => setting.NamedAccounts.Sources.FirstOrDefault(s => s.Id == id) is { } source ? Source(source) : Known($"source.{id}", id);

    /// <summary>A source.</summary>
    public string Source(NamedSource source) => Known($"source.{source.Name}", source.Name);

    /// <summary>What is missing, as a sentence.</summary>
    public string Missing(IReadOnlyList<string> checks) => texts["missing", string.Join(texts["list.comma"], checks.Select(Check))];

    /// <summary>Why something was refused, in words.</summary>
    public string Refusal(string code, IReadOnlyList<string> missing) => code switch
    {
        NamedRefusal.ChecksMissing => Missing(missing),
        NamedRefusal.TooManyRows => texts[$"refused.{code}", missing.Count > 0 ? missing[0] : ""],
        _ => texts[$"refused.{code}"] is { ResourceNotFound: false } said ? said.Value : code,
    };

    /// <summary>What became of a line that was to be named.</summary>
    public string Outcome(NamedOutcome outcome) => texts[$"outcome.{WireName.Of(outcome)}"];

    /// <summary>What is stored of what an editor shows: the key where it is the words of a built-in one.</summary>
    public string Stored(string prefix, string? shown, IEnumerable<string> keys) => shown?.Trim() is not { Length: > 0 } text ? "" : keys.FirstOrDefault(k => Known($"{prefix}.{k}", k) == text) ?? text;

    /// <summary>A list that is taken out as a file.</summary>
    /// <param name="person">Names of people.</param>
    public NamedWording Wording(Func<Guid?, string?> person) => new()
    {
        Heading = column => texts[$"column.{column}"],
        Stage = Stage,
        Instrument = Instrument,
        Person = person,
        Watermark = (who, when, number, rows) => texts["watermark", who, when, number, rows],
    };

    private string Known(string key, string otherwise) => texts[key] is { ResourceNotFound: false } text ? text.Value : otherwise;
}
