using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>Keeps the months of the event log ahead of the clock; done now and then while the product runs.</summary>
public sealed class EventMonthsAhead(Store store, TimeProvider time)
{
    /// <summary>Makes the months that are missing.</summary>
    public Task Prepare(CancellationToken ct) => store.PrepareEventMonths(time.Now, time.Now, ct);
}

/// <summary>Months of the partitioned event log on PostgreSQL.</summary>
public static class EventMonths
{
    private const int Ahead = 2;
    private const long LockKey = 0x4D_6F_6E_74_68_73; // "Months"

    /// <summary>Makes the months from a day until two months after another, where they are missing.</summary>
    public static async Task PrepareEventMonths(this Store store, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default)
    {
        if (store.IsSqlite)
        {
            return;
        }

        await using var db = store.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // "If not exists" does not keep two starting nodes from making the same month.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        var last = new DateOnly(to.UtcDateTime.Year, to.UtcDateTime.Month, 1).AddMonths(Ahead);
        for (var month = new DateOnly(from.UtcDateTime.Year, from.UtcDateTime.Month, 1); month <= last; month = month.AddMonths(1))
        {
            await db.Database.ExecuteSqlAsync($"SELECT event_month({month})", ct);
        }

        await transaction.CommitAsync(ct);
    }
}
