using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Pools;

/// <summary>
/// Gives accounts to pools and lets members claim them, by the same rules as leads (§9, §12): membership, claim cap, holding cap and
/// cool-down of the pool. The claimer's row is locked, then the account: whoever comes second finds it owned.
/// </summary>
public sealed class MoveAccount(Store store, SettingCache settings, TimeProvider time)
{
    private static readonly string[] Closed = [PoolKeys.Invalid, PoolKeys.Blacklist];

    /// <summary>Gives an account to a pool; its owner gives it back, or who reaches its owner takes it away.</summary>
    /// <param name="viewer">Who; they must reach the account.</param>
    /// <param name="id">The account.</param>
    /// <param name="pool">The pool's key; the one that takes what is returned when left out.</param>
    /// <param name="reason">Why, 1 to 500 characters.</param>
    /// <param name="seen">The version that was seen; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<Account>> Return(Viewer viewer, Guid id, string? pool, string? reason, int? seen = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var key = string.IsNullOrWhiteSpace(pool) ? setting.PoolRules.ReturnPool : pool.Trim();
        return await store.Write<AccountResult<Account>>(
            async scope =>
            {
                if (!await viewer.Accounts(scope.Db).AnyAsync(a => a.Id == id, ct))
                {
                    return new AccountResult<Account>.NotFound();
                }

                if (string.IsNullOrWhiteSpace(reason))
                {
                    return new AccountResult<Account>.Refused("reason_required");
                }

                if (reason.Trim().Length > VerbReason.Most)
                {
                    return new AccountResult<Account>.Invalid([new FieldError("reason", "too_long", $"{VerbReason.Most}")]);
                }

                if (setting.Pools.Find(key) is not { } to || Closed.Contains(key))
                {
                    return new AccountResult<Account>.Invalid([new FieldError("pool", "unknown_value")]);
                }

                var account = await Locked(scope, id, ct);
                if (seen is { } version && version != account.Version)
                {
                    return new AccountResult<Account>.Stale(account.Version);
                }

                var (from, now, why) = (account.OwnerId, time.Now, VerbReason.Kept(reason));
                await scope.Db.Set<AccountClaim>().Where(c => c.AccountId == id && c.UserId == from && c.ReturnedAt == null)
                    .ExecuteUpdateAsync(c => c.SetProperty(x => x.ReturnedAt, now), ct);
                (account.PoolId, account.PooledAt) = (to.Id, now);
                await Hand(scope, account, null, ct);
                scope.Db.Add(AccountEvent.Of(id, AccountEvent.Pooled, now, viewer.UserId, new { from, pool = key, reason = why }));
                await scope.Db.SaveChangesAsync(ct);
                return new AccountResult<Account>.Done(account);
            },
            ct);
    }

    /// <summary>Claims an account from a pool 领取.</summary>
    /// <param name="viewer">Who; a member of the pool.</param>
    /// <param name="id">The account.</param>
    /// <param name="seen">The version that was seen; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<Account>> Claim(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var pools = PooledAccounts.PoolsOf(viewer, setting).ToArray();
        return await store.Write<AccountResult<Account>>(
            async scope =>
            {
                var (db, me, now) = (scope.Db, viewer.UserId, time.Now);
                if (!await db.Set<Account>().AnyAsync(a => a.Id == id && a.MergedIntoId == null && a.PoolId != null && pools.Contains(a.PoolId.Value), ct))
                {
                    return await Lost(db, pools, id, ct) ? new AccountResult<Account>.Refused(ClaimRefusal.AlreadyOwned.Code())
                        : await viewer.Accounts(db).AnyAsync(a => a.Id == id, ct) ? new AccountResult<Account>.Refused(ClaimRefusal.NotInPool.Code())
                        : new AccountResult<Account>.NotFound();
                }

                if (!viewer.May(Permission.ClaimLeads))
                {
                    return new AccountResult<Account>.Refused("forbidden");
                }

                // Their own row is the lock of what they have claimed and hold.
                await db.Users.Where(u => u.Id == me).ExecuteUpdateAsync(u => u.SetProperty(x => x.Name, x => x.Name), ct);
                var account = await Locked(scope, id, ct);
                var rules = setting.PoolRules.For(account.PoolId is { } lies ? setting.Pools.Find(lies)?.Key : null);
                if (Domain.Ownership.Claim.Refusal(rules, await Facts(db, setting, account, me, ct), now) is { } refusal)
                {
                    return new AccountResult<Account>.Refused(refusal.Code());
                }

                if (seen is { } version && version != account.Version)
                {
                    return new AccountResult<Account>.Stale(account.Version);
                }

                var pool = account.PoolId!.Value;
                (account.PoolId, account.PooledAt) = (null, null);
                db.Add(new AccountClaim { Id = time.NewId(), AccountId = id, UserId = me, PoolId = pool, At = now });
                await Hand(scope, account, me, ct);
                db.Add(AccountEvent.Of(id, AccountEvent.Claimed, now, me, new { ownerId = me, pool = setting.Pools.Find(pool)?.Key }));
                await db.SaveChangesAsync(ct);
                return new AccountResult<Account>.Done(account);
            },
            ct);
    }

    // Whoever comes second saw it in their pool a moment ago.
    private static Task<bool> Lost(GranaryDb db, Guid[] pools, Guid id, CancellationToken ct) =>
        db.Set<AccountClaim>().AnyAsync(c => c.AccountId == id && c.ReturnedAt == null && pools.Contains(c.PoolId), ct);

    private async Task<ClaimCase> Facts(GranaryDb db, Setting setting, Account account, Guid me, CancellationToken ct)
    {
        var (claims, today) = (db.Set<AccountClaim>().Where(c => c.UserId == me), setting.Calendar.StartOf(setting.Calendar.DateOf(time.Now)));
        return new ClaimCase
        {
            Owned = account.OwnerId is not null,
            InPool = account.PoolId is not null,
            Member = account.PoolId is { } pool && setting.Pools.Of(me).Contains(pool),
            Active = setting.CanOwn(me),
            LostAt = await claims.Where(c => c.AccountId == account.Id).MaxAsync(c => c.ReturnedAt, ct),
            ClaimedToday = await claims.CountAsync(c => c.At >= today, ct),
            Holding = await db.Set<Account>().CountAsync(a => a.OwnerId == me && a.MergedIntoId == null, ct),
        };
    }

    // Leads of its company find their owner by the keys.
    private async Task Hand(WriteScope scope, Account account, Guid? owner, CancellationToken ct)
    {
        (account.OwnerId, account.Version, account.ChangedAt) = (owner, account.Version + 1, time.Now);
        await scope.Db.Set<AccountKey>().Where(k => k.AccountId == account.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.OwnerId, owner), ct);
    }

    private static Task<Account> Locked(WriteScope scope, Guid id, CancellationToken ct) =>
        (scope.Store.IsSqlite ? scope.Db.Set<Account>().Where(a => a.Id == id) : scope.Db.Set<Account>().FromSql($"SELECT * FROM account WHERE id = {id} FOR UPDATE")).SingleAsync(ct);
}
