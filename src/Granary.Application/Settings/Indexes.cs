using Granary.Application.Capture;
using Granary.Application.Ownership;

namespace Granary.Application.Settings;

/// <summary>Channels by path and by id.</summary>
public sealed class ChannelIndex(IReadOnlyList<Channel> channels)
{
    private readonly Dictionary<string, Channel> _byPath = channels.ToDictionary(c => c.Path, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Guid, Channel> _byId = channels.ToDictionary(c => c.Id);

    /// <summary>All, by path.</summary>
    public IReadOnlyList<Channel> All { get; } = [.. channels.OrderBy(c => c.Path, StringComparer.Ordinal)];

    /// <summary>The channel of a path; null when it is not known.</summary>
    public Channel? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The path of a channel; empty when it is not known.</summary>
    public string Path(Guid id) => _byId.GetValueOrDefault(id)?.Path ?? "";
}

/// <summary>Pools by key and by id, and who belongs to them.</summary>
public sealed class PoolIndex(IReadOnlyList<Pool> pools, IReadOnlyList<PoolMember> members)
{
    private readonly Dictionary<string, Pool> _byKey = pools.ToDictionary(p => p.Key, StringComparer.Ordinal);
    private readonly Dictionary<Guid, Pool> _byId = pools.ToDictionary(p => p.Id);
    private readonly ILookup<Guid, PoolMember> _byUser = members.ToLookup(m => m.UserId);
    private readonly ILookup<Guid, PoolMember> _members = members.ToLookup(m => m.PoolId);

    /// <summary>All pools.</summary>
    public IReadOnlyList<Pool> All { get; } = pools;

    /// <summary>The pool of a key; null when there is none.</summary>
    public Pool? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The pool of an id; null when there is none.</summary>
    public Pool? Find(Guid id) => _byId.GetValueOrDefault(id);

    /// <summary>The pool for held leads.</summary>
    public Guid Invalid => _byKey["invalid"].Id;

    /// <summary>The pools somebody belongs to.</summary>
    public IReadOnlyList<Guid> Of(Guid userId) => [.. _byUser[userId].Select(m => m.PoolId)];

    /// <summary>The pools somebody manages.</summary>
    public IReadOnlyList<Guid> ManagedBy(Guid userId) => [.. _byUser[userId].Where(m => m.Manages).Select(m => m.PoolId)];

    /// <summary>Who belongs to a pool.</summary>
    public IEnumerable<PoolMember> MembersOf(Guid poolId) => _members[poolId];
}
