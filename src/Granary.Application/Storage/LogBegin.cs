using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>Finds where a time begins in the event log. The log stands in the order of time and has no index by it.</summary>
internal static class LogBegin
{
    private const int Near = 1_000;

    // A transaction that took long writes with the instant at which it began.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>A position before which no event is as late as an instant; a thousand positions off at the most.</summary>
    public static async Task<long> Of(GranaryDb db, DateTimeOffset instant, CancellationToken ct)
    {
        var events = db.Set<EventRecord>().AsNoTracking();
        var (low, high) = (0L, await events.MaxAsync(e => (long?)e.Position, ct) ?? 0);
        while (high - low > Near)
        {
            var middle = low + ((high - low) / 2);
            var at = await events.Where(e => e.Position >= middle).OrderBy(e => e.Position).Select(e => e.At).FirstAsync(ct);
            (low, high) = at < instant - Longest ? (middle, high) : (low, middle);
        }

        return low;
    }
}
