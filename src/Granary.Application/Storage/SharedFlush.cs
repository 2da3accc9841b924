namespace Granary.Application.Storage;

/// <summary>Lets everybody who waits for the disk share a flush: whoever comes while one runs waits for the next.</summary>
/// <param name="flush">Flushes what has been committed before it begins.</param>
public sealed class SharedFlush(Func<Task> flush)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when a flush that began after this call has ended; fails when that failed.</summary>
    public Task Wait()
    {
        lock (_gate)
        {
            return _next ??= After(_running);
        }
    }

    private async Task After(Task before)
    {
        // Nobody runs within the lock, and a fault of the one before is told to those who waited for that one.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            (_running, _next) = (_next!, null);
        }

        await flush();
    }
}
