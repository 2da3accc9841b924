using System.Security.Cryptography;
using Granary.Application.Assignment;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Makes users' rows: sign-in, roles, the counter that caps look at.</summary>
internal static class Accounts
{
    private static readonly PasswordHasher<User> Hasher = new();

    /// <summary>A user as they will be stored, without a password where they set it themselves. Hashing is slow on purpose, so it is done before the transaction.</summary>
    public static User New(TimeProvider time, UserInput input, string? password)
    {
        var user = new User
        {
            Id = time.NewId(),
            Name = input.Name,
            EmailConfirmed = true,
            LockoutEnabled = true,
            CreatedAt = time.Now,
        };
        user.PasswordHash = password is null ? null : Hasher.HashPassword(user, password);
        Renew(user);
        Fill(user, input);
        return user;
    }

    /// <summary>Writes what an administrator says into a user's row.</summary>
    public static void Fill(User user, UserInput input)
    {
        user.Name = input.Name;
        user.Email = user.UserName = input.Email;
        user.NormalizedEmail = user.NormalizedUserName = Normal(input.Email);
        user.DepartmentId = input.DepartmentId;
        user.Status = input.Status;
        user.Profile = Json.Write(input.Profile);
        user.ConcurrencyStamp = Stamp();
    }

    /// <summary>Writes the profile, and that the user has changed.</summary>
    public static void Put(User user, AssignmentProfile profile) => (user.Profile, user.ConcurrencyStamp) = (Json.Write(profile), Stamp());

    /// <summary>Sets another password.</summary>
    public static void SetPassword(User user, string hash)
    {
        user.PasswordHash = hash;
        Renew(user);
    }

    /// <summary>The hash of a password.</summary>
    public static string Hash(User user, string password) => Hasher.HashPassword(user, password);

    /// <summary>Makes what was begun with the password of before worth nothing.</summary>
    private static void Renew(User user) => user.SecurityStamp = Stamp();

    /// <summary>The form in which addresses are compared.</summary>
    public static string Normal(string email) => email.ToUpperInvariant();

    /// <summary>Adds the user with what belongs to them.</summary>
    public static async Task Add(GranaryDb db, User user, IEnumerable<string> roles, CancellationToken ct)
    {
        db.Add(user);
        db.Add(new UserLoad { UserId = user.Id });
        db.AddRange(await RoleRows(db, user.Id, roles, ct));
    }

    /// <summary>The roles of a user as rows.</summary>
    public static async Task<List<IdentityUserRole<Guid>>> RoleRows(GranaryDb db, Guid userId, IEnumerable<string> roles, CancellationToken ct)
    {
        var keys = roles.ToArray();
        return await db.Roles.Where(r => keys.Contains(r.Name!)).Select(r => new IdentityUserRole<Guid> { UserId = userId, RoleId = r.Id }).ToListAsync(ct);
    }

    /// <summary>Whether somebody besides a user may still manage people.</summary>
    public static async Task<bool> AnotherAdministrator(GranaryDb db, Guid but, CancellationToken ct)
    {
        var roles = (await db.Roles.AsNoTracking().ToListAsync(ct))
            .Where(r => r.Granted.ContainsKey(Permission.ManagePeople)).Select(r => r.Id).ToArray();
        return await db.UserRoles.AnyAsync(
            r => r.UserId != but && roles.Contains(r.RoleId) && db.Users.Any(u => u.Id == r.UserId && u.Status != PersonStatus.Departed), ct);
    }

    private static string Stamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
