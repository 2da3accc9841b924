namespace Granary.Web.Jobs;

/// <summary>Does work again and again while the product runs. A failure is logged, and the work is tried again next time.</summary>
/// <param name="name">Name in the log.</param>
/// <param name="every">How often.</param>
/// <param name="work">The work; it must be safe on several nodes at once.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class Sweep(string name, TimeSpan every, Func<CancellationToken, Task> work, TimeProvider time, ILogger<Sweep> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await work(stoppingToken);
            }
            // What was cancelled while nothing stops, such as a wait that took too long, ends this round and not the product.
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "{Sweep} failed; it is tried again in {Every}.", name, every);
            }
        }
    }
}

/// <summary>Registering sweeps.</summary>
public static class Sweeps
{
    /// <summary>Lets a service's work be done again and again.</summary>
    public static void AddSweep<T>(this IServiceCollection services, TimeSpan every, Func<T, CancellationToken, Task> work)
        where T : notnull => services.AddSingleton<IHostedService>(provider => new Sweep(
            typeof(T).Name,
            every,
            // Asked for when it is due: the database is opened by then.
            ct => work(provider.GetRequiredService<T>(), ct),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Sweep>>()));
}
