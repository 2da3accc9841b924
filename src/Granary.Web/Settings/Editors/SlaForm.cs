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

    /// <summary>Within which time what owners ask for is decided.</summary>
    public DecisionRow Decisions { get; set => field = value ?? new(); } = new();

    /// <summary>The form of a policy.</summary>
    public static SlaForm Of(SlaPolicy policy, PolicyWords say, DeadlineWords words) => new()
    {
        ShortestFollowUp = Text(policy.ShortestFollowUp),
        Counts = [.. policy.Counts.Select(WireName.Of)],
        Rules = [.. policy.Rules.Select(rule => RuleRow.Of(rule, say, words))],
        Decisions = DecisionRow.Of(policy.Decisions),
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
            Decisions = Decisions.Read("decisions", errors),
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

    private static (string Amount, string Unit) Length(int minutes)
    {
        var (unit, length) = UnitLengths.First(u => minutes % u.Minutes == 0 && (minutes > 0 || u.Minutes == 1));
        return (Text(minutes / length), unit);
    }

    private static int Minutes(string? amount, string? unit, string path, List<FieldError> errors)
    {
        var minutes = (long)Whole(amount, path, errors) * Math.Max(1, UnitLengths.FirstOrDefault(u => u.Name == unit).Minutes);
        return (int)Math.Clamp(minutes, int.MinValue, int.MaxValue);
    }

    private static IReadOnlyList<int> Percents(string? text, string path, List<FieldError> errors) =>
        [.. PolicyWords.Split(text?.Replace("%", "", StringComparison.Ordinal)).Select((percent, i) => Whole(percent, $"{path}[{i}]", errors))];

    /// <summary>The time in which something is decided.</summary>
    public sealed class DecisionRow
    {
        public string? Amount { get; set; }

        public string? Unit { get; set; }

        public string? Clock { get; set; }

        public string? Reminders { get; set; }

        internal static DecisionRow Of(DecisionRule rule)
        {
            var (amount, unit) = Length(rule.Minutes);
            return new() { Amount = amount, Unit = unit, Clock = WireName.Of(rule.Clock), Reminders = string.Join(", ", rule.Reminders) };
        }

        internal DecisionRule Read(string path, List<FieldError> errors) => new()
        {
            Minutes = SlaForm.Minutes(Amount, Unit, $"{path}.minutes", errors),
            Clock = Member<DeadlineClock>(Clock, $"{path}.clock", errors),
            Reminders = Percents(Reminders, $"{path}.reminders", errors),
        };
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

        public string? Reminders { get; set; } = "50, 80";

        public string? Outcome { get; set; } = WireName.Of(SlaOutcome.Violation);

        public string? Pool { get; set; }

        internal static RuleRow Of(SlaRule rule, PolicyWords say, DeadlineWords words)
        {
            var (amount, unit) = Length(rule.Minutes);
            return new RuleRow
            {
                Id = rule.Id,
                Name = words.Name(rule.Name),
                Enabled = rule.Enabled,
                When = ConditionForm.Of(rule.When, say),
                From = WireName.Of(rule.From),
                Goal = WireName.Of(rule.Goal),
                Amount = amount,
                Unit = unit,
                Clock = WireName.Of(rule.Clock),
                Pauses = rule.PausesOnLeave,
                Reminders = string.Join(", ", rule.Reminders),
                Outcome = WireName.Of(rule.Outcome),
                Pool = rule.Pool,
            };
        }

        internal SlaRule Read(string path, PolicyWords say, DeadlineWords words, List<FieldError> errors) => new()
        {
            Id = Id ?? "",
            Name = words.Key(Name),
            Enabled = Enabled,
            When = ConditionForm.Read(When, say),
            From = Member<SlaStart>(From, $"{path}.from", errors),
            Goal = Member<SlaGoal>(Goal, $"{path}.goal", errors),
            Minutes = SlaForm.Minutes(Amount, Unit, $"{path}.minutes", errors),
            Clock = Member<DeadlineClock>(Clock, $"{path}.clock", errors),
            PausesOnLeave = Pauses,
            Reminders = Percents(Reminders, $"{path}.reminders", errors),
            Outcome = Member<SlaOutcome>(Outcome, $"{path}.outcome", errors),
            Pool = string.IsNullOrEmpty(Pool) ? null : Pool,
        };
    }
}
