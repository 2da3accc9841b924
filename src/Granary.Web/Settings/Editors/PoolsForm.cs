using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>The pool policy as its editor posts it.</summary>
public sealed class PoolsForm : PolicyForm
{
    public RulesRow Default { get; set => field = value ?? new(); } = new();

    public List<RulesRow> Pools { get; set => field = value ?? []; } = [];

    public string? ProtectedDays { get; set; }

    public string? ExtensionDays { get; set; }

    public string? MaximumDays { get; set; }

    public string? ReturnPool { get; set; }

    public bool ConfirmInvalid { get; set; }

    /// <summary>Own reasons of invalidity, one a line.</summary>
    public string? InvalidReasons { get; set; }

    public List<FlowRow> Flows { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static PoolsForm Of(PoolPolicy policy, PolicyWords say, FlowWords words) => new()
    {
        Default = RulesRow.Of(policy.Default),
        Pools = [.. policy.Pools.Select(p => RulesRow.Of(p.Value, p.Key))],
        ProtectedDays = Text(policy.Protection.Days),
        ExtensionDays = Text(policy.Protection.ExtensionDays),
        MaximumDays = Text(policy.Protection.MaximumDays),
        ReturnPool = policy.ReturnPool,
        ConfirmInvalid = policy.ConfirmInvalid,
        InvalidReasons = string.Join('\n', policy.InvalidReasons),
        Flows = [.. policy.Flows.Select(flow => FlowRow.Of(flow, say, words))],
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (PoolPolicy Policy, IReadOnlyList<FieldError> Errors) Read(PolicyWords say, FlowWords words)
    {
        List<FieldError> errors = [];
        Dictionary<string, PoolRules> pools = new(StringComparer.Ordinal);
        foreach (var (i, row) in Pools.Index())
        {
            if (string.IsNullOrEmpty(row.Pool) || !pools.TryAdd(row.Pool, row.Read($"pools.{row.Pool}", errors)))
            {
                errors.Add(new FieldError($"own[{i}].pool", string.IsNullOrEmpty(row.Pool) ? "required" : "duplicate"));
            }
        }

        var policy = new PoolPolicy
        {
            Default = Default.Read("default", errors),
            Pools = pools,
            Protection = new ProtectionRules
            {
                Days = Whole(ProtectedDays, "protection.days", errors),
                ExtensionDays = Whole(ExtensionDays, "protection.extensionDays", errors),
                MaximumDays = Whole(MaximumDays, "protection.maximumDays", errors),
            },
            ReturnPool = ReturnPool ?? "",
            ConfirmInvalid = ConfirmInvalid,
            InvalidReasons = [.. (InvalidReasons ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
            Flows = [.. Flows.Select((row, i) => row.Read($"flows[{i}]", say, words, errors))],
        };
        return (policy, errors);
    }

    /// <summary>Gives new flows an id that none has.</summary>
    public void Identify(int version)
    {
        foreach (var row in Flows.Where(r => string.IsNullOrEmpty(r.Id)))
        {
            row.Id = Enumerable.Range(1, Flows.Count).Select(n => $"v{version}_{n}").First(id => Flows.TrueForAll(r => r.Id != id));
        }
    }

    /// <summary>The rules of one pool, or of all.</summary>
    public sealed class RulesRow
    {
        /// <summary>The pool's key; nothing for the rules of all.</summary>
        public string? Pool { get; set; }

        public bool Claimable { get; set; }

        public string? DailyClaimCap { get; set; }

        public string? HoldingCap { get; set; }

        public string? CoolDownDays { get; set; }

        public string? DailyViewCap { get; set; }

        public string? Regions { get; set; }

        public string? StandsFor { get; set; }

        public List<string> VisibleFields { get; set => field = value ?? []; } = [];

        internal static RulesRow Of(PoolRules rules, string? pool = null) => new()
        {
            Pool = pool,
            Claimable = rules.Claimable,
            DailyClaimCap = Text(rules.DailyClaimCap),
            HoldingCap = Text(rules.HoldingCap),
            CoolDownDays = Text(rules.CoolDownDays),
            DailyViewCap = Text(rules.DailyViewCap),
            Regions = string.Join("、", rules.Regions),
            StandsFor = rules.StandsFor,
            VisibleFields = [.. rules.VisibleFields],
        };

        internal PoolRules Read(string path, List<FieldError> errors) => new()
        {
            Claimable = Claimable,
            DailyClaimCap = MaybeWhole(DailyClaimCap, $"{path}.dailyClaimCap", errors),
            HoldingCap = MaybeWhole(HoldingCap, $"{path}.holdingCap", errors),
            CoolDownDays = Whole(CoolDownDays, $"{path}.coolDownDays", errors),
            DailyViewCap = MaybeWhole(DailyViewCap, $"{path}.dailyViewCap", errors),
            Regions = PolicyWords.Split(Regions),
            StandsFor = string.IsNullOrEmpty(StandsFor) ? null : StandsFor,
            VisibleFields = [.. PoolFields.All.Where(VisibleFields.Contains)],
        };
    }

    /// <summary>A way from pool to pool.</summary>
    public sealed class FlowRow
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public string? From { get; set; } = WireName.Of(FlowSource.Pool);

        public string? Pool { get; set; }

        public List<ConditionForm> When { get; set => field = value ?? []; } = [];

        public string? AfterDays { get; set; } = "30";

        public string? Clock { get; set; } = WireName.Of(DeadlineClock.Elapsed);

        public string? Ownerships { get; set; } = "0";

        public string? To { get; set; }

        public bool NextInLine { get; set; }

        public bool Waits { get; set; }

        internal static FlowRow Of(FlowRule flow, PolicyWords say, FlowWords words) => new()
        {
            Id = flow.Id,
            Name = words.Name(flow.Name),
            From = WireName.Of(flow.From),
            Pool = flow.Pool,
            When = ConditionForm.Of(flow.When, say),
            AfterDays = Text(flow.AfterDays),
            Clock = WireName.Of(flow.Clock),
            Ownerships = Text(flow.Ownerships),
            To = flow.To,
            NextInLine = flow.NextInLine,
            Waits = flow.WaitsForProtection,
        };

        internal FlowRule Read(string path, PolicyWords say, FlowWords words, List<FieldError> errors)
        {
            var from = Member<FlowSource>(From, $"{path}.from", errors);
            return new FlowRule
            {
                Id = Id ?? "",
                Name = words.Key(Name),
                From = from,
                Pool = from == FlowSource.Sales || string.IsNullOrEmpty(Pool) ? null : Pool,
                When = ConditionForm.Read(When, say),
                AfterDays = Whole(AfterDays, $"{path}.afterDays", errors),
                Clock = Member<DeadlineClock>(Clock, $"{path}.clock", errors),
                Ownerships = Whole(Ownerships, $"{path}.ownerships", errors),
                To = To ?? "",
                NextInLine = NextInLine,
                WaitsForProtection = Waits,
            };
        }
    }
}
