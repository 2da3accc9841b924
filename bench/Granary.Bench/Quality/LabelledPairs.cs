using System.Globalization;
using Granary.Domain.Matching;

namespace Granary.Bench.Quality;

/// <summary>Measures company matching (§5.2) on labelled pairs. Lines: name, tab, name, tab, level; those that begin with # are remarks.</summary>
internal static class LabelledPairs
{
    public static int Report(string path, bool misses)
    {
        var pairs = File.ReadLines(path).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split('\t'))
            .Select(static cells => (A: cells[0], B: cells[1], Label: Enum.Parse<MatchLevel>(cells[2], ignoreCase: true), Level: Compare(cells[0], cells[1]))).ToList();
        Console.WriteLine($"{pairs.Count} labelled pairs, {pairs.Count(static pair => pair.Label == pair.Level)} at the very level");
        foreach (var least in (ReadOnlySpan<MatchLevel>)[MatchLevel.Strong, MatchLevel.Weak])
        {
            var right = pairs.Count(pair => pair.Level >= least && pair.Label >= least);
            var precision = (double)right / pairs.Count(pair => pair.Level >= least);
            var recall = (double)right / pairs.Count(pair => pair.Label >= least);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{least,-6} or better: precision {precision:P2}  recall {recall:P2}  F1 {2 * precision * recall / (precision + recall):P2}"));
        }

        if (misses)
        {
            foreach (var (a, b, label, level) in pairs.Where(static pair => pair.Label != pair.Level))
                Console.WriteLine($"  {a} / {b}: {level}, labelled {label}");
        }

        return 0;
    }

    private static MatchLevel Compare(string a, string b) =>
        CompanyMatching.Compare(CompanyName.Parse(a)!, CompanyName.Parse(b)!);
}
