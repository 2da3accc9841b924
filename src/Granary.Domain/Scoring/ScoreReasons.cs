using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

internal static class ScoreReasons
{
    private const string Step = "score";

    public static IReadOnlyList<Reason> Of(Score score)
    {
        var reasons = new List<Reason>(score.Lines.Count + 2);
        foreach (var line in score.Lines)
        {
            reasons.Add(Of(line));
        }

        reasons.Add(Reason.Of(Step, "total", null,
            ("total", Text(score.Total)), ("behaviour", Text(score.Behaviour)), ("attributes", Text(score.Attributes)),
            ("priority", WireName.Of(score.Priority)), ("stage", WireName.Of(score.Stage))));
        reasons.Add(Reason.Of(Step, score.Mature ? "mature" : "immature", null,
            ("cell", score.Cell), ("engagement", Text(score.EngagementPoints)), ("fit", Text(Math.Round(score.FitPoints, 1)))));
        return reasons;
    }

    private static Reason Of(ScoreLine line)
    {
        var dimension = ("dimension", WireName.Of(line.Dimension));
        var points = ("points", Text(line.Points));
        return line.Source switch
        {
            ScoreSource.Rule => Reason.Of(Step, "attribute", line.Name, dimension, points),
            ScoreSource.Touch => Reason.Of(Step, "touch", null, dimension, ("kind", line.Name), ("count", Text(line.Count)), points),
            ScoreSource.Cap => Reason.Of(Step, "capped", null, dimension, points),
            _ => Reason.Of(Step, "floored", null, dimension, points),
        };
    }

    private static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
