using System.Diagnostics;

namespace Granary.Bench;

/// <summary>Single posts over HTTP against a bare endpoint of the same process, in pairs within one run.</summary>
internal static class IntakeBench
{
    private const int Seconds = 5, Pairs = 3, WarmUp = 90;

    public static async Task<int> Run(string[] args)
    {
        foreach (var postgres in args.Contains("sqlite") ? new[] { false } : args.Contains("postgres") ? [true] : [true, false])
        {
            foreach (var connections in args.Contains("64") ? [64] : args.Contains("256") ? [256] : new[] { 64, 256 })
            {
                await Measure(postgres, connections);
            }
        }

        return 0;
    }

    private static async Task Measure(bool postgres, int connections)
    {
        await using var organisation = await Organisation.Open(postgres);
        await organisation.LetGo();
        await using var host = new Host(organisation.Options);
        var address = host.Listen();
        var key = await host.Key();
        await Load.Run(address, "/api/v1/leads", key, connections, WarmUp);
        await Load.Run(address, "/bare", key, connections, Seconds);
        List<double> ratios = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (product, productCpu, bytes) = await Side(address, "/api/v1/leads", key, connections);
            var (bare, bareCpu, _) = await Side(address, "/bare", key, connections);
            ratios.Add(product / bare);
            Console.WriteLine($"  {(postgres ? "PostgreSQL" : "SQLite")}, {connections} connections: product {product:0}/s ({productCpu:0} µs CPU of the process, {bytes / 1024:0} kB allocated), bare {bare:0}/s ({bareCpu:0} µs), ratio {product / bare:0.00}");
        }

        ratios.Sort();
        Console.WriteLine($"intake {(postgres ? "postgres" : "sqlite")} {connections}: median ratio {ratios[Pairs / 2]:0.00}");
    }

    private static async Task<(double PerSecond, double Cpu, double Bytes)> Side(Uri address, string path, string key, int connections)
    {
        using var process = Process.GetCurrentProcess();
        var bytes = GC.GetTotalAllocatedBytes();
        var before = process.TotalProcessorTime;
        var (rate, bad) = await Load.Run(address, path, key, connections, Seconds);
        if (bad > 0)
        {
            throw new InvalidOperationException($"{path}: {bad} answers were not 2xx.");
        }

        process.Refresh();
        return (rate, (process.TotalProcessorTime - before).TotalMicroseconds / (rate * Seconds), (GC.GetTotalAllocatedBytes() - bytes) / (rate * Seconds));
    }
}
