using System.Threading.Channels;

namespace Granary.Application.Intake;

/// <summary>
/// Lets many callers share a transaction: a writer takes everything that waits, at most <see cref="Most"/>, and answers
/// each caller after the commit. A batch that fails is halved until what is at fault stands alone.
/// </summary>
/// <remarks>
/// Batches meet on the same rows and would only wait for one another. So a writer takes what waits when the one before has
/// written and is about to commit: more has gathered by then, and the commit of one is the beginning of the next.
/// </remarks>
internal sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private const int Most = 500, Waiting = 20_000;

    private readonly Channel<Entry> _queue = Channel.CreateBounded<Entry>(Waiting);
    private readonly Func<IReadOnlyList<TItem>, Action, Task<TResult[]>> _commit;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Task[] _writers;

    /// <param name="writers">How many write.</param>
    /// <param name="commit">Writes items, says so, and commits them.</param>
    public GroupCommit(int writers, Func<IReadOnlyList<TItem>, Action, Task<TResult[]>> commit)
    {
        _commit = commit;
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
                await Commit(batch, 0, batch.Count, Yield);
            }

            Yield();
        }
    }

    private async Task Commit(List<Entry> batch, int from, int count, Action written)
    {
        try
        {
            var results = await _commit(batch.GetRange(from, count).ConvertAll(e => e.Item), written);
            for (var i = 0; i < count; i++)
            {
                batch[from + i].Answer.TrySetResult(results[i]);
            }
        }
        catch (Exception) when (count > 1)
        {
            await Commit(batch, from, count / 2, written);
            await Commit(batch, from + (count / 2), count - (count / 2), written);
        }
        catch (Exception e)
        {
            batch[from].Answer.TrySetException(e);
        }
    }

    private sealed record Entry(TItem Item)
    {
        // Answers run on threads of their own, so that a caller never holds the writer up.
        public TaskCompletionSource<TResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
