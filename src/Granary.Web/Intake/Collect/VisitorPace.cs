using System.Collections.Concurrent;

namespace Granary.Web.Intake.Collect;

/// <summary>Counts the touches of each visitor by the minute: nobody reads hundreds of pages in one.</summary>
public sealed class VisitorPace(TimeProvider time)
{
    private readonly Lock _turning = new();
    private ConcurrentDictionary<Guid, int> _counts = new();
    private long _minute;

    /// <summary>Whether one more touch of a visitor is within bounds.</summary>
    /// <param name="visitor">The visitor.</param>
    /// <param name="most">Most touches within a minute.</param>
    public bool Takes(Guid visitor, int most)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Volatile.Read(ref _minute) != minute)
        {
            lock (_turning)
            {
                if (_minute != minute)
                {
                    _counts = new ConcurrentDictionary<Guid, int>();
                    Volatile.Write(ref _minute, minute);
                }
            }
        }

        return _counts.AddOrUpdate(visitor, 1, static (_, count) => count + 1) <= most;
    }
}
