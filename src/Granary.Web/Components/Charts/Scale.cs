using System.Globalization;

namespace Granary.Web.Components.Charts;

/// <summary>
/// A linear scale from 0 (or the smallest value, when it is negative) to a round number at or above the largest,
/// with round ticks: the one vocabulary of all charts.
/// </summary>
public sealed class Scale
{
    private Scale(double from, double to, IReadOnlyList<double> ticks) => (From, To, Ticks) = (from, to, ticks);

    public double From { get; }

    public double To { get; }

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>A scale that holds the values, with about <paramref name="ticks"/> steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
    public static Scale For(IEnumerable<double> values, int ticks = 4)
    {
        var (low, high) = (0d, 0d);
        foreach (var value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        var step = Step((high - low) / ticks);
        var first = Math.Floor(low / step);
        var last = Math.Max(Math.Ceiling(high / step), first + 1);
        return new Scale(first * step, last * step, [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)]);
    }

    /// <summary>Where a value lies between the ends, 0 to 1.</summary>
    public double Share(double value) => (value - From) / (To - From);

    /// <summary>Where a value lies counted from the top of a picture, in per cent.</summary>
    public string Top(double value) => Percent(1 - Share(value));

    /// <summary>A share as an SVG percentage.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>A coordinate as SVG wants it, whatever the language.</summary>
    public static string Number(double n) => n.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Step(double rough)
    {
        if (rough <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var times = rough / power;
        return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 2.5 ? 2.5 : times <= 5 ? 5 : 10);
    }
}
