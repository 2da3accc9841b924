using System.Globalization;
using Granary.Application.Storage;

namespace Granary.Bench;

/// <summary>Processor time of the PostgreSQL beside the benchmark, so that a figure shows which side it is spent on.</summary>
internal static class ServerCpu
{
    private const int TicksPerSecond = 100;

    /// <summary>What every process of a store's server has taken so far, those that ended included.</summary>
    public static async Task<TimeSpan> Now(Store store)
    {
        await using var command = store.Source!.CreateCommand("SELECT pg_backend_pid()");
        var server = Stat((int)(await command.ExecuteScalarAsync())!)!.Value.Parent;
        var ticks = Stat(server)!.Value.Ticks;
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) && Stat(id) is { } stat && stat.Parent == server)
            {
                ticks += stat.Ticks;
            }
        }

        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    // User and system time, its own and that of children that ended.
    private static (int Parent, long Ticks)? Stat(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), fields.Skip(11).Take(4).Sum(f => long.Parse(f, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
