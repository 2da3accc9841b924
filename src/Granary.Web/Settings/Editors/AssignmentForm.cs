using System.Globalization;
using Granary.Application.Settings;
using Granary.Domain.Assignment;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>The assignment policy as its editor posts it.</summary>
public sealed class AssignmentForm : PolicyForm
{
    public List<RuleRow> Rules { get; set => field = value ?? []; } = [];

    public string? FallbackPool { get; set; }

    public string? RetryMinutes { get; set; }

    /// <summary>The form of a policy.</summary>
    public static AssignmentForm Of(AssignmentPolicy policy, PolicyWords say, Setting setting) => new()
    {
        Rules = [.. policy.Rules.Select(rule => RuleRow.Of(rule, say, setting))],
        FallbackPool = policy.FallbackPool,
        RetryMinutes = Text(policy.RetryMinutes),
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (AssignmentPolicy Policy, IReadOnlyList<FieldError> Errors) Read(AssignmentPolicy stored, PolicyWords say, Setting setting)
    {
        List<FieldError> errors = [];
        var policy = stored with
        {
            Rules = [.. Rules.Select((row, i) => row.Read(stored.Rules.FirstOrDefault(r => r.Id == row.Id), $"rules[{i}]", say, setting, errors))],
            FallbackPool = FallbackPool ?? "",
            RetryMinutes = Whole(RetryMinutes, "retryMinutes", errors),
        };
        return (policy, errors);
    }

    /// <summary>Gives new rules an id that none has.</summary>
    public void Identify(int version)
    {
        foreach (var row in Rules.Where(r => string.IsNullOrEmpty(r.Id)))
        {
            row.Id = Enumerable.Range(1, Rules.Count).Select(n => $"v{version}_{n}").First(id => Rules.TrueForAll(r => r.Id != id));
        }
    }

    /// <summary>A rule.</summary>
    public sealed class RuleRow
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public List<ConditionForm> When { get; set => field = value ?? []; } = [];

        /// <summary>Kind of target: <c>users</c>, <c>team</c> or <c>pool</c>.</summary>
        public string To { get; set; } = "team";

        public List<Guid> Users { get; set => field = value ?? []; } = [];

        public string? Department { get; set; }

        public string? Role { get; set; }

        public string? Pool { get; set; }

        public string? Method { get; set; } = WireName.Of(AssignmentMethod.RoundRobin);

        /// <summary>Names of the eligibility switches that are on.</summary>
        public List<string> Require { get; set => field = value ?? []; } = [];

        public string? Weights { get; set; }

        public string? Floor { get; set; } = "0.5";

        public string? Ceiling { get; set; } = "2";

        public string? BestOnly { get; set; }

        public bool OthersWhenNone { get; set; }

        internal static RuleRow Of(AssignmentRule rule, PolicyWords say, Setting setting) => new()
        {
            Id = rule.Id,
            Name = say.AssignmentRule(rule.Name),
            When = ConditionForm.Of(rule.When, say),
            To = rule.Target.Pool is not null ? "pool" : rule.Target.Users.Count > 0 ? "users" : "team",
            Users = [.. rule.Target.Users],
            Department = rule.Target.Department?.ToString(),
            Role = rule.Target.Role,
            Pool = rule.Target.Pool,
            Method = WireName.Of(rule.Method),
            Require = [.. PolicyWords.Switches.Where(s => s.Of(rule.Require)).Select(s => s.Name)],
            Weights = string.Join('\n', rule.Weights.Select(w => $"{setting.People.GetValueOrDefault(w.Key)?.Name} {w.Value}")),
            Floor = Text(rule.Performance.Floor),
            Ceiling = Text(rule.Performance.Ceiling),
            BestOnly = Text(rule.Performance.BestOnly),
            OthersWhenNone = rule.Tier.OthersWhenNone,
        };

        // Tier and sales steps are not edited here: what is stored of the rule stays.
        internal AssignmentRule Read(AssignmentRule? stored, string path, PolicyWords say, Setting setting, List<FieldError> errors)
        {
            var method = Member<AssignmentMethod>(Method, $"{path}.method", errors);
            var tier = stored?.Tier ?? new TierSettings();
            return new AssignmentRule
            {
                Id = Id ?? "",
                Name = say.AssignmentRuleKey(Name),
                When = ConditionForm.Read(When, say),
                Target = method == AssignmentMethod.BySalesModel ? new AssignmentTarget() : Target(),
                Method = method,
                Require = new EligibilitySwitches
                {
                    WithinWorkingHours = Require.Contains("withinWorkingHours"),
                    NotEarlierOwner = Require.Contains("notEarlierOwner"),
                    MatchIndustry = Require.Contains("matchIndustry"),
                    MatchRegion = Require.Contains("matchRegion"),
                    MatchProduct = Require.Contains("matchProduct"),
                    MatchSize = Require.Contains("matchSize"),
                },
                Weights = ReadWeights($"{path}.weights", setting, errors),
                Tier = tier with { OthersWhenNone = method == AssignmentMethod.ByTier ? OthersWhenNone : tier.OthersWhenNone },
                Performance = new PerformanceSettings(
                    Number(Floor, $"{path}.performance.floor", errors),
                    Number(Ceiling, $"{path}.performance.ceiling", errors),
                    MaybeWhole(BestOnly, $"{path}.performance.bestOnly", errors)),
                SalesSteps = stored?.SalesSteps ?? [],
            };
        }

        private AssignmentTarget Target() => To switch
        {
            "users" => AssignmentTarget.OfUsers(Users),
            "pool" => new AssignmentTarget { Pool = Pool },
            _ => new AssignmentTarget
            {
                Department = Guid.TryParse(Department, out var department) ? department : null,
                Role = string.IsNullOrEmpty(Role) ? null : Role,
            },
        };

        private Dictionary<Guid, int> ReadWeights(string path, Setting setting, List<FieldError> errors)
        {
            Dictionary<Guid, int> weights = [];
            foreach (var line in (Weights ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var cut = line.LastIndexOfAny([' ', '\t', ':', '：', '=']);
                var name = cut < 0 ? line : line[..cut].TrimEnd(' ', ':', '：', '=');
                Guid[] named = [.. setting.People.Values.Where(p => p.Name == name || p.Email == name).Select(p => p.Id)];
                if (named.Length != 1 || !int.TryParse(line.AsSpan(cut + 1), NumberStyles.Integer, CultureInfo.InvariantCulture, out var weight))
                {
                    errors.Add(new FieldError(path, named.Length == 1 ? "not_a_number" : "unknown"));
                    continue;
                }

                weights[named[0]] = weight;
            }

            return weights;
        }
    }
}
