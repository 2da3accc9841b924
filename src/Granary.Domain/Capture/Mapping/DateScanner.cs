namespace Granary.Domain.Capture.Mapping;

/// <summary>Reads year-first dates from left to right; the text is folded.</summary>
internal ref struct DateScanner(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public bool TryRead(out DateCell.Reading reading)
    {
        reading = default;
        if (!Number(4, 4, out var year) || !One("-/.年") || !Number(1, 2, out var month) || month is < 1 or > 12 || year < 1900)
        {
            return false;
        }

        var monthOnly = One("月") ? _rest.IsEmpty : _rest.IsEmpty || !One("-/.");
        if (monthOnly)
        {
            reading = new DateCell.Reading(new DateTime(year, month, 1, 0, 0, 0, DateTimeKind.Unspecified), null, true);
            return _rest.IsEmpty;
        }

        if (!Number(1, 2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        One("日号");
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        if (_rest.IsEmpty)
        {
            reading = new DateCell.Reading(date, null, false);
            return true;
        }

        One("t");
        _rest = _rest.TrimStart();
        if (!Time(out var time) || !Offset(out var offset) || !_rest.IsEmpty)
        {
            return false;
        }

        reading = new DateCell.Reading(date + time, offset, false);
        return true;
    }

    private bool Time(out TimeSpan time)
    {
        time = default;
        var half = Half();
        if (!Number(1, 2, out var hour) || !One(":时点"))
        {
            return false;
        }

        var (minute, second, fraction) = (0, 0, 0d);
        if (Number(1, 2, out var m))
        {
            minute = m;
            if (One(":分") && Number(1, 2, out var s))
            {
                second = s;
                fraction = Fraction();
                One("秒");
            }
        }

        _rest = _rest.TrimStart();
        half ??= Half();
        if (half is not null)
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + half.Value;
        }

        time = new TimeSpan(hour, minute, second) + TimeSpan.FromSeconds(fraction);
        return hour < 24 && minute < 60 && second < 60;
    }

    // Hours to add: 0 for the morning, 12 for the afternoon.
    private int? Half()
    {
        foreach (var (word, hours) in ((string, int)[])[("上午", 0), ("凌晨", 0), ("am", 0), ("下午", 12), ("晚上", 12), ("pm", 12)])
        {
            if (_rest.StartsWith(word, StringComparison.Ordinal))
            {
                _rest = _rest[word.Length..].TrimStart();
                return hours;
            }
        }

        return null;
    }

    private double Fraction()
    {
        if (!One("."))
        {
            return 0;
        }

        var (value, scale) = (0d, 0.1);
        while (!_rest.IsEmpty && char.IsAsciiDigit(_rest[0]))
        {
            value += (_rest[0] - '0') * scale;
            scale /= 10;
            _rest = _rest[1..];
        }

        return value;
    }

    private bool Offset(out TimeSpan? offset)
    {
        offset = null;
        _rest = _rest.TrimStart();
        if (One("z"))
        {
            offset = TimeSpan.Zero;
            return true;
        }

        if (_rest.IsEmpty || _rest[0] is not ('+' or '-'))
        {
            return true;
        }

        var sign = _rest[0] == '-' ? -1 : 1;
        _rest = _rest[1..];
        var hoursOnly = Number(2, 2, out var hours);
        One(":");
        var minutes = 0;
        if (!hoursOnly || (!_rest.IsEmpty && !Number(2, 2, out minutes)) || hours > 14 || minutes > 59)
        {
            return false;
        }

        offset = sign * new TimeSpan(hours, minutes, 0);
        return true;
    }

    private bool Number(int least, int most, out int number)
    {
        number = 0;
        var length = 0;
        while (length < most && length < _rest.Length && char.IsAsciiDigit(_rest[length]))
        {
            number = (number * 10) + _rest[length++] - '0';
        }

        _rest = _rest[length..];
        return length >= least;
    }

    private bool One(string of)
    {
        if (_rest.IsEmpty || !of.Contains(_rest[0], StringComparison.Ordinal))
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }
}
