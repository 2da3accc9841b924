using Granary.Application.Storage;

namespace Granary.Application.Intake;

/// <summary>
/// The order in which batches land on a node of PostgreSQL. Two are under way at most: while one writes, the next decides ahead from what that one leaves
/// behind, writes what is its own beside it, and makes sure at the end that what it rested on is what was stored (docs/adr/0003).
/// </summary>
internal sealed class LandingChain
{
    // Where somebody else changes the counters all the time, what is decided ahead is mostly decided twice.
    private const int Respite = 16;

    private readonly Lock _lock = new();
    private LandingPlace? _last;
    private int _respite;

    /// <summary>Takes the place behind the last.</summary>
    public LandingPlace Enter()
    {
        lock (_lock)
        {
            var goesAhead = _respite == 0;
            _respite = Math.Max(0, _respite - 1);
            return _last = new LandingPlace(this, _last is { HasEnded: false } before ? before : null, goesAhead);
        }
    }

    /// <summary>Takes note that a batch rested on what was not stored.</summary>
    public void Missed() => Volatile.Write(ref _respite, Respite);
}

/// <summary>The place of one batch in the order.</summary>
internal sealed class LandingPlace(LandingChain chain, LandingPlace? before, bool goesAhead)
{
    // Another node may hold what the batch before waits for, and wait itself for a key that this one has written.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LandingPlace? _before = before;
    private volatile BatchNews? _news;
    private BatchNews? _rested;
    private bool _waits;
    private volatile bool _landed;

    /// <summary>Whether its batch has landed or failed.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Waits until only the batch right before may be under way.</summary>
    public Task Near() => _before?._before?._ended.Task ?? Task.CompletedTask;

    /// <summary>Begins an attempt; whether there is a batch before to go ahead of.</summary>
    public bool GoesAhead(bool mayGoAhead)
    {
        _rested = null;
        return goesAhead && mayGoAhead && !_waits && _before is { HasEnded: false };
    }

    /// <summary>Gives up what was to be rested on: this batch waits for the one before.</summary>
    public void RestOnNothing() => _rested = null;

    /// <summary>What the batch before leaves, as soon as it has decided; this one rests on it. Null when it failed, or has landed meanwhile.</summary>
    public async Task<BatchNews?> News()
    {
        if (_before is not { } before)
        {
            return null;
        }

        await before._decided.Task;
        return _rested = before._news;
    }

    /// <summary>
    /// Waits until nothing before is under way. Throws where the batch before, on which this one rests, has not landed as it told, or not soon: this one must
    /// decide anew.
    /// </summary>
    public async Task Behind()
    {
        if (_before is not { } before)
        {
            return;
        }

        if (_rested is null)
        {
            await before._ended.Task;
            return;
        }

        try
        {
            await before._ended.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw Missed();
        }

        if (!before._landed || before._news != _rested)
        {
            throw Missed();
        }
    }

    /// <summary>That what the batch rested on was not stored; it waits from now on.</summary>
    public DecideAnewException Missed()
    {
        _waits = true;
        chain.Missed();
        return new DecideAnewException();
    }

    /// <summary>Tells what the batch leaves; told again when it had to decide anew.</summary>
    public void Decide(BatchNews news)
    {
        _news = news;
        _decided.TrySetResult();
    }

    /// <summary>The batch has landed, or not.</summary>
    public void End(bool landed)
    {
        // A long import would keep all of its batches.
        (_landed, _before) = (landed, null);
        _decided.TrySetResult();
        _ended.TrySetResult();
    }
}
