using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>
/// Counts tries to sign in (§18). A try is taken before it is looked at, in one statement that the database does one after
/// another: however many come at once, no more than five are ever compared with a password or a code.
/// </summary>
internal static class SignInTries
{
    /// <summary>How many tries there are before the account is locked.</summary>
    public const int Most = 5;

    /// <summary>How long an account stays locked.</summary>
    public static readonly TimeSpan Locked = TimeSpan.FromMinutes(10);

    /// <summary>Takes a try; its number from 1 on, null while the account is locked.</summary>
    public static async Task<int?> Take(GranaryDb db, Guid userId, DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset? until = now + Locked;
        // An end in the past is that of a lock that is over, and counting begins anew.
        var taken = await db.Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now)).ExecuteUpdateAsync(
            u => u
                .SetProperty(x => x.AccessFailedCount, x => x.LockoutEnd != null ? 1 : x.AccessFailedCount + 1)
                .SetProperty(x => x.LockoutEnd, x => x.LockoutEnd == null && x.AccessFailedCount + 1 >= Most ? until : null),
            ct);
        return taken == 0 ? null : await db.Users.Where(u => u.Id == userId).Select(u => u.AccessFailedCount).SingleAsync(ct);
    }

    /// <summary>The try succeeded: counting begins anew. A lock that another try brought about meanwhile stays.</summary>
    public static Task Clear(GranaryDb db, Guid userId, int number, CancellationToken ct) =>
        Own(db, userId, number).ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null), ct);

    /// <summary>The try was right, but more is asked for: it does not count, and the wrong ones before it still do.</summary>
    public static Task GiveBack(GranaryDb db, Guid userId, int number, CancellationToken ct) =>
        Own(db, userId, number).ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, x => x.AccessFailedCount - 1).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null), ct);

    /// <summary>Writes that a try failed, and that it locked the account.</summary>
    public static void Fail(GranaryDb db, TimeProvider time, Guid userId, int number, string step)
    {
        db.Add(time.Event(null, userId, "user.sign_in_failed", new { Step = step, Try = number }));
        if (number >= Most)
        {
            db.Add(time.Event(null, userId, "user.locked_out", new { Until = time.Now + Locked }));
        }
    }

    private static IQueryable<User> Own(GranaryDb db, Guid userId, int number) => db.Users.Where(u => u.Id == userId && (u.LockoutEnd == null || number >= Most));
}
