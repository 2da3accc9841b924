namespace Granary.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire while it moves, in the order in which they are due, each
/// with the clock at the instant it was due, so that months of operation pass as they would have.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _armed = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _armings;

    /// <summary>A clock at Monday 2026-03-02 09:00 in China, an ordinary working day.</summary>
    public FakeClock()
        : this(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock at an instant.</summary>
    public FakeClock(DateTimeOffset start)
    {
        _start = start.ToUniversalTime();
        _now = _start;
    }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Moves the clock forward and fires what becomes due.</summary>
    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>Moves the clock forward to an instant and fires what becomes due; time never runs backwards.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        while (TakeDue(instant) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The next timer due by <paramref name="limit"/>, with the clock moved to when it is due; null when none is left.</summary>
    private FakeTimer? TakeDue(DateTimeOffset limit)
    {
        lock (_gate)
        {
            var next = _armed.Where(t => t.Due <= limit).MinBy(t => (t.Due, t.Arming));
            var reached = next?.Due ?? limit;
            _now = reached > _now ? reached : _now;
            if (next is not null)
            {
                _armed.Remove(next);
                if (next.Period > TimeSpan.Zero)
                {
                    Arm(next, next.Due + next.Period);
                }
            }

            return next;
        }
    }

    private void Arm(FakeTimer timer, DateTimeOffset due)
    {
        timer.Due = due;
        timer.Arming = _armings++;
        _armed.Add(timer);
    }

    private bool Rearm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed)
            {
                return false;
            }

            _armed.Remove(timer);
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero)
            {
                Arm(timer, _now + dueTime);
            }
        }

        if (dueTime == TimeSpan.Zero)
        {
            MoveTo(GetUtcNow());
        }

        return true;
    }

    private void Remove(FakeTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _armed.Remove(timer);
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public long Arming { get; set; }

        public TimeSpan Period { get; set; }

        public bool Disposed { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Rearm(this, dueTime, period);

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
