using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>What a code came to.</summary>
/// <param name="Means">With what they signed in.</param>
/// <param name="Number">The number of the try, cleared when the session begins.</param>
public sealed record RightCode(SignInMeans Means, int Number);

/// <summary>Checks the second step of a sign-in: a code of the authenticator app, or a recovery code. Wrong ones count to the lock.</summary>
public sealed class CheckCode(Store store, Vault vault, TimeProvider time)
{
    /// <summary>Checks a code of somebody whose password was right; null when it is refused.</summary>
    /// <param name="userId">Who signs in.</param>
    /// <param name="stamp">The stamp that came with the password; another one means that it was changed meanwhile.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<RightCode?> Try(Guid userId, string stamp, string? code, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            var db = scope.Db;
            if (await SignInTries.Take(db, userId, time.Now, ct) is not { } number || !await db.Users.AnyAsync(u => u.Id == userId && u.SecurityStamp == stamp, ct))
            {
                return null;
            }

            var means = await Use(db, userId, code ?? "", ct);
            if (means is null)
            {
                SignInTries.Fail(db, time, userId, number, "code");
            }
            else if (means == SignInMeans.RecoveryCode)
            {
                db.Add(time.Event(userId, userId, "user.recovery_code_used"));
            }

            await db.SaveChangesAsync(ct);
            return means is { } right ? new RightCode(right, number) : null;
        },
        ct);

    /// <summary>Checks a code of somebody who is signed in, as before a change of their account.</summary>
    public Task<bool> Confirm(Guid userId, string? code, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            if (await SignInTries.Take(scope.Db, userId, time.Now, ct) is not { } number)
            {
                return false;
            }

            var right = await Use(scope.Db, userId, code ?? "", ct) is not null;
            if (right)
            {
                await SignInTries.Clear(scope.Db, userId, number, ct);
            }
            else
            {
                SignInTries.Fail(scope.Db, time, userId, number, "code");
            }

            await scope.Db.SaveChangesAsync(ct);
            return right;
        },
        ct);

    /// <summary>The keyed hash of a recovery code; spaces, dashes and case do not matter.</summary>
    internal static Guid HashOf(Vault vault, Guid userId, string code) =>
        vault.Index('2', $"{userId:N}:{string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()}");

    // Each works once: what is used up in one statement cannot be used by two at the same time.
    private async Task<SignInMeans?> Use(GranaryDb db, Guid userId, string code, CancellationToken ct)
    {
        if (await db.Set<SecondFactor>().AsNoTracking().SingleOrDefaultAsync(f => f.UserId == userId && f.ConfirmedAt != null, ct) is not { } factor)
        {
            return null;
        }

        var now = time.Now;
        if (Totp.Match(Base32.Read(vault.Open(factor.Secret))!, code, now, factor.LastStep) is { } step)
        {
            var used = await db.Set<SecondFactor>().Where(f => f.UserId == userId && f.LastStep < step).ExecuteUpdateAsync(f => f.SetProperty(x => x.LastStep, step), ct);
            return used > 0 ? SignInMeans.Code : null;
        }

        var hash = HashOf(vault, userId, code);
        var spent = await db.Set<RecoveryCode>().Where(c => c.UserId == userId && c.Hash == hash && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), ct);
        return spent > 0 ? SignInMeans.RecoveryCode : null;
    }
}
