using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Web.Settings.Editors;

/// <summary>A score model as its editor posts it.</summary>
public sealed class ScoringForm : PolicyForm
{
    public List<AttributeRow> Rules { get; set => field = value ?? []; } = [];

    public List<TouchRow> Touches { get; set => field = value ?? []; } = [];

    public string? AttributeCap { get; set; }

    public string? BehaviourCap { get; set; }

    public string? HalfLifeDays { get; set; }

    public string? OfferAmount { get; set; }

    public string? High { get; set; }

    public string? Medium { get; set; }

    public string? Considering { get; set; }

    public string? Interested { get; set; }

    public string? PassScore { get; set; }

    public List<string> Cells { get; set => field = value ?? []; } = [];

    public string? FitScale { get; set; }

    public List<string?> EngagementBounds { get; set => field = value ?? []; } = [];

    public List<string?> FitBounds { get; set => field = value ?? []; } = [];

    /// <summary>In the order of <see cref="MatrixCell.All"/>.</summary>
    public List<string?> Advice { get; set => field = value ?? []; } = [];

    /// <summary>The form of a model.</summary>
    public static ScoringForm Of(ScoreModel model, PolicyWords say) => new()
    {
        Rules = [.. model.AttributeRules.Select(r => new AttributeRow { Name = say.ScoreRule(r.Name), Points = Text(r.Points), When = ConditionForm.Of(r.When, say) })],
        Touches =
        [
            .. Enum.GetValues<TouchKind>().Select(kind => new TouchRow
            {
                Kind = WireName.Of(kind),
                Behaviour = Text(model.TouchRules.FirstOrDefault(r => r.Kind == kind)?.Points),
                Engagement = Text(model.Matrix.Events.FirstOrDefault(r => r.Kind == kind)?.Points),
            }),
        ],
        AttributeCap = Text(model.AttributeCap),
        BehaviourCap = Text(model.BehaviourCap),
        HalfLifeDays = Text((decimal?)model.HalfLifeDays),
        OfferAmount = Text(model.OfferAmount),
        High = Text(model.PriorityBands.High),
        Medium = Text(model.PriorityBands.Medium),
        Considering = Text(model.StageBands.Considering),
        Interested = Text(model.StageBands.Interested),
        PassScore = Text(model.PassMark.Score),
        Cells = [.. model.PassMark.Cells],
        FitScale = Text(model.Matrix.FitScale),
        EngagementBounds = [.. model.Matrix.EngagementBounds.Select(b => Text(b))],
        FitBounds = [.. model.Matrix.FitBounds.Select(b => Text(b))],
        Advice = [.. MatrixCell.All.Select(cell => model.Matrix.Advice.GetValueOrDefault(cell))],
    };

    /// <summary>The model, and which words cannot be understood. What is not edited here stays as it is stored.</summary>
    public (ScoreModel Model, IReadOnlyList<FieldError> Errors) Read(ScoreModel stored, PolicyWords say)
    {
        List<FieldError> errors = [];
        var model = stored with
        {
            AttributeRules =
            [
                .. Rules.Select((row, i) => new AttributeRule(say.ScoreRuleKey(row.Name), ConditionForm.Read(row.When, say), Whole(row.Points, $"attributeRules[{i}].points", errors))),
            ],
            TouchRules = Counted(row => row.Behaviour, "touches.behaviour", errors),
            AttributeCap = Whole(AttributeCap, "attributeCap", errors),
            BehaviourCap = Whole(BehaviourCap, "behaviourCap", errors),
            HalfLifeDays = (double?)Maybe(HalfLifeDays, "halfLifeDays", errors),
            OfferAmount = Number(OfferAmount, "offerAmount", errors),
            PriorityBands = new PriorityBands(Whole(High, "priorityBands.high", errors), Whole(Medium, "priorityBands.medium", errors)),
            StageBands = new StageBands(Whole(Considering, "stageBands.considering", errors), Whole(Interested, "stageBands.interested", errors)),
            PassMark = new PassMark(Whole(PassScore, "passMark.score", errors)) { Cells = Cells },
            Matrix = stored.Matrix with
            {
                Events = Counted(row => row.Engagement, "touches.engagement", errors),
                FitScale = Whole(FitScale, "matrix.fitScale", errors),
                EngagementBounds = [.. EngagementBounds.Select(b => Number(b, "matrix.engagementBounds", errors))],
                FitBounds = [.. FitBounds.Select(b => Number(b, "matrix.fitBounds", errors))],
                Advice = MatrixCell.All.Zip(Advice).Where(a => !string.IsNullOrWhiteSpace(a.Second)).ToDictionary(a => a.First, a => a.Second!.Trim()),
            },
        };
        return (model, errors);
    }

    /// <summary>The row that an error of <c>touchRules[i]</c> or <c>matrix.events[i]</c> is about: empty rows do not count.</summary>
    public int RuleIndex(int row, Func<TouchRow, string?> points) => Touches.Take(row).Count(t => !string.IsNullOrWhiteSpace(points(t)));

    private List<TouchRule> Counted(Func<TouchRow, string?> points, string path, List<FieldError> errors) =>
    [
        .. Touches.Where(row => !string.IsNullOrWhiteSpace(points(row)) && WireName.All<TouchKind>().Contains(row.Kind))
            .Select(row => new TouchRule(Enum.Parse<TouchKind>(row.Kind!, ignoreCase: true), Whole(points(row), $"{path}.{row.Kind}", errors))),
    ];

    /// <summary>Points for an attribute.</summary>
    public sealed class AttributeRow
    {
        public string? Name { get; set; }

        public string? Points { get; set; }

        public List<ConditionForm> When { get; set => field = value ?? []; } = [];
    }

    /// <summary>Points for a touch of a kind; empty is none.</summary>
    public sealed class TouchRow
    {
        public string? Kind { get; set; }

        public string? Behaviour { get; set; }

        public string? Engagement { get; set; }
    }
}
