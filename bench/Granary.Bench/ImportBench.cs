using System.Diagnostics;
using System.Globalization;
using System.Text;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Bench;

/// <summary>
/// The command line imports a file of 100,000 rows in a process of its own, whose memory is watched; beside it the same
/// number of rows by raw inserts of 1,000.
/// </summary>
internal static class ImportBench
{
    private const int Batch = 1000, Warm = 200_000;

    public static async Task<int> Run(string[] args)
    {
        var rows = args is [var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var given) ? given : 100_000;
        var file = Path.Combine(Path.GetTempPath(), $"granary-bench-{rows}.csv");
        await Write(file, 0, rows);
        foreach (var postgres in args.Contains("sqlite") ? new[] { false } : args.Contains("postgres") ? [true] : [true, false])
        {
            if (args.Contains("served"))
            {
                break;
            }

            await using var organisation = await Organisation.Open(postgres);
            await organisation.LetGo();
            var (seconds, peak, cpu, last) = await Import(organisation, file);
            Console.Write($"import {(postgres ? "postgres" : "sqlite")}: {rows:N0} rows in {seconds:0.0} s ({rows / seconds:0}/s; CPU a row {cpu.TotalMicroseconds / rows:0} µs), peak memory {peak / 1e6:0} MB, {last}");
            if (!postgres)
            {
                Console.WriteLine();
                continue;
            }

            await using var other = await Organisation.Open(postgres: true);
            await Raw(organisation, other, Math.Min(rows, Warm));
            var (raw, rawServer) = await Raw(organisation, other, rows);
            Console.WriteLine($", {raw / seconds:0.00} × the rate of raw {Batch}-row inserts of the same lead rows ({rows / raw:0}/s; PostgreSQL {rawServer.TotalMicroseconds / rows:0} µs), start of the process included");
        }

        if (args is not [.., "sqlite"] and not [.., "cli"])
        {
            await Served(file, rows);
        }

        File.Delete(file);
        return 0;
    }

    // By a process that has been at work for a while, as a server has; in files of a tenth, in turns with the raw inserts, so that both see the same machine.
    private static async Task Served(string file, int rows)
    {
        const int Files = 10;
        await using var organisation = await Organisation.Open(postgres: true);
        await using var other = await Organisation.Open(postgres: true);
        await Write(file, 10_000_000, Warm);
        await Import(organisation, file, CancellationToken.None);
        await Raw(organisation, other, Warm);
        var (seconds, raw) = (0.0, 0.0);
        var (cpu, server, rawServer, paused, allocated) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0L);
        List<double> ratios = [];
        for (var part = 0; part < Files; part++)
        {
            await Write(file, part * (rows / Files), rows / Files);
            var before = (Cpu: Environment.CpuUsage.TotalTime, Server: await ServerCpu.Now(organisation.Store), Paused: GC.GetTotalPauseDuration(), Allocated: GC.GetTotalAllocatedBytes());
            var watch = Stopwatch.StartNew();
            await Import(organisation, file, CancellationToken.None);
            var took = watch.Elapsed.TotalSeconds;
            (cpu, server) = (cpu + Environment.CpuUsage.TotalTime - before.Cpu, server + await ServerCpu.Now(organisation.Store) - before.Server);
            (paused, allocated) = (paused + GC.GetTotalPauseDuration() - before.Paused, allocated + GC.GetTotalAllocatedBytes() - before.Allocated);
            var bare = await Raw(organisation, other, rows / Files);
            (seconds, raw, rawServer) = (seconds + took, raw + bare.Seconds, rawServer + bare.Server);
            ratios.Add(bare.Seconds / took);
        }

