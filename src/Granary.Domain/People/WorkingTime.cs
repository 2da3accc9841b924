namespace Granary.Domain.People;

/// <summary>A part of a day in ticks of local time, the end excluded.</summary>
internal readonly record struct DayPart(long From, long To)
{
    public static DayPart Of(TimeOnly from, TimeOnly to) => new(from.Ticks, to == TimeOnly.MinValue ? TimeSpan.TicksPerDay : to.Ticks);

    /// <summary>In order, and those that touch or overlap as one.</summary>
    public static DayPart[] Join(IEnumerable<DayPart> parts)
    {
        List<DayPart> joined = [];
        foreach (var part in parts.OrderBy(static p => p.From))
        {
            if (joined.Count > 0 && part.From <= joined[^1].To)
                joined[^1] = joined[^1] with { To = Math.Max(joined[^1].To, part.To) };
            else if (part.To > part.From)
                joined.Add(part);
        }

        return [.. joined];
    }
}

/// <summary>
/// When a clock runs: the same parts of each week but for exceptions. Its position is the time it has run since the year 1; both
/// ways between instant and position take a search among the exceptions and arithmetic, however far apart instants are.
/// </summary>
internal sealed class WorkingTime
{
    private readonly ZoneOffsets _zone;
    private readonly DayPart[][] _week;

    // What runs in a week, and in it before each weekday; Monday is 0, as in the numbers of days.
    private readonly long _perWeek;
    private readonly long[] _inWeek = new long[8];

    // Exceptions: single days with their parts, or ranges of days on which nothing runs; what runs before and within each.
    private readonly int[] _first, _last;
    private readonly DayPart[][] _parts;
    private readonly long[] _before, _within;

    /// <summary>A clock.</summary>
    /// <param name="zone">Local time.</param>
    /// <param name="week">What runs on each weekday, Monday first.</param>
    /// <param name="special">What runs on days that differ.</param>
    /// <param name="off">Ranges of days on which nothing runs, in order and apart.</param>
    public WorkingTime(ZoneOffsets zone, DayPart[][] week, IReadOnlyDictionary<int, DayPart[]> special, IReadOnlyList<(int First, int Last)> off)
    {
        (_zone, _week) = (zone, week);
        for (var i = 0; i < 7; i++)
            _inWeek[i + 1] = _inWeek[i] + Length(week[i]);
        _perWeek = _inWeek[7];

        SortedDictionary<int, (int Last, DayPart[] Parts)> exceptions = [];
        foreach (var day in zone.UnevenDays)
            exceptions[day] = (day, week[day % 7]);
        foreach (var (day, parts) in special)
            exceptions[day] = (day, parts);
        foreach (var (first, last) in off)
        {
            foreach (var day in exceptions.Keys.Where(d => d >= first && d <= last).ToList())
                exceptions.Remove(day);
            exceptions[first] = (last, []);
        }

        _first = [.. exceptions.Keys];
        _last = [.. exceptions.Values.Select(static e => e.Last)];
        _parts = [.. exceptions.Values.Select(static e => e.Parts)];
        (_before, _within) = (new long[_first.Length], new long[_first.Length]);
        for (var i = 0; i < _first.Length; i++)
        {
            _before[i] = i == 0 ? Weekly(_first[0]) : _before[i - 1] + _within[i - 1] + Weekly(_first[i]) - Weekly(_last[i - 1] + 1);
            foreach (var part in _parts[i])
                _within[i] += End(_first[i], part) - Start(_first[i], part);
        }
    }

    /// <summary>What runs on a day.</summary>
    public ReadOnlySpan<DayPart> PartsOf(int day)
    {
        var i = LastFrom(day);
        return i >= 0 && day <= _last[i] ? _parts[i] : _week[day % 7];
    }

    /// <summary>How long the clock has run up to an instant in UTC ticks.</summary>
    public long Position(long utc)
    {
        var day = (int)(Math.Max(0, _zone.Local(utc)) / TimeSpan.TicksPerDay);

        // Where clocks go back over midnight, the end of a day comes a second time after the next has begun.
        if (utc >= _zone.Utc((day + 1) * TimeSpan.TicksPerDay))
            day++;
        var position = Before(day);
        foreach (var part in PartsOf(day))
        {
            var start = Start(day, part);
            if (utc <= start)
                break;
            position += Math.Min(utc, End(day, part)) - start;
        }

        return position;
    }

    /// <summary>The instant in UTC ticks at which the clock, running, leaves a position: never a time at which it stands. Null beyond the year 9999.</summary>
    public long? InstantAt(long position)
    {
        if (DayAt(position) is not { } day || day >= DateOnly.MaxValue.DayNumber)
            return null;
        var left = position - Before(day);
        foreach (var part in PartsOf(day))
        {
            var (start, end) = (Start(day, part), End(day, part));
            if (left < end - start)
                return start + left;
            left -= end - start;
        }

        throw new InvalidOperationException("A day ended before its time had run.");
    }

    /// <summary>What runs before a day.</summary>
    private long Before(int day)
    {
        var i = LastFrom(day - 1);
        if (i < 0)
            return Weekly(day);
        return day <= _last[i] ? _before[i] : _before[i] + _within[i] + Weekly(day) - Weekly(_last[i] + 1);
    }

    /// <summary>The day within which a position lies.</summary>
    private int? DayAt(long position)
    {
        // The last exception that begins at or before the position; of several without time in a row the last.
        int low = 0, high = _before.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _before[middle] <= position ? (middle + 1, high) : (low, middle);
        }

        var i = low - 1;
        if (i >= 0 && position < _before[i] + _within[i])
            return _first[i];
        if (_perWeek == 0)
            return null;
        var weekly = i < 0 ? position : position - _before[i] - _within[i] + Weekly(_last[i] + 1);
        var (week, rest) = (weekly / _perWeek, weekly % _perWeek);
        if (week > DateOnly.MaxValue.DayNumber / 7)
            return null;
        var weekday = 0;
        while (_inWeek[weekday + 1] <= rest)
            weekday++;
        return ((int)week * 7) + weekday;
    }

    /// <summary>The last exception that begins on or before a day; −1 for none.</summary>
    private int LastFrom(int day)
    {
        var found = Array.BinarySearch(_first, day);
        return found >= 0 ? found : ~found - 1;
    }

    private long Weekly(int day) => (day / 7 * _perWeek) + _inWeek[day % 7];

    private long Start(int day, DayPart part) => _zone.Utc((day * TimeSpan.TicksPerDay) + part.From);

    private long End(int day, DayPart part) => _zone.Utc((day * TimeSpan.TicksPerDay) + part.To);

    private static long Length(DayPart[] parts) => parts.Sum(static p => p.To - p.From);
}
