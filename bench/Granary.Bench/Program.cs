using Granary.Bench;
using Granary.Bench.Quality;

return args switch
{
    ["quality", .. var rest] => MatchingQuality.Run(rest),
    ["pipeline", .. var rest] => await PipelineBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Granary.Bench quality --companies <tsv> | pipeline [sqlite]");
    return 2;
}
