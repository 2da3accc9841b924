using Granary.Bench.Quality;

return args switch
{
    ["quality", .. var rest] => MatchingQuality.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Granary.Bench quality --companies <tsv>");
    return 2;
}
