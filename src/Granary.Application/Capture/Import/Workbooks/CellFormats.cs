using System.Globalization;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>Which cell styles show their number as a date or a time, and how such a number reads.</summary>
internal sealed class CellFormats
{
    private const int MostStyles = 65_536;

    private readonly List<Look> _styles = [];
    private readonly bool _from1904;

    private CellFormats(bool from1904) => _from1904 = from1904;

    private enum Look : byte
    {
        Number,
        Date,
        Time,
    }

    /// <summary>Reads the styles; a workbook may have none.</summary>
    public static CellFormats Read(PartReader? part, bool from1904)
    {
        var formats = new CellFormats(from1904);
        var custom = new Dictionary<string, Look>(StringComparer.Ordinal);
        var inCells = false;
        while (part?.Read() == true)
        {
            if (part.Starts("numFmt") && part.Attribute("numFmtId") is { } id && part.Attribute("formatCode") is { } code)
            {
                custom[id] = OfCode(code);
            }
            else if (part.Starts("cellXfs") || part.Ends("cellXfs"))
            {
                inCells = part.Starts("cellXfs");
            }
            else if (inCells && part.Starts("xf"))
            {
                var used = part.Attribute("numFmtId") ?? "0";
                formats._styles.Add(custom.TryGetValue(used, out var look) ? look : BuiltIn(used));
            }

            if (formats._styles.Count > MostStyles || custom.Count > MostStyles)
            {
                throw UnpackBudget.TooMany(MostStyles);
            }
        }

        return formats;
    }

    /// <summary>
    /// A number as text: dates as <c>2026-11-02</c> or <c>2026-11-02 09:30:00</c>, times as <c>09:30:00</c>, others in
    /// invariant form with the 15 digits a spreadsheet shows.
    /// </summary>
    public string Text(ReadOnlySpan<char> number, string? style)
    {
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return number.ToString();
        }

        var look = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s < _styles.Count ? _styles[s] : Look.Number;
        return look switch
        {
            Look.Date when value is >= 1 and < 2_958_466 => DateText(Moment(value)),
            Look.Time when value is >= 0 and < 1 => Moment(value + 1).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            Look.Time when value is >= 1 and < 2_958_466 => DateText(Moment(value)),
            _ when Math.Abs(value) < 1e28 => ((decimal)value).ToString(CultureInfo.InvariantCulture),
            _ => value.ToString("G15", CultureInfo.InvariantCulture),
        };
    }

    private static string DateText(DateTime moment) =>
        moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // Day 60 is 29 February 1900, which never was: the days before it are one higher than those after.
    private DateTime Moment(double serial)
    {
        var days = _from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
        var seconds = Math.Round(days * 86_400, MidpointRounding.AwayFromZero);
        return new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(seconds);
    }

    private static Look BuiltIn(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n switch
        {
            >= 14 and <= 17 or 22 or >= 27 and <= 31 or >= 34 and <= 36 or >= 50 and <= 54 or 57 or 58 => Look.Date,
            >= 18 and <= 21 or 32 or 33 or 55 or 56 => Look.Time,
            _ => Look.Number,
        }
        : Look.Number;

    // Letters outside quotes, escapes and brackets tell; elapsed times such as [h]:mm stay numbers.
    private static Look OfCode(string code)
    {
        var (date, time, other) = (false, false, false);
        for (var i = 0; i < code.Length; i++)
        {
            switch (char.ToLowerInvariant(code[i]))
            {
                case '"':
                    i = Skip(code, i, '"');
                    break;
                case '[':
                    var open = i;
                    i = Skip(code, i, ']');
                    if (i == open + 2 && code[open + 1] is 'h' or 'H' or 'm' or 's')
                    {
                        return Look.Number;
                    }

                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'y' or 'd':
                    date = true;
                    break;
                case 'h' or 's':
                    time = true;
                    break;
                case 'm':
                    other = true;
                    break;
                case ';':
                    i = code.Length;
                    break;
            }
        }

        return date || (other && !time) ? Look.Date : time ? Look.Time : Look.Number;
    }

    private static int Skip(string code, int from, char until)
    {
        var end = code.IndexOf(until, from + 1);
        return end < 0 ? code.Length : end;
    }
}
