using Granary.Testing;

namespace Granary.Application.Tests.Testing;

public sealed class FakeClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 25, 7, 0, 0, TimeSpan.Zero);
    private readonly FakeClock _clock = new(Start);
    private readonly List<(string Name, TimeSpan At)> _fired = [];

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        var before = _clock.GetTimestamp();
        Assert.Equal(Start, _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(Start.AddHours(3), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(3), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void A_clock_starts_on_a_working_day_at_nine_in_China()
    {
        var local = TimeZoneInfo.ConvertTime(new FakeClock().GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        Assert.Equal((DayOfWeek.Monday, 9), (local.DayOfWeek, local.Hour));
    }

    [Fact]
    public void Time_never_runs_backwards()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.MoveTo(Start.AddTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Equal(Start, _clock.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_at_the_instant_they_are_due()
    {
        Timer("late", TimeSpan.FromMinutes(30));
        Timer("early", TimeSpan.FromMinutes(10));
        Timer("every 20", TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20));
        Timer("too late", TimeSpan.FromMinutes(41));

        _clock.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal([("early", Minutes(10)), ("every 20", Minutes(20)), ("late", Minutes(30)), ("every 20", Minutes(40))], _fired);
    }

    [Fact]
    public void Timers_due_at_the_same_instant_fire_in_the_order_in_which_they_were_armed()
    {
        Timer("first", TimeSpan.FromMinutes(1));
        Timer("second", TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["first", "second"], _fired.Select(f => f.Name));
    }

    [Fact]
    public void A_timer_fires_at_its_due_instant_and_not_a_tick_before()
    {
        Timer("once", TimeSpan.FromMinutes(1));
        _clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single(_fired);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(_fired);
    }

    [Fact]
    public void A_timer_without_delay_fires_at_once()
    {
        Timer("now", TimeSpan.Zero);
        Assert.Equal([("now", TimeSpan.Zero)], _fired);
    }

    [Fact]
    public void A_timer_armed_by_another_one_fires_in_the_same_move()
    {
        using var timer = _clock.CreateTimer(
            _ => Timer("second", TimeSpan.FromMinutes(5)), null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal([("second", Minutes(15))], _fired);
    }

    [Fact]
    public void A_changed_timer_fires_at_its_new_instant_only()
    {
        var timer = Timer("moved", TimeSpan.FromMinutes(1));
        Assert.True(timer.Change(TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([("moved", Minutes(3))], _fired);
    }

    [Fact]
    public void A_stopped_or_disposed_timer_stays_silent()
    {
        Timer("stopped", TimeSpan.FromMinutes(1)).Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var disposed = Timer("disposed", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        disposed.Dispose();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(_fired);
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task Delays_and_deadlines_of_the_framework_follow_the_clock()
    {
        var delay = Task.Delay(TimeSpan.FromDays(30), _clock, TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(TimeSpan.FromDays(30), _clock);

        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        Assert.False(delay.IsCompleted || deadline.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.True(deadline.IsCancellationRequested);
    }

    private static TimeSpan Minutes(int n) => TimeSpan.FromMinutes(n);

    private ITimer Timer(string name, TimeSpan due, TimeSpan? period = null) =>
        _clock.CreateTimer(_ => _fired.Add((name, _clock.GetUtcNow() - Start)), null, due, period ?? Timeout.InfiniteTimeSpan);
}
