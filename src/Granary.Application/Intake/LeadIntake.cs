using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Intake;

/// <summary>
/// The way in for every submission, whatever door it came through: checked and prepared on the caller's thread, landed in
/// a batch with others, answered after the commit (docs/adr/0003).
/// </summary>
public sealed class LeadIntake : IAsyncDisposable
{
    // Enough for set-wise writing, few enough that another can be decided meanwhile.
    private const int Piece = 500;

    private readonly Store _store;
    private readonly Vault _vault;
    private readonly SettingCache _settings;
    private readonly TimeProvider _time;
    private readonly Preparation _preparation;
    private readonly GroupCommit<Prepared, IntakeResult> _queue;
    private readonly LandingChain? _chain;

    /// <summary>An intake over a store; without a table of mobile areas a mobile number tells no region.</summary>
    public LeadIntake(Store store, Vault vault, SettingCache settings, TimeProvider time, MobileAreas? areas = null)
    {
        (_store, _vault, _settings, _time) = (store, vault, settings, time);
        _preparation = new Preparation(vault, time, areas ?? MobileAreas.None);
        // Two writers keep PostgreSQL busy: one decides while the other writes. SQLite has one writer anyway.
        _queue = new GroupCommit<Prepared, IntakeResult>(store.IsSqlite ? 1 : 2, (items, decided) => Land(items, decided), store.Durable);
        _chain = store.IsSqlite ? null : new LandingChain();
    }

    /// <summary>Takes one submission in. The answer comes when it is durable.</summary>
    public async Task<IntakeResult> Submit(IntakeRequest request, CancellationToken ct = default)
    {
        var (prepared, refused) = Prepare(request, await _settings.Get(ct), learns: true);
        if (prepared is null && refused is null)
        {
            (prepared, refused) = await Learn(request, ct);
        }

        return prepared is null ? refused! : await _queue.Submit(prepared, ct);
    }

    /// <summary>
    /// Takes many submissions in, piece by piece: while one is written the next is decided. Answers stand in the order of the requests and come when all are
    /// durable.
    /// </summary>
    public async Task<IntakeResult[]> SubmitMany(IReadOnlyList<IntakeRequest> requests, CancellationToken ct = default)
    {
        List<Task<IntakeResult[]>> landing = [];
        try
        {
            foreach (var piece in requests.Chunk(Piece))
            {
                landing.Add(LandPiece(await PrepareChunk(piece, learns: true, ct)));
            }
        }
        finally
        {
            await Task.WhenAll(landing);
        }

        await _store.Durable();
        return [.. landing.SelectMany(l => l.Result)];
    }

    /// <summary>Does for a chunk what needs no database, which can be done while the chunk before is written.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="learns">Whether channels nobody knows are noted; a trial notes nothing.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<PreparedChunk> PrepareChunk(IReadOnlyList<IntakeRequest> requests, bool learns, CancellationToken ct)
    {
        var chunk = new PreparedChunk(requests.Count);
        var prepared = new Prepared?[requests.Count];
        var setting = await _settings.Get(ct);
        var refused = new IntakeResult.Refused?[requests.Count];
        Parallel.For(0, requests.Count, i => (prepared[i], refused[i]) = Prepare(requests[i], setting, learns));
        for (var i = 0; i < prepared.Length; i++)
        {
            if (prepared[i] is null && refused[i] is null)
            {
                (prepared[i], refused[i]) = await Learn(requests[i], ct);
            }
        }

        foreach (var (place, item) in prepared.Index())
        {
            if (item is not null)
            {
                chunk.Add(place, item);
            }
            else
            {
                chunk.Results[place] = refused[place]!;
            }
        }

        return chunk;
    }

    /// <summary>
    /// Lands a prepared chunk in one transaction and lets the caller write along: what an import has done moves with what it did. It is committed, and
    /// durable when what is committed later is.
    /// </summary>
    /// <param name="chunk">The chunk; takes the results.</param>
    /// <param name="before">Landing of the chunk before, which may still be under way; null for none. If it fails, so does this.</param>
    /// <param name="along">Writes along.</param>
    internal async Task LandChunk(PreparedChunk chunk, Task? before, Func<WriteScope, IReadOnlyList<IntakeResult>, Task> along)
    {
        if (before is not null && _store.IsSqlite)
        {
            // There is one writer, and it is the other's until it has landed.
            await before;
        }

        await Land(chunk.Items, along: async (scope, landed) =>
        {
            await (before ?? Task.CompletedTask);
            chunk.Answer(landed);
            await along(scope, chunk.Results);
        });
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<IntakeResult[]> LandPiece(PreparedChunk chunk)
    {
        chunk.Answer(await Land(chunk.Items));
        return chunk.Results;
    }

    // Neither prepared nor refused: its channel is to be learnt first.
    private (Prepared? Prepared, IntakeResult.Refused? Refused) Prepare(IntakeRequest request, Setting setting, bool learns)
    {
        // What leads to a channel is written as it ought to be.
        if (request.Submission.Channel is { } written && setting.Channels.Find(written) is null)
        {
            request = request with { Submission = request.Submission with { Channel = ChannelPath.Normalise(written) } };
        }

        var errors = _preparation.Check(request, setting);
        if (errors.Count > 0)
        {
            return (null, new IntakeResult.Refused(errors));
        }

        return learns && request.Submission.Channel is { } channel && setting.Channels.Find(channel) is null ? (null, null) : (_preparation.Prepare(request, setting), null);
    }

    private async Task<(Prepared? Prepared, IntakeResult.Refused? Refused)> Learn(IntakeRequest request, CancellationToken ct)
    {
        var channel = ChannelPath.Normalise(request.Submission.Channel)!;
        var setting = await _settings.Get(ct);
        // One before it may have brought the same.
        return Prepare(request, setting.Channels.Find(channel) is null ? await _settings.LearnChannel(_time, channel, ct) : setting, learns: false);
    }

    // It is committed early; what it returns is told when it is durable, also where it only repeats what another has just committed.
    private async Task<IntakeResult[]> Land(IReadOnlyList<Prepared> items, Action? decided = null, Func<WriteScope, IntakeResult[], Task>? along = null)
    {
        var place = _chain?.Enter();
        var results = Array.Empty<IntakeResult>();
        var landed = false;
        try
        {
            await (place?.Near() ?? Task.CompletedTask);
            while (!await _store.WriteEarly(Attempt))
            {
                // Somebody changed the setting meanwhile; what rules decided is decided anew.
                var current = await _settings.Latest();
                items = [.. items.Select(i => i.Setting.Revision < current.Revision ? _preparation.Prepare(i.Request, current) : i)];
            }

            landed = true;
            return results;
        }
        finally
        {
            place?.End(landed);
        }

        async Task<bool> Attempt(WriteScope scope)
        {
            if (items.Count > 0)
            {
                if (await IntakeBatch.Land(scope, items[0].Setting, _vault, items, _time.Now, place, decided, CancellationToken.None) is not { } done)
                {
                    scope.Abandon();
                    return false;
                }

                results = done;
            }

            await (along?.Invoke(scope, results) ?? Task.CompletedTask);
            return true;
        }
    }
}
