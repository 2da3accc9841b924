using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Who shall belong to a pool: people by name, and those who are in departments or hold roles when it is saved.</summary>
public sealed record PoolMembership
{
    /// <summary>Members.</summary>
    public IReadOnlyList<Guid> Members { get; init; } = [];

    /// <summary>Those who manage it; members too.</summary>
    public IReadOnlyList<Guid> Managers { get; init; } = [];

    /// <summary>Departments whose people, and those below, become members.</summary>
    public IReadOnlyList<Guid> Departments { get; init; } = [];

    /// <summary>Keys of roles whose holders become members.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}

/// <summary>Says who belongs to a pool and who manages it (§9); also for built-in pools.</summary>
public sealed class SavePoolMembers(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Makes these, and nobody else, its members. Those who left are passed over when they come with a department or role.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The pool.</param>
    /// <param name="wanted">Who shall belong to it.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SettingResult> Save(Guid actor, Guid id, PoolMembership wanted, CancellationToken ct = default)
    {
        var setting = await settings.Latest(ct);
        if (await Unknown(wanted, setting, ct) is { Count: > 0 } errors)
        {
            return new SettingResult.Refused(errors);
        }

        var managers = wanted.Managers.ToHashSet();
        var members = Expand(wanted, setting).Concat(wanted.Members).Concat(managers).ToHashSet();
        return await settings.Change<SettingResult>(
            async scope =>
            {
                var db = scope.Db;
                if (await db.Set<Pool>().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } pool)
                {
                    return new SettingResult.Missing();
                }

                var before = await db.Set<PoolMember>().Where(m => m.PoolId == id).ToListAsync(ct);
                foreach (var row in before)
                {
                    row.Manages = managers.Contains(row.UserId);
                }

                var removed = before.FindAll(m => !members.Contains(m.UserId));
                var added = members.Except(before.Select(m => m.UserId)).Order().ToList();
                db.RemoveRange(removed);
                db.AddRange(added.Select(user => new PoolMember { PoolId = id, UserId = user, Manages = managers.Contains(user) }));
                db.Add(time.Event(actor, id, "pool.members_changed", new { pool.Key, added, removed = removed.Select(m => m.UserId).Order(), managers = managers.Order() }));
                return new SettingResult.Done(id);
            },
            ct);
    }

    private static IEnumerable<Guid> Expand(PoolMembership wanted, Setting setting)
    {
        var departments = wanted.Departments.SelectMany(setting.Subtree).ToHashSet();
        return setting.People.Values
            .Where(p => p.Status != PersonStatus.Departed && ((p.DepartmentId is { } d && departments.Contains(d)) || p.Roles.Any(wanted.Roles.Contains)))
            .Select(p => p.Id);
    }

    private async Task<IReadOnlyList<FieldError>> Unknown(PoolMembership wanted, Setting setting, CancellationToken ct)
    {
        bool Known(Guid user) => setting.People.TryGetValue(user, out var person) && person.Status != PersonStatus.Departed;
        await using var db = store.Open();
        var roles = wanted.Roles.Count == 0 ? [] : await db.Roles.Select(r => r.Name!).ToListAsync(ct);
        return
        [
            .. wanted.Members.Index().Where(m => !Known(m.Item)).Select(m => new FieldError($"members[{m.Index}]", "unknown")),
            .. wanted.Managers.Index().Where(m => !Known(m.Item)).Select(m => new FieldError($"managers[{m.Index}]", "unknown")),
            .. wanted.Departments.Index().Where(d => !setting.Departments.ContainsKey(d.Item)).Select(d => new FieldError($"departments[{d.Index}]", "unknown")),
            .. wanted.Roles.Index().Where(r => !roles.Contains(r.Item)).Select(r => new FieldError($"roles[{r.Index}]", "unknown")),
        ];
    }
}
