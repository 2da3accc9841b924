using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>
/// The way in for every submission, whatever door it came through: checked and prepared on the caller's thread, landed in
/// a batch with others, answered after the commit (docs/adr/0003).
/// </summary>
public sealed class LeadIntake : IAsyncDisposable
{
    private readonly Store _store;
    private readonly Vault _vault;
    private readonly SettingCache _settings;
    private readonly TimeProvider _time;
    private readonly Preparation _preparation;
    private readonly GroupCommit<Prepared, IntakeResult> _queue;

    /// <summary>An intake over a store; without a table of mobile areas a mobile number tells no region.</summary>
    public LeadIntake(Store store, Vault vault, SettingCache settings, TimeProvider time, MobileAreas? areas = null)
    {
        (_store, _vault, _settings, _time) = (store, vault, settings, time);
        _preparation = new Preparation(vault, time, areas ?? MobileAreas.None);
        // Two writers keep PostgreSQL busy: one looks up while the other writes. SQLite has one writer anyway.
        _queue = new GroupCommit<Prepared, IntakeResult>(store.IsSqlite ? 1 : 2, (items, decided) => Land(items, decided), store.Durable);
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
    /// Takes a chunk of submissions in, in one transaction of its own, and lets the caller write along: what an import has
    /// done moves with what it did. Answers stand in the order of the requests.
    /// </summary>
    public async Task<IntakeResult[]> SubmitChunk(
        IReadOnlyList<IntakeRequest> requests, Func<WriteScope, IReadOnlyList<IntakeResult>, Task> along, CancellationToken ct = default)
    {
        return await LandChunk(await PrepareChunk(requests, learns: true, ct), along);
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

    /// <summary>Lands a prepared chunk, see <see cref="SubmitChunk"/>.</summary>
    internal async Task<IntakeResult[]> LandChunk(PreparedChunk chunk, Func<WriteScope, IReadOnlyList<IntakeResult>, Task> along)
    {
        await Land(chunk.Items, null, async (scope, landed) =>
        {
            chunk.Answer(landed);
            await along(scope, chunk.Results);
        });
        await _store.Durable();
        return chunk.Results;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    // Neither prepared nor refused: its channel is to be learnt first.
    private (Prepared? Prepared, IntakeResult.Refused? Refused) Prepare(IntakeRequest request, Setting setting, bool learns)
    {
        request = request with { Submission = request.Submission with { Channel = ChannelPath.Normalise(request.Submission.Channel) } };
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
    private async Task<IntakeResult[]> Land(IReadOnlyList<Prepared> items, Action? decided, Func<WriteScope, IReadOnlyList<IntakeResult>, Task>? along = null)
    {
        while (true)
        {
            var results = await _store.WriteEarly(Attempt);
            if (results is not null)
            {
                return results;
            }

            // Somebody changed the setting meanwhile; what rules decided is decided anew.
            var current = await _settings.Latest();
            items = [.. items.Select(i => i.Setting.Revision < current.Revision ? _preparation.Prepare(i.Request, current) : i)];
        }

        async Task<IntakeResult[]?> Attempt(WriteScope scope)
        {
            var setting = items.Count > 0 ? items[0].Setting : await _settings.Get();
            var landed = items.Count == 0 ? [] : await IntakeBatch.Land(scope, setting, _vault, items, _time.Now, decided, CancellationToken.None);
            if (landed is null)
            {
                scope.Abandon();
            }
            else if (along is not null)
            {
                await along(scope, landed);
            }

            return landed;
        }
    }
}
