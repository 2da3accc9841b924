using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.FollowUp;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of follow-up and deadlines as its editor posts it.</summary>
public sealed class SlaForm : PolicyForm
{
    private static readonly (string Name, int Minutes)[] UnitLengths = [("days", 1440), ("hours", 60), ("minutes", 1)];

    /// <summary>Units of time, the shortest first.</summary>
    public static IReadOnlyList<string> Units { get; } = [.. UnitLengths.Reverse().Select(u => u.Name)];

    public string? ShortestFollowUp { get; set; }

    /// <summary>What counts as a follow-up.</summary>
    public List<string> Counts { get; set => field = value ?? []; } = [];

    public List<RuleRow> Rules { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static SlaForm Of(SlaPolicy policy, PolicyWords say, DeadlineWords words) => new()
    {
        ShortestFollowUp = Text(policy.ShortestFollowUp),
        Counts = [.. policy.Counts.Select(WireName.Of)],
        Rules = [.. policy.Rules.Select(rule => RuleRow.Of(rule, say, words))],
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (SlaPolicy Policy, IReadOnlyList<FieldError> Errors) Read(PolicyWords say, DeadlineWords words)
    {
        List<FieldError> errors = [];
        var policy = new SlaPolicy
        {
            ShortestFollowUp = Whole(ShortestFollowUp, "shortestFollowUp", errors),
            Counts = [.. Enum.GetValues<CountedWork>().Where(work => Counts.Contains(WireName.Of(work)))],
            Rules = [.. Rules.Select((row, i) => row.Read($"rules[{i}]", say, words, errors))],
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

        public bool Enabled { get; set; }

        public List<ConditionForm> When { get; set => field = value ?? []; } = [];

        public string? From { get; set; } = WireName.Of(SlaStart.Acquired);

        public string? Goal { get; set; } = WireName.Of(SlaGoal.FollowUp);

        public string? Amount { get; set; } = "1";

        public string? Unit { get; set; } = "days";

        public string? Clock { get; set; } = WireName.Of(DeadlineClock.WorkingDays);

        public bool Pauses { get; set; }

        public string? Reminders { get; set; } = "50、80";

        public string? Outcome { get; set; } = WireName.Of(SlaOutcome.Violation);

        public string? Pool { get; set; }

        internal static RuleRow Of(SlaRule rule, PolicyWords say, DeadlineWords words)
        {
            var (unit, length) = UnitLengths.First(u => rule.Minutes % u.Minutes == 0 && (rule.Minutes > 0 || u.Minutes == 1));
            return new RuleRow
            {
                Id = rule.Id,
                Name = words.Name(rule.Name),
                Enabled = rule.Enabled,
                When = ConditionForm.Of(rule.When, say),
                From = WireName.Of(rule.From),
                Goal = WireName.Of(rule.Goal),
                Amount = Text(rule.Minutes / length),
                Unit = unit,
                Clock = WireName.Of(rule.Clock),
                Pauses = rule.PausesOnLeave,
                Reminders = string.Join('、', rule.Reminders),
                Outcome = WireName.Of(rule.Outcome),
                Pool = rule.Pool,
            };
        }

        internal SlaRule Read(string path, PolicyWords say, DeadlineWords words, List<FieldError> errors)
        {
            var length = UnitLengths.FirstOrDefault(u => u.Name == Unit).Minutes;
            var minutes = (long)Whole(Amount, $"{path}.minutes", errors) * Math.Max(1, length);
            return new SlaRule
            {
                Id = Id ?? "",
                Name = words.Key(Name),
                Enabled = Enabled,
                When = ConditionForm.Read(When, say),
                From = Member<SlaStart>(From, $"{path}.from", errors),
                Goal = Member<SlaGoal>(Goal, $"{path}.goal", errors),
                Minutes = (int)Math.Clamp(minutes, int.MinValue, int.MaxValue),
                Clock = Member<DeadlineClock>(Clock, $"{path}.clock", errors),
                PausesOnLeave = Pauses,
                Reminders = [.. PolicyWords.Split(Reminders?.Replace("%", "", StringComparison.Ordinal)).Select((percent, i) => Whole(percent, $"{path}.reminders[{i}]", errors))],
                Outcome = Member<SlaOutcome>(Outcome, $"{path}.outcome", errors),
                Pool = string.IsNullOrEmpty(Pool) ? null : Pool,
            };
        }
    }
}
