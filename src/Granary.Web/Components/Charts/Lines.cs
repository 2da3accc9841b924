namespace Granary.Web.Components.Charts;

/// <summary>Points of lines and bands over labels, on a square of 1,000 that stretches with the page.</summary>
public static class Lines
{
    /// <summary>The coordinates of the runs without a gap, each as <c>points</c> of a polyline.</summary>
    public static IEnumerable<string> Runs(IReadOnlyList<double?> values, int count, Scale axis)
    {
        List<string> run = [];
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                run.Add(Point(i, count, value, axis));
            }
            else if (run.Count > 0)
            {
                yield return string.Join(' ', run);
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return string.Join(' ', run);
        }
    }

    /// <summary>The outlines of a band between two lines, one for each run without a gap.</summary>
    public static IEnumerable<string> Bands(IReadOnlyList<(double? Low, double? High)> limits, Scale axis)
    {
        for (var from = 0; from < limits.Count; from++)
        {
            var to = from;
            for (; to < limits.Count && limits[to] is { Low: not null, High: not null }; to++)
            {
            }

            if (to > from)
            {
                var over = Enumerable.Range(from, to - from);
                yield return string.Join(' ', over.Select(i => Point(i, limits.Count, limits[i].High!.Value, axis)).Concat(over.Reverse().Select(i => Point(i, limits.Count, limits[i].Low!.Value, axis))));
                from = to;
            }
        }
    }

    /// <summary>Where the i-th of some labels stands, as an SVG percentage.</summary>
    public static string X(int i, int count) => Scale.Percent(count < 2 ? 0.5 : i / (double)(count - 1));

    private static string Point(int i, int count, double value, Scale axis) =>
        $"{Scale.Number(count < 2 ? 500 : 1000d * i / (count - 1))},{Scale.Number(1000 * (1 - axis.Share(value)))}";
}
