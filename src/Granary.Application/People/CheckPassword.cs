using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>What a try to sign in by password came to.</summary>
public abstract record PasswordCheck
{
    /// <summary>It is right, and nothing more is asked for.</summary>
    /// <param name="UserId">Who it is.</param>
    /// <param name="Number">The number of the try, cleared when the session begins.</param>
    public sealed record Right(Guid UserId, int Number) : PasswordCheck;

    /// <summary>It is right, and a code of the authenticator app is asked for next.</summary>
    /// <param name="UserId">Who it is.</param>
    /// <param name="Stamp">Changes with the password.</param>
    public sealed record CodeNext(Guid UserId, string Stamp) : PasswordCheck;

    /// <summary>It is refused: a wrong or locked password, an unknown address, or somebody who may not act; the same answer for all.</summary>
    public sealed record Refused : PasswordCheck;

    /// <summary>Too many are signing in at this moment.</summary>
    public sealed record Busy : PasswordCheck;
}

/// <summary>
/// Checks passwords (§18). Hashing is slow on purpose, so only a few are hashed at once, and whoever waits long is sent away:
/// a flood of tries costs the others nothing but their place in the line.
/// </summary>
public sealed class CheckPassword(Store store, SettingCache settings, IPasswordHasher<User> hasher, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Compared with where nobody is found, so that every answer takes as long.
    private readonly User _nobody = Nobody(hasher);
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Checks an address and a password; the fifth failure locks the account for ten minutes.</summary>
    public async Task<PasswordCheck> Try(string? email, string? password, CancellationToken ct = default)
    {
        if (!await _hashing.WaitAsync(Patience, ct))
        {
            return new PasswordCheck.Busy();
        }

        try
        {
            await using var db = store.Open();
            var name = Accounts.Normal(email?.Trim() ?? "");
            var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, ct);
            return await Right(user, password, ct) is not { } number || (await settings.Get(ct)).ViewerOf(user!.Id) is null ? new PasswordCheck.Refused()
                : await StampWhereCodeIsNext(user.Id, ct) is { } stamp ? await CodeNext(user.Id, number, stamp, ct)
                : new PasswordCheck.Right(user.Id, number);
        }
        finally
        {
            _hashing.Release();
        }
    }

    /// <summary>Checks the password of somebody who is signed in, as before a change of their account; wrong ones count like those at sign-in.</summary>
    public async Task<bool> Confirm(Guid userId, string? password, CancellationToken ct = default)
    {
        if (!await _hashing.WaitAsync(Patience, ct))
        {
            return false;
        }

        try
        {
            await using var db = store.Open();
            var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, ct);
            if (await Right(user, password, ct) is not { } number)
            {
                return false;
            }

            await store.Write(scope => SignInTries.Clear(scope.Db, userId, number, ct), ct);
            return true;
        }
        finally
        {
            _hashing.Release();
        }
    }

    /// <summary>The stamp of somebody who is asked for a code besides; null where nothing more is asked for.</summary>
    public async Task<string?> StampWhereCodeIsNext(Guid userId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Users.Where(u => u.Id == userId && db.Set<SecondFactor>().Any(f => f.UserId == u.Id && f.ConfirmedAt != null)).Select(u => u.SecurityStamp).SingleOrDefaultAsync(ct);
    }

    /// <inheritdoc />
    public void Dispose() => _hashing.Dispose();

    // The number of the try when the password is right.
    private async Task<int?> Right(User? user, string? password, CancellationToken ct)
    {
        var number = user?.PasswordHash is null ? null : await store.Write(scope => SignInTries.Take(scope.Db, user.Id, time.Now, ct), ct);
        var compared = number is null ? _nobody : user!;
        var right = hasher.VerifyHashedPassword(compared, compared.PasswordHash!, password ?? "") != PasswordVerificationResult.Failed;
        if (number is not { } taken || right)
        {
            return number is null || !right ? null : number;
        }

        await store.Write(
            async scope =>
            {
                SignInTries.Fail(scope.Db, time, user!.Id, taken, "password");
                await scope.Db.SaveChangesAsync(ct);
            },
            ct);
        return null;
    }

    private async Task<PasswordCheck> CodeNext(Guid userId, int number, string stamp, CancellationToken ct)
    {
        await store.Write(scope => SignInTries.GiveBack(scope.Db, userId, number, ct), ct);
        return new PasswordCheck.CodeNext(userId, stamp);
    }

    private static User Nobody(IPasswordHasher<User> hasher)
    {
        var nobody = new User { Name = "" };
        nobody.PasswordHash = hasher.HashPassword(nobody, "");
        return nobody;
    }
}
