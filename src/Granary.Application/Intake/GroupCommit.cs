using System.Threading.Channels;

namespace Granary.Application.Intake;

/// <summary>
/// Lets many callers share a transaction: a writer takes everything that waits, at most <see cref="Most"/>, and answers
/// each caller when it is durable. A batch that fails is halved until what is at fault stands alone.
/// </summary>
/// <remarks>
/// Batches meet on the same rows and would only wait for one another. So a writer takes what waits when the one before has
/// decided and begins to write: more has gathered by then, and what the next looks up first runs beside that writing.
/// </remarks>
public sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private const int Most = 500, Waiting = 20_000;

    private readonly Channel<Entry> _queue = Channel.CreateBounded<Entry>(Waiting);
    private readonly Func<IReadOnlyList<TItem>, Action, Task<TResult[]>> _commit;
    private readonly Func<Task> _durable;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Task[] _writers;

    /// <param name="writers">How many write.</param>
    /// <param name="commit">Decides items, says so, writes and commits them.</param>
    /// <param name="durable">Ends when what was committed before it was asked for is on the disk.</param>
    public GroupCommit(int writers, Func<IReadOnlyList<TItem>, Action, Task<TResult[]>> commit, Func<Task> durable)
    {
        (_commit, _durable) = (commit, durable);
        _writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(Write))];
    }

    /// <summary>Waits for a place, then for the commit. Once it has a place, cancelling does not take it back.</summary>
    public async Task<TResult> Submit(TItem item, CancellationToken ct)
    {
        var entry = new Entry(item);
        await _queue.Writer.WriteAsync(entry, ct);
        return await entry.Answer.Task;
    }

    /// <summary>Commits what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_writers);
        _turn.Dispose();
    }

    private async Task Write()
    {
        var batch = new List<Entry>(Most);
        var told = Task.CompletedTask;
        while (await _queue.Reader.WaitToReadAsync())
        {
            await _turn.WaitAsync();
            var mine = 1;
            void Yield()
            {
                if (Interlocked.Exchange(ref mine, 0) == 1)
                {
                    _turn.Release();
                }
            }

            batch.Clear();
            while (batch.Count < Most && _queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            if (batch.Count > 0)
            {
                told = Task.WhenAll(told, await Commit(batch, 0, batch.Count, Yield));
            }

            Yield();
        }

        await told;
    }

    /// <returns>Ends when everybody has their answer.</returns>
    private async Task<Task> Commit(List<Entry> batch, int from, int count, Action decided)
    {
        var entries = batch.GetRange(from, count);
        try
        {
            return Tell(entries, await _commit(entries.ConvertAll(e => e.Item), decided));
        }
        catch (Exception) when (count > 1)
        {
            return Task.WhenAll(await Commit(batch, from, count / 2, decided), await Commit(batch, from + (count / 2), count - (count / 2), decided));
        }
        catch (Exception e)
        {
            entries[0].Answer.TrySetException(e);
            return Task.CompletedTask;
        }
    }

    private async Task Tell(List<Entry> entries, TResult[] results)
    {
        try
        {
            await _durable();
            foreach (var (i, entry) in entries.Index())
            {
                entry.Answer.TrySetResult(results[i]);
            }
        }
        catch (Exception e)
        {
            entries.ForEach(entry => entry.Answer.TrySetException(e));
        }
    }

    private sealed record Entry(TItem Item)
    {
        // Answers run on threads of their own, so that a caller never holds the writer up.
        public TaskCompletionSource<TResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
