using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A role and who holds it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Holders">Those who hold it and have not departed, by name.</param>
public sealed record HeldRole(RoleCard Role, IReadOnlyList<Guid> Holders);

/// <summary>Reads roles, what a change would mean, and what happened to them.</summary>
public sealed class ReadRoles(Store store, SettingCache settings)
{
    private const int Remembered = 30;

    /// <summary>All roles: those that came with the product first.</summary>
    public async Task<IReadOnlyList<HeldRole>> All(CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var order = BuiltInRoles.Grants.Keys.ToList();
        return [.. setting.Roles.Values.OrderByDescending(r => r.BuiltIn).ThenBy(r => order.IndexOf(r.Key)).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => Of(setting, r))];
    }

    /// <summary>One role; null when there is none.</summary>
    public async Task<HeldRole?> Find(string key, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return setting.Roles.TryGetValue(key, out var role) ? Of(setting, role) : null;
    }

    /// <summary>What would change for whom if a role granted something else; null when there is none.</summary>
    public async Task<RoleEffect?> Preview(string key, IReadOnlyDictionary<Permission, DataScope> grants, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return setting.Roles.TryGetValue(key, out var role)
            ? RoleEffect.Of([.. Of(setting, role).Holders.Select(id => Others(setting, setting.People[id], key))], role.Grants, grants)
            : null;
    }

    /// <summary>What happened to a role, the latest first.</summary>
    public async Task<IReadOnlyList<EventRecord>> History(Guid roleId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<EventRecord>().AsNoTracking().Where(e => e.SubjectId == roleId).OrderByDescending(e => e.Position).Take(Remembered).ToListAsync(ct);
    }

    /// <summary>What an event of a role says; null for one of another shape.</summary>
    public static RoleChangeData? Told(EventRecord record) => record.Data.Contains("\"after\":{", StringComparison.Ordinal) ? Json.Read<RoleChangeData>(record.Data) : null;

    private static HeldRole Of(Setting setting, RoleCard role) => new(
        role,
        [.. setting.People.Values.Where(p => p.Status != PersonStatus.Departed && p.Roles.Contains(role.Key)).OrderBy(p => p.Name, StringComparer.CurrentCulture).Select(p => p.Id)]);

    private static Dictionary<Permission, DataScope> Others(Setting setting, Person person, string but)
    {
        Dictionary<Permission, DataScope> granted = [];
        foreach (var (permission, scope) in person.Roles.Where(r => r != but).SelectMany(r => setting.Roles[r].Grants))
        {
            granted[permission] = granted.GetValueOrDefault(permission) | scope;
        }

        return granted;
    }
}
