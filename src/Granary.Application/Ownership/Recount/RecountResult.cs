namespace Granary.Application.Ownership.Recount;

/// <summary>Something that differs between the log and the tables.</summary>
/// <param name="Id">The lead, or the person whose counter it is.</param>
/// <param name="What">What differs.</param>
public sealed record Difference(Guid Id, string What);

/// <summary>What a recount found.</summary>
public sealed class RecountResult
{
    private readonly List<Difference> _differences = [];
    private readonly List<Guid> _nowhere = [];
    private readonly SortedDictionary<string, int> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, int> _pools = [];

    /// <summary>Leads that were looked at.</summary>
    public int Leads { get; private set; }

    /// <summary>Ownerships of all of them, by the log.</summary>
    public int Ownerships { get; private set; }

    /// <summary>How many are owned, in a pool, in a tray, or closed and how, by the log.</summary>
    public IReadOnlyDictionary<string, int> States => _states;

    /// <summary>How many lie in each pool, by the log.</summary>
    public IReadOnlyDictionary<Guid, int> Pools => _pools;

    /// <summary>Leads that neither somebody has nor a pool nor a tray, and that are not closed.</summary>
    public IReadOnlyList<Guid> Nowhere => _nowhere;

    /// <summary>Everything that differs.</summary>
    public IReadOnlyList<Difference> Differences => _differences;

    internal void Add(Guid id, Standing log, Standing tables)
    {
        Leads++;
        Ownerships += log.Periods.Count;
        var state = log.Closed ? log.Status.ToString() : log.OwnerId is not null ? "Owned" : log.TrayUserId is not null ? "Tray" : log.PoolId is not null ? "Pool" : "Nowhere";
        _states[state] = _states.GetValueOrDefault(state) + 1;
        if (log.PoolId is { } pool)
        {
            _pools[pool] = _pools.GetValueOrDefault(pool) + 1;
        }

        if (log.Nowhere || tables.Nowhere)
        {
            _nowhere.Add(id);
        }

        _differences.AddRange(Standing.Differences(log, tables).Select(what => new Difference(id, what)));
    }

    internal void Differ(Guid id, string what) => _differences.Add(new Difference(id, what));
}
