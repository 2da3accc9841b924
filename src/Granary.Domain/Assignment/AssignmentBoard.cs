namespace Granary.Domain.Assignment;

/// <summary>What a user has at the moment.</summary>
/// <param name="TakenToday">Leads taken on their intake day, see <see cref="IntakeDay"/>.</param>
/// <param name="Holding">Leads held.</param>
public readonly record struct RepresentativeLoad(int TakenToday, int Holding);

/// <summary>
/// The state that assignment reads and changes: what each user has, and whose turn it is in each rule. Storage loads what
/// <see cref="Assigner.Reach"/> names under row locks, and writes back what changed in the same transaction; that is what
/// keeps caps and fairness under concurrent intake. What was not loaded counts as zero. Not safe for several threads.
/// </summary>
public sealed class AssignmentBoard
{
    private readonly Dictionary<Guid, RepresentativeLoad> _loads = [];
    private readonly HashSet<Guid> _changed = [];
    private readonly Dictionary<string, Rotation> _rotations = new(StringComparer.Ordinal);

    /// <summary>Whether there is anything to write back.</summary>
    public bool Dirty => _changed.Count > 0 || ChangedRotations.Any();

    /// <summary>Users whose load changed, with what they have now.</summary>
    public IEnumerable<(Guid UserId, RepresentativeLoad Load)> ChangedLoads => _changed.Select(id => (id, _loads[id]));

    /// <summary>Rotations that changed.</summary>
    public IEnumerable<Rotation> ChangedRotations => _rotations.Values.Where(rotation => rotation.Changed);

    /// <summary>Takes over what a user has.</summary>
    public void Load(Guid userId, RepresentativeLoad load) => _loads[userId] = load;

    /// <summary>Takes over a stored rotation.</summary>
    public void Load(Rotation rotation) => _rotations[rotation.RuleId] = rotation;

    /// <summary>What a user has now.</summary>
    public RepresentativeLoad LoadOf(Guid userId) => _loads.GetValueOrDefault(userId);

    /// <summary>The rotation of a rule.</summary>
    public Rotation RotationOf(string ruleId)
    {
        if (!_rotations.TryGetValue(ruleId, out var rotation))
        {
            _rotations[ruleId] = rotation = new Rotation(ruleId, new Dictionary<Guid, Turn>());
        }

        return rotation;
    }

    /// <summary>A user takes a lead: it counts for the day and is held.</summary>
    public void Take(Guid userId)
    {
        var load = LoadOf(userId);
        _loads[userId] = new RepresentativeLoad(load.TakenToday + 1, load.Holding + 1);
        _changed.Add(userId);
    }

    /// <summary>A user holds one more that does not count for the day: claims have a cap of their own (§9).</summary>
    public void Hold(Guid userId)
    {
        var load = LoadOf(userId);
        _loads[userId] = load with { Holding = load.Holding + 1 };
        _changed.Add(userId);
    }

    /// <summary>A user no longer holds a lead; the day's count stays, so that giving up and taking on does not reset it.</summary>
    public void Release(Guid userId)
    {
        var load = LoadOf(userId);
        _loads[userId] = load with { Holding = Math.Max(0, load.Holding - 1) };
        _changed.Add(userId);
    }
}
