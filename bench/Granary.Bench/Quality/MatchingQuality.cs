using System.Diagnostics;
using System.Globalization;
using Granary.Domain.Matching;

namespace Granary.Bench.Quality;

/// <summary>
/// Measures company matching (§5.2) on a table of short and full names: every short name against every full one, and the
/// search for the full name by the keys the product stores. Lines: short name, tab, full name.
/// </summary>
internal static class MatchingQuality
{
    public static int Run(string[] args)
    {
        var misses = args.Contains("--misses");
        if (args is ["--pairs", var labelled, ..] && File.Exists(labelled))
            return LabelledPairs.Report(labelled, misses);
        if (args is not ["--companies", var path, ..] || !File.Exists(path))
        {
            Console.Error.WriteLine("quality --companies <tsv: short name, full name> | --pairs <tsv: name, name, level> [--misses]");
            return 2;
        }

        var pairs = File.ReadLines(path).Select(static line => line.Split('\t')).Where(static cells => cells.Length >= 2)
            .Select(static cells => new Pair(CompanyName.Parse(cells[0])!, CompanyName.Parse(cells[1])!)).ToList();
        Console.WriteLine($"{pairs.Count} companies, {(long)pairs.Count * pairs.Count} pairs");
        foreach (var level in (ReadOnlySpan<MatchLevel>)[MatchLevel.Strong, MatchLevel.Weak])
            Report(pairs, level, misses);
        ReportSearch(pairs, misses);
        ReportSpeed(File.ReadLines(path).Select(static line => line.Split('\t')[1]).ToList(), pairs);
        return 0;
    }

    private static void Report(List<Pair> pairs, MatchLevel least, bool misses)
    {
        var (found, wrong) = (0, 0);
        foreach (var pair in pairs)
        {
            foreach (var other in pairs)
            {
                var matches = CompanyMatching.Compare(pair.Short, other.Full) >= least;
                if (ReferenceEquals(pair, other) || pair.Full.ExactKey == other.Full.ExactKey)
                {
                    found += matches && ReferenceEquals(pair, other) ? 1 : 0;
                    if (misses && !matches)
                        Console.WriteLine($"  missed ({least}): {Show(pair.Short)} / {Show(pair.Full)}");
                }
                else if (matches)
                {
                    wrong++;
                    if (misses)
                        Console.WriteLine($"  wrong ({least}): {Show(pair.Short)} / {Show(other.Full)}");
                }
            }
        }

        double precision = (double)found / Math.Max(1, found + wrong), recall = (double)found / pairs.Count;
        Console.WriteLine(Text($"{least,-6} or better: precision {precision:P2}  recall {recall:P2}  F1 {2 * precision * recall / (precision + recall):P2}  (wrong {wrong})"));
    }

    private static void ReportSearch(List<Pair> pairs, bool misses)
    {
        var stored = new StoredNames(pairs.Select(static pair => pair.Full));
        var (reached, first, results) = (0, 0, 0);
        foreach (var pair in pairs)
        {
            var ranked = stored.Search(pair.Short);
            results += ranked.Count;
            reached += ranked.Contains(pair.Full) ? 1 : 0;
            var top = ranked.Count > 0 && ranked[0].ExactKey == pair.Full.ExactKey;
            first += top ? 1 : 0;
            if (misses && !top)
                Console.WriteLine($"  not first: {Show(pair.Short)} / {Show(pair.Full)} but {(ranked.Count > 0 ? ranked[0].Full : "nothing")}");
        }

        Console.WriteLine(Text($"search by keys: first {(double)first / pairs.Count:P2}  among the results {(double)reached / pairs.Count:P2}  results per search {(double)results / pairs.Count:F1}"));
    }

    private static void ReportSpeed(List<string> names, List<Pair> pairs)
    {
        var parse = Fastest(names.Count, () => names.ForEach(static name => CompanyName.Parse(name)));
        var compare = Fastest(pairs.Count, () => pairs.ForEach(static pair => CompanyMatching.Compare(pair.Short, pair.Full)));
        Console.WriteLine(Text($"parse {parse:F2} µs, compare {compare:F2} µs a name"));
    }

    /// <summary>Microseconds per item of the fastest round, so that a busy machine does not count.</summary>
    private static double Fastest(int items, Action round)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 50; i++)
        {
            var start = Stopwatch.GetTimestamp();
            round();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / items);
        }

        return best;
    }

    private static string Show(CompanyName name) => $"{name.Full} [{name.Region}|{name.Core}|{string.Join('·', name.IndustryWords)}]";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Pair(CompanyName Short, CompanyName Full);
}
