using Granary.Application.Analytics.Facts;
using Granary.Application.Desk;
using Granary.Application.FollowUp;
using Granary.Application.Integration;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Application.Tests.Desk;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Granary.Application.Tests.Year;

/// <summary>Everything the product does by itself, done whenever the clock has moved on, and how long each of it took.</summary>
internal sealed class YearBackground : IAsyncDisposable
{
    private readonly Shop _shop;
    private readonly SmallServers _servers = new();
    private readonly EventLog _log;
    private readonly (string Name, Func<Task> Work)[] _works;

    public YearBackground(Shop shop, FakeClock clock)
    {
        _shop = shop;
        _log = new EventLog(shop.Store);
        Following = new DeadlineConsumer(shop.Store, shop.Settings, _log, clock);
        Gathering = new FactConsumer(shop.Store, shop.Settings, _log);
        var sweep = new SweepDeadlines(shop.Store, shop.Settings, clock);
        var reactivation = new RunReactivation(shop.Verb, shop.Store, shop.Settings, clock);
        var feed = new NoticesFeed(shop.Store);
        var outbox = new NoticesOutbox(
            shop.Store, shop.Settings, shop.Vault, new MailSender(_servers.MailOptions), _servers.Sender, f => new NoticeText($"{f.Kind}", $"{f.Kind} {f.Company}", null), clock);
        _works =
        [
            ("follow", () => Following.Run(Shop.Ct)),
            ("facts", () => Gathering.Run(Shop.Ct)),
            ("deadlines", () => sweep.Sweep(Shop.Ct)),
            ("retry", () => shop.Retrying.Sweep(Shop.Ct)),
            ("reactivation", () => reactivation.Sweep(Shop.Ct)),
            ("notices", () => feed.Look(Shop.Ct)),
            ("notices", () => outbox.Sweep(Shop.Ct)),
            ("months", () => new EventMonthsAhead(shop.Store, clock).Prepare(Shop.Ct)),
        ];
    }

    public DeadlineConsumer Following { get; }

    public FactConsumer Gathering { get; }

    /// <summary>Seconds that each work took, the other parts of the year besides.</summary>
    public SortedDictionary<string, double> Seconds { get; } = new(StringComparer.Ordinal);

    /// <summary>Does all of it once.</summary>
    public async Task Work()
    {
        foreach (var (name, work) in _works)
        {
            await Timed(name, work);
        }
    }

    /// <summary>Does something and adds its time to a part.</summary>
    public async Task Timed(string name, Func<Task> work)
    {
        var begun = Stopwatch.GetTimestamp();
        await work();
        Seconds[name] = Seconds.GetValueOrDefault(name) + Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Follows the log to its very end; tests beside this one hold it back on a server they share.</summary>
    public async Task CatchUp()
    {
        var end = await _shop.Read(db => db.Set<EventRecord>().MaxAsync(e => e.Position, Shop.Ct));
        while (await _log.Settled(Shop.Ct) < end)
        {
            await Task.Delay(5, Shop.Ct);
        }

        await Following.Run(Shop.Ct);
        await Gathering.Run(Shop.Ct);
    }

    public async ValueTask DisposeAsync() => await _servers.DisposeAsync();
}