        ratios.Sort();
        Console.WriteLine($"import postgres, process at work: {rows:N0} rows in {Files} files in {seconds:0.0} s ({rows / seconds:0}/s; CPU a row {cpu.TotalMicroseconds / rows:0} µs, of it {paused.TotalMicroseconds / rows:0} µs collecting {allocated / rows / 1000.0:0.0} kB; PostgreSQL {server.TotalMicroseconds / rows:0} µs), {raw / seconds:0.00} × the rate of raw {Batch}-row inserts of the same lead rows ({rows / raw:0}/s; PostgreSQL {rawServer.TotalMicroseconds / rows:0} µs), {ratios[0]:0.00} to {ratios[^1]:0.00} by file");
    }

    private static async Task Import(Organisation organisation, string file, CancellationToken ct)
    {
        var files = new ImportFiles(organisation.Store, organisation.Vault, TimeProvider.System);
        ImportBatch import;
        await using (var stream = File.OpenRead(file))
        {
            import = await files.Keep(stream, Path.GetFileName(file), null, ct);
        }

        using var table = TableFile.Open(File.OpenRead(file), file);
        var plan = new ImportPlan(MappingGuess.Guess(table.Headings, [.. table.Rows().Take(20)]).Mapping);
        var errors = await new ConfirmImport(organisation.Store, organisation.Settings, files, TimeProvider.System).Confirm(import, plan, ct);
        var end = await new ImportRun(organisation.Store, organisation.Vault, organisation.Settings, organisation.Intake, files, TimeProvider.System).Execute(import.Id, null, ct);
        if (errors.Count > 0 || end.State != ImportState.Done || end.Failed > 0)
        {
            throw new InvalidOperationException($"The import ended as {end.State} with {end.Failed} rows left out.");
        }
    }

    // The lead rows written last again, into a database of their own.
    private static async Task<(double Seconds, TimeSpan Server)> Raw(Organisation organisation, Organisation other, int rows)
    {
        await using var from = new Store(organisation.Options);
        var raw = new RawBatch(other.Store);
        var chunks = (await raw.Last(from, rows)).Chunk(Batch).ToList();
        // Opens the connection and has the statement prepared.
        await raw.Insert(chunks[0][..1]);
        chunks[0] = chunks[0][1..];
        var server = await ServerCpu.Now(other.Store);
        var watch = Stopwatch.StartNew();
        foreach (var chunk in chunks)
        {
            await raw.Insert(chunk);
        }

        return (watch.Elapsed.TotalSeconds, await ServerCpu.Now(other.Store) - server);
    }

    private static async Task<(double Seconds, long Peak, TimeSpan Cpu, string Last)> Import(Organisation organisation, string file)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Environment.GetEnvironmentVariable("GRANARY_BENCH_PRODUCT") ?? AppContext.BaseDirectory, "Granary.Web.dll"), "import", file, "--data", organisation.Options.Directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Granary__Database"] = organisation.Options.Postgres is null ? "sqlite" : "postgres";
        start.Environment["ConnectionStrings__Granary"] = organisation.Options.Postgres;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        long peak = 0;
        var cpu = TimeSpan.Zero;
        while (!process.WaitForExit(TimeSpan.Zero))
        {
            try
            {
                process.Refresh();
                (peak, cpu) = (Math.Max(peak, process.WorkingSet64), process.TotalProcessorTime);
            }
            catch (InvalidOperationException)
            {
                // It ended between two looks.
            }

            await Task.Delay(50);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await output}{await errors}");
        }

        return (seconds, peak, cpu, (await output).Trim().Split('\n')[^1]);
    }

    private static async Task Write(string file, int from, int rows)
    {
        var leads = new SampleLeads(3);
        await using var text = new StreamWriter(file, false, new UTF8Encoding(true));
        await text.WriteLineAsync("渠道,公司名称,行业,企业规模,联系人,职务,手机,邮箱,需求");
        for (var i = from; i < from + rows; i++)
        {
            var lead = leads.Lead(i);
            await text.WriteLineAsync($"{lead.Channel},{lead.Company.Name},{lead.Company.Industry},{(lead.Company.Size == CompanySize.Large ? "大型" : "中型")},{lead.Contact.Name},{lead.Contact.Title},{lead.Contact.Phones[0]},{(lead.Contact.Emails.Count > 0 ? lead.Contact.Emails[0] : "")},\"{lead.Requirement}\"");
        }
    }
}
