namespace Granary.Web.Components.Charts;

/// <summary>A node as it is drawn, on a square of 1,000.</summary>
public sealed record SankeyBox(SankeyNode Node, double X, double Top, double Height, double Value);

/// <summary>A flow as it is drawn: a band from the right edge of one node to the left edge of another.</summary>
public sealed record SankeyBand(SankeyFlow Flow, int Series, string Path);

/// <summary>
/// Where nodes and flows of a sankey stand: columns at equal distances, nodes in the order they are given, each as high as what flows through
/// it, the greater of in and out. One unit is as high everywhere.
/// </summary>
public sealed class SankeyLayout
{
    /// <summary>Width of a node.</summary>
    public const double NodeWidth = 14;

    private const double Gap = 26;

    private SankeyLayout(IReadOnlyList<SankeyBox> boxes, IReadOnlyList<SankeyBand> bands) => (Boxes, Bands) = (boxes, bands);

    /// <summary>The nodes; those that nothing flows through are left out.</summary>
    public IReadOnlyList<SankeyBox> Boxes { get; }

    /// <summary>The flows, in the order they are given.</summary>
    public IReadOnlyList<SankeyBand> Bands { get; }

    /// <summary>Lays out.</summary>
    /// <exception cref="ArgumentException">A flow names a node that is not there, or does not go to the right.</exception>
    public static SankeyLayout Of(IReadOnlyList<SankeyNode> nodes, IReadOnlyList<SankeyFlow> flows)
    {
        var known = nodes.ToDictionary(n => n.Id);
        if (flows.FirstOrDefault(f => !known.ContainsKey(f.From) || !known.ContainsKey(f.To) || known[f.From].Column >= known[f.To].Column || f.Value < 0) is { } wrong)
        {
            throw new ArgumentException($"The flow from {wrong.From} to {wrong.To} does not go from a node to one further right.", nameof(flows));
        }

        var (outs, ins) = (flows.GroupBy(f => f.From).ToDictionary(g => g.Key, g => g.Sum(f => f.Value)), flows.GroupBy(f => f.To).ToDictionary(g => g.Key, g => g.Sum(f => f.Value)));
        double Through(SankeyNode node) => Math.Max(outs.GetValueOrDefault(node.Id), ins.GetValueOrDefault(node.Id));
        var columns = nodes.Where(n => Through(n) > 0).GroupBy(n => n.Column).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        if (columns.Count < 2)
        {
            return new([], []);
        }

        var unit = columns.Min(c => (1000 - (Gap * (c.Count - 1))) / c.Sum(Through));
        var last = columns[^1][0].Column;
        var boxes = columns.SelectMany(column =>
        {
            var top = (1000 - (unit * column.Sum(Through)) - (Gap * (column.Count - 1))) / 2;
            return column.ConvertAll(node =>
            {
                var box = new SankeyBox(node, (1000 - NodeWidth) * node.Column / last, top, unit * Through(node), Through(node));
                top += box.Height + Gap;
                return box;
            });
        }).ToDictionary(b => b.Node.Id);
        var order = nodes.Index().ToDictionary(n => n.Item.Id, n => n.Index);
        var (left, right) = (Offsets(flows, f => f.From, f => order[f.To], unit), Offsets(flows, f => f.To, f => order[f.From], unit));
        return new(
            [.. boxes.Values],
            [.. flows.Select((f, i) => (Flow: f, At: i)).Where(f => f.Flow.Value > 0).Select(f => new SankeyBand(f.Flow, order[f.Flow.From] % 8, Path(boxes[f.Flow.From], boxes[f.Flow.To], left[f.At], right[f.At], unit * f.Flow.Value)))]);
    }

    // How far below the top of its node each flow begins, so that flows of one node lie side by side in the order of their other ends.
    private static double[] Offsets(IReadOnlyList<SankeyFlow> flows, Func<SankeyFlow, string> node, Func<SankeyFlow, int> other, double unit)
    {
        var offsets = new double[flows.Count];
        foreach (var side in Enumerable.Range(0, flows.Count).GroupBy(i => node(flows[i])))
        {
            var below = 0d;
            foreach (var i in side.OrderBy(i => other(flows[i])))
            {
                offsets[i] = below;
                below += unit * flows[i].Value;
            }
        }

        return offsets;
    }

    private static string Path(SankeyBox from, SankeyBox to, double fromOffset, double toOffset, double height)
    {
        var (x0, x1, y0, y1) = (from.X + NodeWidth, to.X, from.Top + fromOffset, to.Top + toOffset);
        var (n, middle) = ((Func<double, string>)Scale.Number, Scale.Number((from.X + NodeWidth + to.X) / 2));
        return $"M{n(x0)} {n(y0)} C{middle} {n(y0)} {middle} {n(y1)} {n(x1)} {n(y1)} V{n(y1 + height)} C{middle} {n(y1 + height)} {middle} {n(y0 + height)} {n(x0)} {n(y0 + height)} Z";
    }
}
