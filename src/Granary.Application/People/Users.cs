using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A user with their roles.</summary>
/// <param name="User">The user.</param>
/// <param name="Roles">Role keys.</param>
public sealed record UserWithRoles(User User, IReadOnlyList<string> Roles)
{
    /// <summary>The same as an administrator would say it.</summary>
    public UserInput Input => new()
    {
        Name = User.Name,
        Email = User.Email ?? "",
        DepartmentId = User.DepartmentId,
        Roles = Roles,
        Status = User.Status,
        Profile = Json.Read<AssignmentProfile>(User.Profile),
    };
}

/// <summary>Reads users.</summary>
public static class Users
{
    /// <summary>One user; null when there is none.</summary>
    public static async Task<UserWithRoles?> Find(GranaryDb db, Guid id, CancellationToken ct = default) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct) is { } user ? (await WithRoles(db, [user], ct))[0] : null;

    /// <summary>Users in the order in which they were added.</summary>
    /// <param name="db">The database.</param>
    /// <param name="after">The last id of the page before; ids are time-ordered.</param>
    /// <param name="search">Part of the name or address; null for all.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IReadOnlyList<UserWithRoles>> List(GranaryDb db, Guid? after, string? search, int take, CancellationToken ct = default)
    {
        var users = db.Users.AsNoTracking();
        if (after is { } last)
        {
            users = users.Where(u => u.Id > last);
        }

        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = search.Trim();
            var address = part.ToUpperInvariant();
            users = users.Where(u => u.Name.Contains(part) || u.NormalizedEmail!.Contains(address));
        }

        return await WithRoles(db, await users.OrderBy(u => u.Id).Take(take).ToListAsync(ct), ct);
    }

    internal static async Task<UserInput> Input(GranaryDb db, User user, CancellationToken ct) => (await WithRoles(db, [user], ct))[0].Input;

    private static async Task<List<UserWithRoles>> WithRoles(GranaryDb db, List<User> users, CancellationToken ct)
    {
        var ids = users.ConvertAll(u => u.Id);
        var roles = (await db.UserRoles.Where(r => ids.Contains(r.UserId)).Join(db.Roles, h => h.RoleId, r => r.Id, (h, r) => new { h.UserId, r.Name }).ToListAsync(ct))
            .ToLookup(r => r.UserId, r => r.Name!);
        return users.ConvertAll(u => new UserWithRoles(u, [.. roles[u.Id].Order(StringComparer.Ordinal)]));
    }
}
