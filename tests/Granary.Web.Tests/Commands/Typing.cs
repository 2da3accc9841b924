using System.Diagnostics;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Hosting;

namespace Granary.Web.Tests.Commands;

/// <summary>What a command printed, and how it ended.</summary>
internal sealed record Outcome(int Exit, string Out, string Error);

/// <summary>The real executable, as a person starts it.</summary>
internal static class Typing
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Process Start(TestDatabase database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Granary.Web.dll"));
        foreach (var argument in arguments.Concat(["--data", database.Options.Directory]))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in database.Settings.Where(s => s.Key != "Granary:DataDirectory"))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<Outcome> Type(TestDatabase database, params string[] arguments)
    {
        using var process = Start(database, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a server on a free port and waits until it has left its address.</summary>
    public static async Task<(Process Server, Uri Address)> Serve(TestDatabase database)
    {
        var server = Start(database, "--urls", "http://127.0.0.1:0");
        _ = server.StandardOutput.ReadToEndAsync(Ct);
        _ = server.StandardError.ReadToEndAsync(Ct);
        var card = Path.Combine(database.Options.Directory, "server.json");
        while (!File.Exists(card))
        {
            Assert.False(server.HasExited, "The server ended before it listened.");
            await Task.Delay(50, Ct);
        }

        return (server, new Uri(JsonSerializer.Deserialize<ServerCard>(await File.ReadAllTextAsync(card, Ct))!.Address));
    }

    /// <summary>Ends a server as a power cut would.</summary>
    public static async Task Kill(Process server)
    {
        server.Kill();
        await server.WaitForExitAsync(Ct);
        server.Dispose();
    }
}
