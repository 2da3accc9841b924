using System.Diagnostics;
using Granary.Application.Intake;

namespace Granary.Bench;

/// <summary>The intake pipeline without HTTP against bare one-row inserts of the same lead table: where the time goes.</summary>
internal static class PipelineBench
{
    public static async Task<int> Run(string[] args)
    {
        var postgres = !args.Contains("sqlite");
        var seconds = 5;
        foreach (var callers in args.Contains("64") ? [64] : args.Contains("256") ? [256] : new[] { 64, 256 })
        {
            await using var organisation = await Organisation.Open(postgres);
            var leads = new SampleLeads(7);
            long n = 0;
            async Task Product()
            {
                var result = await organisation.Intake.Submit(new IntakeRequest { Submission = leads.Lead(Interlocked.Increment(ref n)) });
                if (result is not IntakeResult.Landed)
                {
                    throw new InvalidOperationException(result.ToString());
                }
            }

            using var bare = new BareInsert(organisation.Store);
            await Rate(Product, callers, 12);
            await Rate(bare.One, callers, 4);
            for (var pair = 0; pair < 3; pair++)
            {
                var (product, productCpu, productBytes) = await Rate(Product, callers, seconds);
                var (raw, rawCpu, _) = await Rate(bare.One, callers, seconds);
                Console.WriteLine($"{callers} callers: product {product:0}/s ({productCpu:0} µs CPU, {productBytes / 1024:0} kB allocated), bare {raw:0}/s ({rawCpu:0} µs CPU), ratio {product / raw:0.00}");
            }
        }

        return 0;
    }

    private static async Task<(double PerSecond, double Cpu, double Bytes)> Rate(Func<Task> work, int callers, int seconds)
    {
        long done = 0;
        var until = Stopwatch.StartNew();
        var bytes = GC.GetTotalAllocatedBytes();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (until.Elapsed.TotalSeconds < seconds)
            {
                await work();
                Interlocked.Increment(ref done);
            }
        })));
        return (done / until.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / done, (GC.GetTotalAllocatedBytes() - bytes) / (double)done);
    }
}
