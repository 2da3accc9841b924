using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>What a role is called and grants; what is null stays as it is.</summary>
/// <param name="Title">What people call it, up to 60 characters; empty gives a built-in role its own words back.</param>
/// <param name="TitleEn">The same in English; empty takes the title.</param>
/// <param name="Grants">Permission → scope; the whole of them.</param>
public sealed record RoleInput(string? Title = null, string? TitleEn = null, IReadOnlyDictionary<Permission, DataScope>? Grants = null);

/// <summary>Adds, copies, renames and removes roles and changes what they grant (§2).</summary>
public sealed partial class SaveRole(SettingCache settings, TimeProvider time)
{
    /// <summary>Longest name of a role.</summary>
    public const int LongestTitle = 60;

    /// <summary>Adds a role of the organisation's own.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="key">Its key: letters, digits and underscores, 2 to 60 characters; never used before, and not the address of the page that makes one.</param>
    /// <param name="input">What it is called and grants.</param>
    /// <param name="copied">Key of the role whose grants it takes where it has none of its own.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PeopleResult> Create(Guid actor, string key, RoleInput input, string? copied = null, CancellationToken ct = default)
    {
        List<FieldError> errors = [.. Key().IsMatch(key) && key != "new" ? Array.Empty<FieldError>() : [new FieldError("key", "invalid_format")], .. Wrong(input)];
        if (errors.Count > 0)
        {
            return new PeopleResult.Refused(errors);
        }

        return await settings.Change<PeopleResult>(
            async scope =>
            {
                var normal = key.ToUpperInvariant();
                if (await scope.Db.Roles.AnyAsync(r => r.NormalizedName == normal, ct))
                {
                    return new PeopleResult.Refused("key", "taken");
                }

                var from = copied is null ? null : await scope.Db.Roles.AsNoTracking().SingleOrDefaultAsync(r => r.Name == copied, ct);
                if (copied is not null && from is null)
                {
                    return new PeopleResult.Missing();
                }

                var role = new Role { Id = time.NewId(), Name = key, NormalizedName = normal };
                Fill(role, input with { Grants = input.Grants ?? from?.Granted ?? [] });
                scope.Db.Add(role);
                scope.Db.Add(Event(actor, role, "role.created", null, copied));
                return new PeopleResult.Done(role.Id);
            },
            ct);
    }

    /// <summary>Renames a role or changes what it grants. What the administrator's grants stays, so that nobody locks everybody out.</summary>
    /// <param name="actor">Who changes it.</param>
    /// <param name="key">The role.</param>
    /// <param name="seen">The version they have seen; null takes any.</param>
    /// <param name="input">What changes.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PeopleResult> Change(Guid actor, string key, string? seen, RoleInput input, CancellationToken ct = default)
    {
        if (Wrong(input) is { Count: > 0 } errors)
        {
            return new PeopleResult.Refused(errors);
        }

        return await settings.Change<PeopleResult>(
            async scope =>
            {
                if (await scope.Db.Roles.SingleOrDefaultAsync(r => r.Name == key, ct) is not { } role)
                {
                    return new PeopleResult.Missing();
                }

                if (seen is not null && seen != role.ConcurrencyStamp)
                {
                    return new PeopleResult.Stale(role.ConcurrencyStamp ?? "");
                }

                if (input.Grants is not null && key == BuiltInRoles.Administrator)
                {
                    return new PeopleResult.Refused("grants", "last_administrator");
                }

                var before = Told(role);
                Fill(role, input);
                await scope.Db.SaveChangesAsync(ct);
                if (before.Grants.ContainsKey(Permission.ManagePeople) && !await Accounts.AnotherAdministrator(scope.Db, Guid.Empty, ct))
                {
                    return new PeopleResult.Refused("grants", "last_administrator");
                }

                scope.Db.Add(Event(actor, role, "role.changed", before, null));
                return new PeopleResult.Done(role.Id);
            },
            ct);
    }

    /// <summary>Removes a role that nobody holds and no rule names; those that came with the product stay.</summary>
    public Task<PeopleResult> Remove(Guid actor, string key, CancellationToken ct = default) => settings.Change<PeopleResult>(
        async scope =>
        {
            var db = scope.Db;
            if (await db.Roles.SingleOrDefaultAsync(r => r.Name == key, ct) is not { } role)
            {
                return new PeopleResult.Missing();
            }

            if (role.BuiltIn)
            {
                return new PeopleResult.Refused("", "role_built_in");
            }

            if (await db.UserRoles.AnyAsync(h => h.RoleId == role.Id, ct))
            {
                return new PeopleResult.Refused("", "role_held");
            }

            if (await PolicyNames.KindsNaming(db, PolicyNames.Roles, key, ct) is { Count: > 0 })
            {
                return new PeopleResult.Refused("", "named_by_policy");
            }

            db.Remove(role);
            db.Add(Event(actor, role, "role.removed", null, null));
            return new PeopleResult.Done(role.Id);
        },
        ct);

    private static void Fill(Role role, RoleInput input)
    {
        role.Title = input.Title is null ? role.Title : Blank(input.Title);
        role.TitleEn = input.TitleEn is null ? role.TitleEn : Blank(input.TitleEn);
        role.Grants = input.Grants is { } grants ? Json.Write(grants.Where(g => g.Value != DataScope.None).ToDictionary()) : role.Grants;
        role.ConcurrencyStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    }

    private static string? Blank(string text) => text.Trim() is { Length: > 0 } kept ? kept : null;

    private static List<FieldError> Wrong(RoleInput input) =>
    [
        .. new[] { ("title", input.Title), ("titleEn", input.TitleEn) }.SelectMany(t =>
            t.Item2?.Trim().Length > LongestTitle ? [new FieldError(t.Item1, "too_long", $"{LongestTitle}")]
            : t.Item2?.Any(char.IsControl) == true ? [new FieldError(t.Item1, "control_character")]
            : Array.Empty<FieldError>()),
    ];

    private static RoleEventData Told(Role role) => new(role.Name!, role.Title, role.TitleEn, role.Granted);

    private EventRecord Event(Guid actor, Role role, string kind, RoleEventData? before, string? copied) => new()
    {
        At = time.Now,
        ActorId = actor,
        SubjectId = role.Id,
        Kind = kind,
        Data = Json.Write(new RoleChangeData(before, Told(role), copied)),
    };

    [GeneratedRegex("^[a-z][a-z0-9_]{1,59}$")]
    private static partial Regex Key();
}

/// <summary>A role as the log tells it.</summary>
public sealed record RoleEventData(string Key, string? Title, string? TitleEn, IReadOnlyDictionary<Permission, DataScope> Grants);

/// <summary>What the log keeps of a change of a role.</summary>
/// <param name="Before">As it was; null when it was made or removed.</param>
/// <param name="After">As it is, or was when it was removed.</param>
/// <param name="Copied">Key of the role it was copied from.</param>
public sealed record RoleChangeData(RoleEventData? Before, RoleEventData After, string? Copied);
