using Granary.Web.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Granary.Web.Commands;

/// <summary>Does what was typed: serves, or carries out a command here or through the server that has the data.</summary>
public static class Running
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs and returns the exit code.</summary>
    public static async Task<int> Run(this WebApplication app, Typed typed)
    {
        try
        {
            return typed.Verb is null ? await Serve(app, typed) : await Carry(app, typed);
        }
        catch (Exception e) when (Carrying.Mendable(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> Serve(WebApplication app, Typed typed)
    {
        var folder = app.Services.GetRequiredService<DataFolder>();
        if (!folder.TryOwn())
        {
            await Console.Error.WriteLineAsync($"The data folder {folder.Directory} belongs to another process{(folder.ReadCard() is { } card ? $", which serves {card.Address}" : "")}.");
            return 1;
        }

        var stopping = app.Lifetime.ApplicationStopping;
        await app.Services.GetRequiredService<House>().Open(stopping);
        if (typed.Demo)
        {
            foreach (var seed in app.Services.GetServices<DemoSeed>())
            {
                await using var scope = app.Services.CreateAsyncScope();
                await seed(scope.ServiceProvider, stopping);
            }
        }

        await app.StartAsync(stopping);
        if (LocalAddress(app) is { } address)
        {
            folder.Announce(address);
        }

        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> Carry(WebApplication app, Typed typed)
    {
        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            interrupted.Cancel();
        };
        var folder = app.Services.GetRequiredService<DataFolder>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        for (var began = time.GetTimestamp(); !folder.TryOwn();)
        {
            if (folder.ReadCard() is { } card && await HandOver.Try(card, typed.Arguments, Console.Out, Console.Error, interrupted.Token) is { } exit)
            {
                return exit;
            }

            if (time.GetElapsedTime(began) > Patience)
            {
                await Console.Error.WriteLineAsync($"The data folder {folder.Directory} belongs to another process, which does not answer.");
                return 1;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, interrupted.Token);
        }

        await app.Services.GetRequiredService<House>().Open(interrupted.Token);
        await using var scope = app.Services.CreateAsyncScope();
        return await Carrying.Run(typed, new Workplace(scope.ServiceProvider, Environment.CurrentDirectory, Console.Out, Console.Error), interrupted.Token);
    }

    // What listens everywhere listens here too; without a port there is nothing to hand commands to.
    private static string? LocalAddress(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(a => BindingAddress.Parse(a))
            .Where(a => !a.IsUnixPipe && !a.IsNamedPipe)
            .OrderBy(a => a.Scheme == "https")
            .Select(a => $"{a.Scheme}://{(a.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : a.Host)}:{a.Port}")
            .FirstOrDefault();
}
