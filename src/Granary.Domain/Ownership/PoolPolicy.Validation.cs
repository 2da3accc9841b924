using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.Ownership;

public sealed partial record PoolPolicy
{
    private const int MostFlows = 200, MostPools = 1_000, MostReasons = 100, MostRegions = 400, LongestName = 100, LongestReason = 60, MostDays = 3_650;

    /// <summary>
    /// What is wrong with the policy: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>,
    /// <c>malformed</c>, <c>not_a_choice</c>, <c>goes_nowhere</c> (a flow into the pool it begins in), <c>goes_in_circles</c> (flows
    /// that do not wait and come back to where they begin) and the codes of <see cref="ConditionRules"/>. Empty when it can be used.
    /// Whether pools exist is not asked here.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Errors(Default, "default"),
        .. Check(Pools.Count <= MostPools, "pools", "too_many", $"{MostPools}"),
        .. Pools.SelectMany(pool => Errors(pool.Value, $"pools.{pool.Key}")),
        .. Pools.SelectMany(pool => Check(pool.Value.StandsFor != pool.Key, $"pools.{pool.Key}.standsFor", "goes_nowhere")),
        .. Errors(Protection),
        .. Check(!string.IsNullOrWhiteSpace(ReturnPool), "returnPool", "required"),
        .. Check(InvalidReasons.Count <= MostReasons, "invalidReasons", "too_many", $"{MostReasons}"),
        .. InvalidReasons.SelectMany((reason, i) => Text(reason, $"invalidReasons[{i}]", LongestReason)),
        .. Check(Flows.Count <= MostFlows, "flows", "too_many", $"{MostFlows}"),
        .. Flows.SelectMany((flow, i) => Errors(flow, $"flows[{i}]")),
        .. Flows.SelectMany((flow, i) => Check(Flows.Take(i).All(earlier => earlier.Id != flow.Id), $"flows[{i}].id", "duplicate")),
        .. Flows.SelectMany((flow, i) => Check(!GoesInCircles(flow), $"flows[{i}].to", "goes_in_circles")),
    ];

    /// <summary>
    /// Whether a flow that does not wait is part of a circle of such: a lead would be moved for ever, all at one instant.
    /// Conditions are passed over, and a regional pool counts as the one it stands for.
    /// </summary>
    private bool GoesInCircles(FlowRule flow)
    {
        if (!AtOnce(flow))
        {
            return false;
        }

        var onward = Flows.Where(AtOnce).ToLookup(f => General(f.Pool), f => General(f.To));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var ahead = new Queue<string>([General(flow.To)]);
        while (ahead.TryDequeue(out var pool))
        {
            if (pool == General(flow.Pool))
            {
                return true;
            }

            foreach (var next in seen.Add(pool) ? onward[pool] : [])
            {
                ahead.Enqueue(next);
            }
        }

        return false;
    }

    private static bool AtOnce(FlowRule flow) => flow is { From: FlowSource.Pool, AfterDays: 0, Pool.Length: > 0, To.Length: > 0 } && (flow.To != flow.Pool || flow.NextInLine);

    private string General(string? pool) => this.GeneralOf(pool!);

    private static IEnumerable<FieldError> Errors(PoolRules rules, string path) =>
    [
        .. Check(rules.DailyClaimCap is null or (>= 0 and <= 10_000), $"{path}.dailyClaimCap", "out_of_range", "0–10000"),
        .. Check(rules.HoldingCap is null or (>= 1 and <= 100_000), $"{path}.holdingCap", "out_of_range", "1–100000"),
        .. Days(rules.CoolDownDays, $"{path}.coolDownDays"),
        .. Check(rules.DailyViewCap is null or (>= 0 and <= 10_000), $"{path}.dailyViewCap", "out_of_range", "0–10000"),
        .. Check(rules.Regions.Count <= MostRegions, $"{path}.regions", "too_many", $"{MostRegions}"),
        .. Check(rules.StandsFor is null || rules.Regions.Count > 0, $"{path}.regions", "required"),
        .. rules.VisibleFields.SelectMany((field, i) => Check(PoolFields.All.Contains(field), $"{path}.visibleFields[{i}]", "not_a_choice")),
    ];

    private static IEnumerable<FieldError> Errors(ProtectionRules rules) =>
    [
        .. Days(rules.Days, "protection.days"),
        .. Days(rules.ExtensionDays, "protection.extensionDays"),
        .. Check(rules.MaximumDays >= rules.Days && rules.MaximumDays <= MostDays, "protection.maximumDays", "out_of_range", $"{rules.Days}–{MostDays}"),
    ];

    private static IEnumerable<FieldError> Errors(FlowRule flow, string path) =>
    [
        .. Check(flow.Id is { Length: > 0 and <= 60 } && flow.Id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'), $"{path}.id", "malformed"),
        .. Text(flow.Name, $"{path}.name", LongestName),
        .. Check(Enum.IsDefined(flow.From), $"{path}.from", "not_a_choice"),
        .. Check(flow.From != FlowSource.Pool || !string.IsNullOrWhiteSpace(flow.Pool), $"{path}.pool", "required"),
        .. flow.When.Validate($"{path}.when", LeadFacts.Field),
        .. Days(flow.AfterDays, $"{path}.afterDays"),
        .. Check(Enum.IsDefined(flow.Clock), $"{path}.clock", "not_a_choice"),
        .. Check(flow.Ownerships is >= 0 and <= 1_000, $"{path}.ownerships", "out_of_range", "0–1000"),
        .. Check(!string.IsNullOrWhiteSpace(flow.To), $"{path}.to", "required"),
        .. Check(flow.From != FlowSource.Pool || flow.To != flow.Pool || flow.NextInLine, $"{path}.to", "goes_nowhere"),
    ];

    private static IEnumerable<FieldError> Days(int days, string path) => Check(days is >= 0 and <= MostDays, path, "out_of_range", $"0–{MostDays}");

    private static IEnumerable<FieldError> Text(string? text, string path, int longest) =>
        string.IsNullOrWhiteSpace(text) ? [new FieldError(path, "required")] : Check(text.Length <= longest, path, "too_long", $"{longest}");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
