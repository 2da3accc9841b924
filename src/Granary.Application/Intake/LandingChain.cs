using Granary.Application.Storage;

namespace Granary.Application.Intake;

/// <summary>
/// The order in which batches land on a node of PostgreSQL. Three are under way at most: while one writes, those behind it decide ahead from what it leaves
/// behind, write what is their own beside it, and make sure at the end that what they rested on is what was stored (docs/adr/0003).
/// </summary>
internal sealed class LandingChain
{
    // Where somebody else changes the counters all the time, what is decided ahead is mostly decided twice.
    private const int Respite = 16;

    /// <summary>Batches that are under way at most.</summary>
    public const int Abreast = 3;

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
    private IReadOnlyList<LandingPlace> _underWay = [];
    private List<(LandingPlace Place, BatchNews News)> _rested = [];
    private bool _waits;
    private volatile bool _landed;

    /// <summary>Whether its batch and all before it have landed or failed.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Waits until no more than <see cref="LandingChain.Abreast"/> are under way, this one and the two before it.</summary>
    public Task Near() => _before?._before?._before?._ended.Task ?? Task.CompletedTask;

    /// <summary>Begins an attempt; whether there are batches before to go ahead of.</summary>
    public bool GoesAhead(bool mayGoAhead)
    {
        RestOnNothing();
        // From here on what these have not stored yet may be missing in what is read.
        _underWay = _before is { HasEnded: false } before ? before._before is { HasEnded: false } first ? [first, before] : [before] : [];
        return goesAhead && mayGoAhead && !_waits && _underWay.Count > 0;
    }

    /// <summary>Gives up what was to be rested on: this batch waits for those before.</summary>
    public void RestOnNothing() => _rested = [];

    /// <summary>What the batches leave that were under way when the attempt began, in their order, as soon as they have decided; this one rests on it. Null when one failed.</summary>
    public async Task<IReadOnlyList<BatchNews>?> News()
    {
        List<(LandingPlace Place, BatchNews News)> rested = [];
        foreach (var place in _underWay)
        {
            await place._decided.Task;
            if (place._news is not { } news)
            {
                return null;
            }

            rested.Add((place, news));
        }

        _rested = rested;
        return [.. rested.Select(r => r.News)];
    }

    /// <summary>
    /// Waits until nothing before is under way. Throws where a batch before, on which this one rests, has not landed as it told, or not soon: this one must
    /// decide anew.
    /// </summary>
    public async Task Behind()
    {
        if (_before is not { } before)
        {
            return;
        }

        if (_rested.Count == 0)
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

        if (_rested.Any(r => !r.Place._landed || r.Place._news != r.News))
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
        _landed = landed;
        _decided.TrySetResult();
        if (_before is { HasEnded: false } before)
        {
            // It failed before its turn: whoever waits for it waits for those before it, too.
            _ = before._ended.Task.ContinueWith(_ => LetGo(), TaskScheduler.Default);
        }
        else
        {
            LetGo();
        }
    }

    // A long import would keep all of its batches.
    private void LetGo()
    {
        (_before, _underWay, _rested) = (null, [], []);
        _ended.TrySetResult();
    }
}
