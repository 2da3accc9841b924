using System.Globalization;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Web.Review;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of review as its editor posts it.</summary>
public sealed class ReviewForm : PolicyForm
{
    private static readonly char[] Colons = [':', '：'];

    public List<LineRow> Lines { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static ReviewForm Of(ReviewPolicy policy, PolicyWords say, ReviewWords words) => new() { Lines = [.. policy.Lines.Select(l => LineRow.Of(l, say, words))] };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (ReviewPolicy Policy, IReadOnlyList<FieldError> Errors) Read(PolicyWords say, ReviewWords words)
    {
        List<FieldError> errors = [];
        return (new ReviewPolicy { Lines = [.. Lines.Select((l, i) => l.Read($"lines[{i}]", say, words, errors))] }, errors);
    }

    /// <summary>A business line; its plan is a text of a line for each step.</summary>
    public sealed class LineRow
    {
        private static readonly ReviewRule Fresh = new();

        public string? Line { get; set; }

        public string? Rule { get; set; } = WireName.Of(CommitteeRule.Majority);

        public List<ConditionForm> When { get; set => field = value ?? []; } = [];

        public List<string> Members { get; set => field = value ?? []; } = [];

        public List<string> RequiredFields { get; set => field = value ?? []; } = [];

        public string? Chair { get; set; }

        public string? StatusReviewDays { get; set; } = Text(Fresh.StatusReviewDays);

        public SlaForm.DecisionRow Completeness { get; set => field = value ?? new(); } = SlaForm.DecisionRow.Of(Fresh.Completeness);

        public SlaForm.DecisionRow Opinion { get; set => field = value ?? new(); } = SlaForm.DecisionRow.Of(Fresh.Opinion);

        public string? Milestones { get; set; }

        internal static LineRow Of(ReviewRule rule, PolicyWords say, ReviewWords words) => new()
        {
            Line = rule.Line,
            Rule = WireName.Of(rule.Rule),
            When = ConditionForm.Of(rule.When, say),
            Members = [.. rule.Members.Select(m => $"{m}")],
            RequiredFields = [.. rule.RequiredFields],
            Chair = $"{rule.Chair}",
            StatusReviewDays = Text(rule.StatusReviewDays),
            Completeness = SlaForm.DecisionRow.Of(rule.Completeness),
            Opinion = SlaForm.DecisionRow.Of(rule.Opinion),
            Milestones = string.Join('\n', rule.Milestones.Select(m => $"{words.Step(m.Name)}：{m.Days.ToString(CultureInfo.InvariantCulture)}")),
        };

        internal ReviewRule Read(string path, PolicyWords say, ReviewWords words, List<FieldError> errors) => new()
        {
            Line = Line ?? "",
            Rule = Member<CommitteeRule>(Rule, $"{path}.rule", errors),
            When = ConditionForm.Read(When, say),
            Members = [.. Members.Select(m => Guid.TryParse(m, out var id) ? id : Guid.Empty)],
            RequiredFields = [.. RequiredFields],
            Chair = Guid.TryParse(Chair, out var chair) ? chair : null,
            StatusReviewDays = Whole(StatusReviewDays, $"{path}.statusReviewDays", errors),
            Completeness = Completeness.Read($"{path}.completeness", errors),
            Opinion = Opinion.Read($"{path}.opinion", errors),
            Milestones = [.. (Milestones ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((text, i) => Step(text, $"{path}.milestones[{i}]", words, errors))],
        };

        // What stands behind the last colon is the days.
        private static MilestoneTemplate Step(string text, string path, ReviewWords words, List<FieldError> errors)
        {
            var at = text.LastIndexOfAny(Colons);
            return new MilestoneTemplate(words.Stored(at < 0 ? text : text[..at]), Whole(at < 0 ? "" : text[(at + 1)..].Trim(), $"{path}.days", errors));
        }
    }
}
