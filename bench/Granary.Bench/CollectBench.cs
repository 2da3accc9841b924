using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Bench;

/// <summary>Touches over HTTP as pages report them, and the lead list beside them.</summary>
internal static partial class CollectBench
{
    private const int Seconds = 60, WarmUp = 10, Connections = 64, PerReport = 5, Wanted = 5_000, Leads = 5_000, Looks = 200;

    // wrk sends as fast as it is answered; each report has a visitor of its own and five touches, so that a thousand reports are the target.
    private const string Script = """
        local n = 0
        function setup(thread) counter = (counter or 0) + 1; thread:set("id", counter) end
        function init(args) math.randomseed(os.time() * 7 + id) end
        local hex = function(k) local s = "" for i = 1, k do s = s .. string.format("%x", math.random(0, 15)) end return s end
        function request()
          n = n + 1
          local v = hex(8) .. "-" .. hex(4) .. "-4" .. hex(3) .. "-8" .. hex(3) .. "-" .. hex(12)
          local t = '{"visitor":"' .. v .. '","kind":"pageVisited","url":"https://www.example.com/p' .. (n % 50) .. '","utm":{"campaign":"spring"},"consent":true}'
          return wrk.format("POST", "/collect", headers, "[" .. t .. "," .. t .. "," .. t .. "," .. t .. "," .. t .. "]")
        end
        """;

    public static async Task<int> Run(string[] args)
    {
        await using var organisation = await Organisation.Open(args is not ["sqlite"]);
        await Fill(organisation);
        await organisation.LetGo();
        await using var host = new Host(organisation.Options);
        var address = host.Listen();
        var key = await host.Key();
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        await List(http, Looks);
        var idle = await List(http, Looks);
        await Load(address, WarmUp);
        using var over = new CancellationTokenSource();
        var beside = Beside(http, over.Token);
        var before = await Stored(organisation);
        var reports = await Load(address, Seconds);
        await over.CancelAsync();
        var busy = await beside;
        var stored = await Stored(organisation) - before;
        Console.WriteLine($"collect {(args is ["sqlite"] ? "sqlite" : "postgres")}: {reports * PerReport:0} touches/s over HTTP for {Seconds} s ({stored:N0} stored), wanted {Wanted:N0}; lead list p95 idle {P95(idle):0.0} ms, meanwhile {P95(busy):0.0} ms");
        return 0;
    }

    private static async Task Fill(Organisation organisation)
    {
        var samples = new SampleLeads(20261121);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Leads), new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (n, ct) => await organisation.Intake.Submit(new Application.Intake.IntakeRequest { Submission = samples.Lead(n) }, ct));
    }

    private static async Task<List<double>> List(HttpClient http, int times)
    {
        List<double> took = [];
        for (var n = 0; n < times; n++)
        {
            took.Add(await Once(http));
        }

        return took;
    }

    private static async Task<List<double>> Beside(HttpClient http, CancellationToken over)
    {
        List<double> took = [];
        while (!over.IsCancellationRequested)
        {
            took.Add(await Once(http));
            await Task.Delay(50, CancellationToken.None);
        }

        return took;
    }

    private static async Task<double> Once(HttpClient http)
    {
        var watch = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri("/api/v1/leads?limit=50", UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }

    private static double P95(List<double> took) => took.Order().ElementAt((int)(took.Count * 0.95));

    private static async Task<long> Stored(Organisation organisation)
    {
        await using var store = new Store(organisation.Options);
        await using var db = store.Open();
        return await db.Set<Application.Capture.VisitorTouch>().LongCountAsync();
    }

    private static async Task<double> Load(Uri address, int seconds)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"headers = {{[\"Content-Type\"]=\"text/plain\", [\"User-Agent\"]=\"Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0\", [\"Accept-Language\"]=\"zh-CN\"}}\n{Script}");
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t2", $"-c{Connections}", $"-d{seconds}s", "-s", file, address.ToString()]) { RedirectStandardOutput = true })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return Bad().IsMatch(output) ? throw new InvalidOperationException(output) : double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Bad();
}
