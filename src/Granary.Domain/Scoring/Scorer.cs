using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

/// <summary>Scores a lead under a model (§6.1–§6.3).</summary>
public static class Scorer
{
    private const int MostPerTally = 10_000;

    /// <summary>The score from the facts and touches known now; the order of the touches does not matter.</summary>
    /// <param name="model">A valid model.</param>
    /// <param name="facts">The lead's facts, see <see cref="LeadFacts"/>.</param>
    /// <param name="touches">All touches of the lead so far.</param>
    /// <param name="now">The instant that a half-life counts back from.</param>
    public static Score Score(ScoreModel model, IFacts facts, IReadOnlyList<TouchTally> touches, DateTimeOffset now)
    {
        var lines = new List<ScoreLine>();
        var attributes = (int)Capped(lines, ScoreDimension.Attributes, Attributes(model, facts, lines), model.AttributeCap);
        var behaviour = (int)Capped(lines, ScoreDimension.Behaviour, Touches(model, model.TouchRules, ScoreDimension.Behaviour, touches, now, lines), model.BehaviourCap);
        var engagement = Floored(lines, Touches(model, model.Matrix.Events, ScoreDimension.Engagement, touches, now, lines));

        var total = attributes + behaviour;
        var fitPoints = Math.Clamp(attributes * 100m / model.Matrix.FitScale, 0m, 100m);
        var fit = model.Matrix.FitOf(fitPoints);
        var level = model.Matrix.LevelOf(engagement);
        return new Score
        {
            Total = total,
            Behaviour = behaviour,
            Attributes = attributes,
            Priority = model.PriorityBands.Of(total),
            Stage = model.StageBands.Of(total),
            Fit = fit,
            Engagement = level,
            EngagementPoints = engagement,
            FitPoints = fitPoints,
            Mature = model.PassMark.IsReached(total, MatrixCell.Name(fit, level)),
            Lines = lines,
        };
    }

    private static decimal Attributes(ScoreModel model, IFacts facts, List<ScoreLine> lines)
    {
        var sum = 0;
        for (var i = 0; i < model.AttributeRules.Count; i++)
        {
            var rule = model.AttributeRules[i];
            if (rule.When.AllHold(facts))
            {
                sum += rule.Points;
                lines.Add(new ScoreLine(ScoreDimension.Attributes, ScoreSource.Rule, rule.Name, 1, rule.Points));
            }
        }

        return sum;
    }

    private static decimal Touches(
        ScoreModel model, IReadOnlyList<TouchRule> rules, ScoreDimension dimension, IReadOnlyList<TouchTally> touches, DateTimeOffset now, List<ScoreLine> lines)
    {
        // Each line is rounded by itself, so that the lines add up and one more touch never takes points away.
        var decimals = dimension == ScoreDimension.Engagement ? 2 : 0;
        var sum = 0m;
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            var (count, weight) = Tally(rule.Kind, touches, model.HalfLifeDays, now);
            if (count > 0)
            {
                var points = Math.Round(rule.Points * weight, decimals, MidpointRounding.AwayFromZero);
                sum += points;
                lines.Add(new ScoreLine(dimension, ScoreSource.Touch, WireName.Of(rule.Kind), count, points));
            }
        }

        return sum;
    }

    private static (int Count, decimal Weight) Tally(TouchKind kind, IReadOnlyList<TouchTally> touches, double? halfLifeDays, DateTimeOffset now)
    {
        var (count, weight) = (0, 0m);
        for (var i = 0; i < touches.Count; i++)
        {
            var tally = touches[i];
            if (tally.Kind == kind && tally.Count > 0)
            {
                var n = Math.Min(tally.Count, MostPerTally);
                count += n;
                weight += n * Freshness(tally.At, halfLifeDays, now);
            }
        }

        return (count, weight);
    }

    private static decimal Freshness(DateTimeOffset? at, double? halfLifeDays, DateTimeOffset now) =>
        halfLifeDays is { } days && at < now ? (decimal)Math.Pow(0.5, (now - at.Value).TotalDays / days) : 1m;

    private static decimal Capped(List<ScoreLine> lines, ScoreDimension dimension, decimal sum, int cap)
    {
        if (sum > cap)
        {
            lines.Add(new ScoreLine(dimension, ScoreSource.Cap, string.Empty, 0, cap - sum));
        }

        return Math.Min(sum, cap);
    }

    private static decimal Floored(List<ScoreLine> lines, decimal sum)
    {
        if (sum < 0)
        {
            lines.Add(new ScoreLine(ScoreDimension.Engagement, ScoreSource.Floor, string.Empty, 0, -sum));
        }

        return Math.Max(sum, 0m);
    }
}
