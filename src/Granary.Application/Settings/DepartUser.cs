using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>Who gets what a departing user has: exactly one of them.</summary>
/// <param name="To">A colleague gets everything.</param>
/// <param name="Pool">A pool, by its key, gets the leads and accounts; closed leads are nobody's then, opportunities their supervisor's.</param>
/// <param name="ByRule">The assignment rules find somebody for each lead; accounts and closed leads are nobody's then, opportunities their supervisor's.</param>
public sealed record Successor(Guid? To = null, string? Pool = null, bool ByRule = false);

/// <summary>
/// Lets a user depart 离职 (§2): one transaction hands over everything they have and closes their account, so that nothing is
/// owned by somebody inactive at any moment, not even while others are giving out leads.
/// </summary>
public sealed class DepartUser(Store store, SettingCache settings, Vault vault, TimeProvider time)
{
    /// <summary>What would be handed over.</summary>
    public async Task<Holdings?> Preview(Guid userId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Users.AnyAsync(u => u.Id == userId, ct) ? await Holdings.Of(db, userId, ct) : null;
    }

    /// <summary>Hands everything over and lets them go; who has gone already can be handed over what is left.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="userId">Who departs.</param>
    /// <param name="successor">Who gets what they have.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>What was handed over; null when nothing was.</returns>
    public async Task<(Holdings? HandedOver, PeopleResult Result)> Depart(Guid actor, Guid userId, Successor successor, CancellationToken ct = default)
    {
        Holdings? done = null;
        var result = await settings.Change<PeopleResult>(
            async scope =>
            {
                if (await scope.Db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user)
                {
                    return new PeopleResult.Missing();
                }

                if (await Error(scope.Db, userId, successor, ct) is { } error)
                {
                    return new PeopleResult.Refused([error]);
                }

                var holdings = await Holdings.Of(scope.Db, userId, ct);
                if (user.Status != PersonStatus.Departed)
                {
                    user.Status = PersonStatus.Departed;
                    await Sessions.EndAll(scope.Db, time, actor, userId, "departed", null, ct);
                    await InvitePerson.Withdraw(scope.Db, userId, time.Now, ct);
                    await scope.Db.SaveChangesAsync(ct);
                }

                // The setting as this transaction makes it: no rule finds who departs.
                var work = LeadWork.With(scope, await SettingLoader.Load(scope.Db, vault, time.Now, ct), vault, time.Now, actor);
                if (await new Handover(work, userId, successor).Run(holdings, ct) is { } full)
                {
                    scope.Abandon();
                    return new PeopleResult.Refused([full]);
                }

                await Parting.Take(scope.Db, userId, successor.To ?? actor, time.Now, ct);
                scope.Db.Add(time.Event(actor, userId, "user.departed", new { successor, holdings }));
                await work.Save(ct);
                done = holdings;
                return new PeopleResult.Done(userId);
            },
            ct);
        return (result is PeopleResult.Done ? done : null, result);
    }

    private static async Task<FieldError?> Error(GranaryDb db, Guid userId, Successor successor, CancellationToken ct)
    {
        if ((successor.To is null ? 0 : 1) + (successor.Pool is null ? 0 : 1) + (successor.ByRule ? 1 : 0) != 1)
        {
            return new FieldError("to", "required");
        }

        if (successor.To is { } to && (to == userId || !await db.Users.AnyAsync(u => u.Id == to && u.Status == PersonStatus.Active, ct)))
        {
            return new FieldError("to", "unknown_value");
        }

        if (successor.Pool is { } pool && (pool is PoolKeys.Invalid or PoolKeys.Blacklist || !await db.Set<Pool>().AnyAsync(p => p.Key == pool, ct)))
        {
            return new FieldError("pool", "unknown_value");
        }

        return await Accounts.AnotherAdministrator(db, userId, ct) ? null : new FieldError("status", "last_administrator");
    }
}
