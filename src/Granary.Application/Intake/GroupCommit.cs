using System.Threading.Channels;

namespace Granary.Application.Intake;

/// <summary>
/// Lets many callers share a transaction: a writer takes everything that waits, at most <see cref="Most"/>, and answers
/// each caller after the commit. A batch that fails is halved until what is at fault stands alone.
/// </summary>
internal sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private const int Most = 500, Waiting = 20_000, Few = 16;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(1);

    private readonly Channel<Entry> _queue = Channel.CreateBounded<Entry>(Waiting);
    private readonly Func<IReadOnlyList<TItem>, Task<TResult[]>> _commit;
    private readonly Task[] _writers;
    private int _busy;

    public GroupCommit(int writers, Func<IReadOnlyList<TItem>, Task<TResult[]>> commit)
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
    }

    private async Task Write()
    {
        var batch = new List<Entry>(Most);
        while (await _queue.Reader.WaitToReadAsync())
        {
            // While another writer is at work, a batch of a few would cost as much as one of many.
            if (Volatile.Read(ref _busy) > 0 && _queue.Reader.Count < Few)
            {
                await Task.Delay(Gather);
            }

            batch.Clear();
            while (batch.Count < Most && _queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            if (batch.Count > 0)
            {
                Interlocked.Increment(ref _busy);
                await Commit(batch, 0, batch.Count);
                Interlocked.Decrement(ref _busy);
            }
        }
    }

    private async Task Commit(List<Entry> batch, int from, int count)
    {
        try
        {
            var results = await _commit(batch.GetRange(from, count).ConvertAll(e => e.Item));
            for (var i = 0; i < count; i++)
            {
                batch[from + i].Answer.TrySetResult(results[i]);
            }
        }
        catch (Exception) when (count > 1)
        {
            await Commit(batch, from, count / 2);
            await Commit(batch, from + (count / 2), count - (count / 2));
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
