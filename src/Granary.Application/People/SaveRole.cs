using System.Text.RegularExpressions;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Copies roles and changes what they grant (§2).</summary>
public sealed partial class SaveRole(SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a role of the organisation's own.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="key">Its key: letters, digits and underscores, 2 to 60 characters; never used before.</param>
    /// <param name="grants">Permission → scope.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PeopleResult> Create(Guid actor, string key, IReadOnlyDictionary<Permission, DataScope> grants, CancellationToken ct = default)
    {
        if (!Key().IsMatch(key))
        {
            return new PeopleResult.Refused("key", "invalid_format");
        }

        return await settings.Change<PeopleResult>(
            async scope =>
            {
                var normal = key.ToUpperInvariant();
                if (await scope.Db.Roles.AnyAsync(r => r.NormalizedName == normal, ct))
                {
                    return new PeopleResult.Refused("key", "taken");
                }

                var role = new Role { Id = time.NewId(), Name = key, NormalizedName = normal, Grants = Write(grants) };
                scope.Db.Add(role);
                scope.Db.Add(Event(actor, role, "role.created", null));
                return new PeopleResult.Done(role.Id);
            },
            ct);
    }

    /// <summary>Changes what a role grants. The administrator's stays as it is, so that nobody locks everybody out.</summary>
    public Task<PeopleResult> Change(Guid actor, string key, IReadOnlyDictionary<Permission, DataScope> grants, CancellationToken ct = default) =>
        settings.Change<PeopleResult>(
            async scope =>
            {
                if (await scope.Db.Roles.SingleOrDefaultAsync(r => r.Name == key, ct) is not { } role)
                {
                    return new PeopleResult.Missing();
                }

                if (key == BuiltInRoles.Administrator)
                {
                    return new PeopleResult.Refused("grants", "last_administrator");
                }

                var before = role.Grants;
                role.Grants = Write(grants);
                scope.Db.Add(Event(actor, role, "role.changed", before));
                return new PeopleResult.Done(role.Id);
            },
            ct);

    private static string Write(IReadOnlyDictionary<Permission, DataScope> grants) =>
        Json.Write(grants.Where(g => g.Value != DataScope.None).ToDictionary());

    private EventRecord Event(Guid actor, Role role, string kind, string? before) => new()
    {
        At = time.Now,
        ActorId = actor,
        SubjectId = role.Id,
        Kind = kind,
        Data = Json.Write(new { Key = role.Name, Before = before, After = role.Grants }),
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{1,59}$")]
    private static partial Regex Key();
}
