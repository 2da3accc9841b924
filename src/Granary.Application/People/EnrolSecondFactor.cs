using System.Security.Cryptography;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>How somebody's second step stands.</summary>
/// <param name="Since">Since when a code is asked for; null while none is.</param>
/// <param name="Pending">The secret in base 32 that waits for its first code; null when none does.</param>
/// <param name="Codes">Recovery codes that are left.</param>
public sealed record SecondFactorState(DateTimeOffset? Since, string? Pending, int Codes);

/// <summary>Sets up, renews and takes away somebody's authenticator app (§18).</summary>
public sealed class EnrolSecondFactor(Store store, SettingCache settings, Vault vault, CheckPassword passwords, CheckCode codes, TimeProvider time)
{
    /// <summary>How many recovery codes there are.</summary>
    public const int RecoveryCodes = 10;

    // Fifty bits: enough against whoever has five tries, short enough to be written down.
    private const int RecoveryLength = 10;

    private const string RecoveryLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>How it stands.</summary>
    public async Task<SecondFactorState> Of(Guid userId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var factor = await db.Set<SecondFactor>().AsNoTracking().SingleOrDefaultAsync(f => f.UserId == userId, ct);
        var left = factor?.ConfirmedAt is null ? 0 : await db.Set<RecoveryCode>().CountAsync(c => c.UserId == userId && c.UsedAt == null, ct);
        return new(factor?.ConfirmedAt, factor is { ConfirmedAt: null } ? vault.Open(factor.Secret) : null, left);
    }

    /// <summary>Makes a secret for an app; nothing is asked for before <see cref="Confirm"/>. False when there is an app already.</summary>
    public Task<bool> Begin(Guid userId, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            var factors = scope.Db.Set<SecondFactor>();
            var factor = await factors.SingleOrDefaultAsync(f => f.UserId == userId, ct);
            if (factor is { ConfirmedAt: not null })
            {
                return false;
            }

            factor ??= factors.Add(new SecondFactor { UserId = userId }).Entity;
            factor.Secret = vault.Seal(Base32.Write(RandomNumberGenerator.GetBytes(Totp.SecretSize)));
            await scope.Db.SaveChangesAsync(ct);
            return true;
        },
        ct);

    /// <summary>Proves with a code that the app has the secret; gives the recovery codes, shown this once. Null when the code is wrong.</summary>
    public Task<IReadOnlyList<string>?> Confirm(Guid userId, string? code, CancellationToken ct = default) => settings.Change<IReadOnlyList<string>?>(
        async scope =>
        {
            var factor = await scope.Db.Set<SecondFactor>().SingleOrDefaultAsync(f => f.UserId == userId && f.ConfirmedAt == null, ct);
            if (factor is null || Totp.Match(Base32.Read(vault.Open(factor.Secret))!, code ?? "", time.Now, factor.LastStep) is not { } step)
            {
                return null;
            }

            (factor.ConfirmedAt, factor.LastStep) = (time.Now, step);
            scope.Db.Add(time.Event(userId, userId, "user.second_factor_enrolled"));
            return await NewCodes(scope.Db, userId, ct);
        },
        ct);

    /// <summary>Makes other recovery codes, shown this once; asks for a code. Null when it is wrong.</summary>
    public async Task<IReadOnlyList<string>?> Renew(Guid userId, string? code, CancellationToken ct = default)
    {
        if (!await codes.Confirm(userId, code, ct))
        {
            return null;
        }

        return await store.Write<IReadOnlyList<string>>(
            async scope =>
            {
                var made = await NewCodes(scope.Db, userId, ct);
                scope.Db.Add(time.Event(userId, userId, "user.recovery_codes_renewed"));
                await scope.Db.SaveChangesAsync(ct);
                return made;
            },
            ct);
    }

    /// <summary>Takes the app away; asks for the password and a code. False when one of them is wrong.</summary>
    public async Task<bool> Remove(Guid userId, string? password, string? code, CancellationToken ct = default) =>
        await passwords.Confirm(userId, password, ct) && await codes.Confirm(userId, code, ct) && await TakeAway(userId, userId, lost: false, ct);

    /// <summary>Takes somebody's lost app away for them, and ends their sessions. False when they have none.</summary>
    public Task<bool> Reset(Guid actor, Guid userId, CancellationToken ct = default) => TakeAway(actor, userId, lost: true, ct);

    private Task<bool> TakeAway(Guid actor, Guid userId, bool lost, CancellationToken ct) => settings.Change(
        async scope =>
        {
            if (await scope.Db.Set<SecondFactor>().Where(f => f.UserId == userId).ExecuteDeleteAsync(ct) == 0)
            {
                return false;
            }

            await scope.Db.Set<RecoveryCode>().Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
            if (lost)
            {
                await Sessions.EndAll(scope.Db, time, actor, userId, "second_factor", null, ct);
            }

            scope.Db.Add(time.Event(actor, userId, lost ? "user.second_factor_reset" : "user.second_factor_removed"));
            return true;
        },
        ct);

    private async Task<IReadOnlyList<string>> NewCodes(GranaryDb db, Guid userId, CancellationToken ct)
    {
        await db.Set<RecoveryCode>().Where(c => c.UserId == userId).ExecuteDeleteAsync(ct);
        var made = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryLetters, RecoveryLength)).ToList();
        db.AddRange(made.Select(code => new RecoveryCode { UserId = userId, Hash = CheckCode.HashOf(vault, userId, code) }));
        return made.ConvertAll(code => $"{code[..(RecoveryLength / 2)]}-{code[(RecoveryLength / 2)..]}");
    }
}
