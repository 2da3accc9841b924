using Granary.Bench.Quality;

namespace Granary.Bench;

/// <summary>One subcommand for each thing measured.</summary>
internal static class Benches
{
    public static async Task<int> Main(string[] args) => args switch
    {
        ["quality", .. var rest] => MatchingQuality.Run(rest),
        ["intake", .. var rest] => await IntakeBench.Run(rest),
        ["import", .. var rest] => await ImportBench.Run(rest),
        ["scale", .. var rest] => await ScaleBench.Run(rest),
        ["timers", .. var rest] => await TimerBench.Run(rest),
        ["pipeline", .. var rest] => await PipelineBench.Run(rest),
        ["privacy", .. var rest] => await PrivacyBench.Run(rest),
        ["board", .. var rest] => await BoardBench.Run(rest),
        ["collect", .. var rest] => await CollectBench.Run(rest),
        ["reports", .. var rest] => await ReportBench.Run(rest),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine("Granary.Bench quality --companies <tsv> | intake [postgres|sqlite] | import [ROWS] [postgres|sqlite] [served|cli] | scale [LEADS] | timers [TIMERS] [sqlite] | pipeline [sqlite] [64|256] | privacy [LEADS] [postgres|sqlite] | board [OPPORTUNITIES] [postgres|sqlite] | collect [postgres|sqlite] | reports [LEADS] [postgres|sqlite]");
        return 2;
    }
}
