namespace Granary.Application.Intake;

/// <summary>A chunk of requests: refused, or prepared and waiting to land.</summary>
internal sealed class PreparedChunk(int count)
{
    private readonly List<int> _places = [];
    private readonly List<Prepared> _items = [];

    /// <summary>What becomes of each request; those that wait have none yet.</summary>
    public IntakeResult[] Results { get; } = new IntakeResult[count];

    /// <summary>Those that wait, in order.</summary>
    public IReadOnlyList<Prepared> Items => _items;

    public void Add(int place, Prepared item)
    {
        _places.Add(place);
        _items.Add(item);
    }

    /// <summary>Takes the results of the items.</summary>
    public void Answer(IReadOnlyList<IntakeResult> landed)
    {
        for (var i = 0; i < landed.Count; i++)
        {
            Results[_places[i]] = landed[i];
        }
    }
}
