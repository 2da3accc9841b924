using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Settings.Editors;

/// <summary>Says pools' rules and the ways between them as sentences; names of built-in flows are said in the reader's language.</summary>
public sealed class FlowWords(IStringLocalizer<RuleTexts> texts, PolicyWords say)
{
    /// <summary>Name of a flow.</summary>
    public string Name(string name) => texts[$"pools.flow.name.{name}"] is { ResourceNotFound: false } text ? text : name;

    /// <summary>The stored name of what an editor shows for a flow.</summary>
    public string Key(string? shown) =>
        PoolPolicy.BuiltIn.Flows.Select(f => f.Name).FirstOrDefault(key => Name(key) == shown?.Trim()) ?? shown?.Trim() ?? "";

    /// <summary>A flow as a sentence.</summary>
    public string Sentence(FlowRule flow)
    {
        List<string> parts = flow.When.Count == 0 ? [] : [say.Sentence(flow.When)];
        var clock = texts[$"pools.clock.{WireName.Of(flow.Clock)}"].Value;
        parts.Add(flow.From == FlowSource.Sales
            ? texts["pools.flow.sentence.sales", flow.AfterDays, clock]
            : texts["pools.flow.sentence.pool", Pool(flow.Pool), flow.AfterDays, clock]);
        if (flow.Ownerships > 0)
        {
            parts.Add(texts["pools.flow.sentence.owned", flow.Ownerships]);
        }

        var to = flow.NextInLine ? texts["pools.flow.sentence.next", Pool(flow.To)].Value : Pool(flow.To);
        return $"{string.Join($" {texts["when.and"]} ", parts)} → {to}";
    }

    /// <summary>A pool's rules in short.</summary>
    public string Sentence(PoolRules rules)
    {
        if (!rules.Claimable)
        {
            return texts["pools.claimable.not"];
        }

        List<string> parts =
        [
            texts["pools.sentence.claims", Cap(rules.DailyClaimCap)], texts["pools.sentence.holding", Cap(rules.HoldingCap)],
            texts["pools.sentence.coolDown", rules.CoolDownDays],
        ];
        if (rules.Regions.Count > 0)
        {
            parts.Add(string.Join(' ', rules.Regions));
        }

        if (rules.StandsFor is { } general)
        {
            parts.Add(texts["pools.sentence.stands", Pool(general)]);
        }

        return string.Join(" · ", parts);
    }

    /// <summary>Name of a pool; an ellipsis where none was chosen yet.</summary>
    private string Pool(string? key) => string.IsNullOrEmpty(key) ? "…" : say.Pool(key);

    private string Cap(int? cap) => cap is { } most ? $"{most}" : texts["pools.unlimited"].Value;
}
