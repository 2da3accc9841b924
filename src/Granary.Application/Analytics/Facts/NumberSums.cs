namespace Granary.Application.Analytics.Facts;

/// <summary>Numbered cells, added up, so that their texts are needed once.</summary>
internal sealed class NumberSums
{
    // By number: the place of its sum, from one.
    private int[] _places = new int[64];
    private readonly Pages<CellValues> _sums = new();

    /// <summary>Adds a sheet.</summary>
    public void Add(byte[] cells)
    {
        for (var reader = new NumberedReader(cells); reader.Next();)
        {
            reader.AddTo(ref At(reader.Number));
        }
    }

    /// <summary>A sink for the sheet of names, which gives another one what came to something.</summary>
    public CellSink Named(CellSink sink) => new Names(this, sink);

    private ref CellValues At(int number)
    {
        if (number >= _places.Length)
        {
            Array.Resize(ref _places, Math.Max(2 * _places.Length, number + 1));
        }

        ref var place = ref _places[number];
        if (place > 0)
        {
            return ref _sums[place - 1];
        }

        place = _sums.Count + 1;
        return ref _sums.Add();
    }

    private sealed class Names(NumberSums sums, CellSink sink) : CellSink
    {
        private int _same;

        public override void Add(int cube, Guid owner, int period, ReadOnlySpan<char> key, int same, in CellValues values)
        {
            var number = (int)values.N1;
            _same = Math.Min(_same, same);
            if (number < sums._places.Length && sums._places[number] is > 0 and var place)
            {
                sink.Add(cube, owner, period, key, _same, sums._sums[place - 1]);
                _same = key.Length;
            }
        }
    }
}
