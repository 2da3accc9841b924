using System.Globalization;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Sheets of cubes that have thousands of keys, such as keywords within channels: their cells stand at numbers instead of texts, which takes a fraction of the time to read
/// and to add up. Which number a key has is kept by each cube in one sheet more, of no period: a cell for each key, whose first figure is its number.
/// </summary>
public static class NumberedSheets
{
    /// <summary>The period of the sheet that tells which number a key has.</summary>
    public const int Names = 0;

    // Steps, by cohort and by activity; behind them come days.
    private const int Beyond = 100;

    /// <summary>Whether sheets of a cube are numbered.</summary>
    public static bool Are(int cube) => cube < Beyond && (Dimension)(cube % 10) is Dimension.Keyword or Dimension.Content;

    /// <summary>Where it is told which numbers the keys of a cube have.</summary>
    internal static SheetPlace NamesOf(int cube) => new(cube, ReportSheet.Everybody, Names);

    /// <summary>The numbers of some keys, and the sheet that tells them: those that have none yet get the next.</summary>
    public static (Dictionary<string, int> Numbers, byte[] Names) Of(byte[] names, IEnumerable<string> keys)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        string[] asked = [.. keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var (place, last) = (0, 0);
        for (var reader = SheetCells.Read(names); reader.Next();)
        {
            var number = (int)reader.Values().N1;
            last = Math.Max(last, number);
            while (place < asked.Length && asked[place].AsSpan().SequenceCompareTo(reader.Key) < 0)
            {
                place++;
            }

            if (place < asked.Length && reader.Key.SequenceEqual(asked[place]))
            {
                numbers.Add(asked[place], number);
            }
        }

        string[] added = [.. asked.Where(k => !numbers.ContainsKey(k))];
        foreach (var key in added)
        {
            numbers.Add(key, ++last);
        }

        return (numbers, added.Length == 0 ? names : SheetCells.Change(names, added.Select(k => KeyValuePair.Create(k, new CellValues(numbers[k])))));
    }

    /// <summary>Adds to packed cells; what comes to nothing is left out.</summary>
    public static byte[] Change(byte[] cells, IEnumerable<KeyValuePair<int, CellValues>> changes)
    {
        var writer = new PackedWriter(cells.Length);
        var reader = new NumberedReader(cells);
        var before = 0;
        void Put(int number, in CellValues values)
        {
            if (!values.IsZero)
            {
                writer.Put((ulong)(number - before));
                writer.Put(values);
                before = number;
            }
        }

        var more = reader.Next();
        foreach (var (number, values) in changes.OrderBy(c => c.Key))
        {
            for (; more && reader.Number < number; more = reader.Next())
            {
                Put(reader.Number, reader.Values());
            }

            var known = more && reader.Number == number;
            Put(number, known ? reader.Values() + values : values);
            more = known ? reader.Next() : more;
        }

        for (; more; more = reader.Next())
        {
            Put(reader.Number, reader.Values());
        }

        return writer.Packed;
    }

    /// <summary>The keys that numbers stand for: one each.</summary>
    public static ILookup<int, string> Keys(byte[] names) => SheetCells.Unpack(names).ToLookup(n => (int)n.Value.N1, n => n.Key);

    /// <summary>All cells by their keys; where a number stands for none, by the number.</summary>
    public static Dictionary<string, CellValues> Unpack(byte[] cells, ILookup<int, string>? keys)
    {
        Dictionary<string, CellValues> all = new(StringComparer.Ordinal);
        for (var reader = new NumberedReader(cells); reader.Next();)
        {
            all.Add(keys?[reader.Number].FirstOrDefault() ?? string.Create(CultureInfo.InvariantCulture, $"#{reader.Number}"), reader.Values());
        }

        return all;
    }
}

/// <summary>Reads numbered cells one after another.</summary>
internal ref struct NumberedReader(ReadOnlySpan<byte> cells)
{
    private PackedReader _reader = new(cells);

    /// <summary>The number.</summary>
    public int Number { get; private set; }

    /// <summary>Goes to the next cell, when this one's figures have been taken; false at the end.</summary>
    public bool Next()
    {
        if (_reader.IsOver)
        {
            return false;
        }

        Number += (int)_reader.Take();
        return true;
    }

    /// <summary>What stands at the number; taken once.</summary>
    public CellValues Values()
    {
        var values = default(CellValues);
        AddTo(ref values);
        return values;
    }

    /// <summary>Adds what stands at the number; taken once.</summary>
    public void AddTo(ref CellValues values) => _reader.AddTo(ref values);
}
