using System.Numerics;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Values side by side that can be changed where they stand. A few take no more room than they need, and thousands stand on pages: one row of all would be moved each time
/// that it is full, and be collected with what is oldest.
/// </summary>
/// <param name="expected">About how many there will be; it is no limit.</param>
internal sealed class Pages<T>(int expected = 0)
{
    private const int Least = 8, Bits = 9, Most = 1 << Bits;

    private T[][] _pages = [new T[Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)expected), Least, Most)]];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them, until another is added.</summary>
    public ref T this[int place] => ref _pages[place >> Bits][place & (Most - 1)];

    /// <summary>Adds one that is nothing yet.</summary>
    public ref T Add()
    {
        var (page, place) = (Count >> Bits, Count & (Most - 1));
        if (page == _pages.Length)
        {
            Array.Resize(ref _pages, 2 * page);
        }

        if (_pages[page] is null)
        {
            _pages[page] = new T[Most];
        }
        else if (place == _pages[page].Length)
        {
            Array.Resize(ref _pages[page], 2 * place);
        }

        Count++;
        return ref _pages[page][place];
    }
}
