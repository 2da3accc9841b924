using System.Diagnostics;
using System.Globalization;
using System.Text;
using Granary.Domain.Capture;

namespace Granary.Bench;

/// <summary>
/// The command line imports a file of 100,000 rows in a process of its own, whose memory is watched; beside it the same
/// number of rows by raw inserts of 1,000.
/// </summary>
internal static class ImportBench
{
    private const int Batch = 1000;

    public static async Task<int> Run(string[] args)
    {
        var rows = args is [var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var given) ? given : 100_000;
        var file = Path.Combine(Path.GetTempPath(), $"granary-bench-{rows}.csv");
        await Write(file, rows);
        foreach (var postgres in args.Contains("sqlite") ? new[] { false } : args.Contains("postgres") ? [true] : [true, false])
        {
            await using var organisation = await Organisation.Open(postgres);
            await organisation.LetGo();
            var (seconds, peak, last) = await Import(organisation, file);
            Console.Write($"import {(postgres ? "postgres" : "sqlite")}: {rows:N0} rows in {seconds:0.0} s ({rows / seconds:0}/s), peak memory {peak / 1e6:0} MB, {last}");
            if (!postgres)
            {
                Console.WriteLine();
                continue;
            }

            await using var other = await Organisation.Open(postgres);
            var raw = new RawBatch(other.Store, Batch);
            await raw.Insert();
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < rows / Batch; i++)
            {
                await raw.Insert();
            }

            Console.WriteLine($", {watch.Elapsed.TotalSeconds / seconds:0.00} × the rate of raw {Batch}-row inserts ({rows / watch.Elapsed.TotalSeconds:0}/s), start of the process included");
        }

        File.Delete(file);
        return 0;
    }

    private static async Task<(double Seconds, long Peak, string Last)> Import(Organisation organisation, string file)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Granary.Web.dll"), "import", file, "--data", organisation.Options.Directory])
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
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.WorkingSet64);
            await Task.Delay(50);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await output}{await errors}");
        }

        return (seconds, peak, (await output).Trim().Split('\n')[^1]);
    }

    private static async Task Write(string file, int rows)
    {
        var leads = new SampleLeads(3);
        await using var text = new StreamWriter(file, false, new UTF8Encoding(true));
        await text.WriteLineAsync("渠道,公司名称,行业,企业规模,联系人,职务,手机,邮箱,需求");
        for (var i = 0; i < rows; i++)
        {
            var lead = leads.Lead(i);
            await text.WriteLineAsync($"{lead.Channel},{lead.Company.Name},{lead.Company.Industry},{(lead.Company.Size == CompanySize.Large ? "大型" : "中型")},{lead.Contact.Name},{lead.Contact.Title},{lead.Contact.Phones[0]},{(lead.Contact.Emails.Count > 0 ? lead.Contact.Emails[0] : "")},\"{lead.Requirement}\"");
        }
    }
}
