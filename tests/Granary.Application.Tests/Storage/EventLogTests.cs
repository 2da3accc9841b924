using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Storage;

public sealed class EventLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_position_below_which_somebody_still_writes_is_not_settled()
    {
        Assert.SkipWhen(PostgresServer.MissingReason is not null, PostgresServer.MissingReason ?? "");
        await using var database = await TestDatabase.Open(DatabaseKind.Postgres);
        var log = new EventLog(database.Store);
        await using var early = database.Store.Open();
        await using var late = database.Store.Open();
        await using var first = await early.Database.BeginTransactionAsync(Ct);
        await using var second = await late.Database.BeginTransactionAsync(Ct);
        // The one with the lower number of a transaction takes the higher position, and ends first.
        await early.Database.ExecuteSqlAsync($"SELECT pg_current_xact_id()", Ct);
        late.Add(Event("late"));
        await late.SaveChangesAsync(Ct);
        early.Add(Event("early"));
        await early.SaveChangesAsync(Ct);
        await first.CommitAsync(Ct);
        var position = early.ChangeTracker.Entries<EventRecord>().Single().Entity.Position;

        Assert.InRange(await log.Settled(Ct), 0, position - 2);
        Assert.InRange(await log.Settled(Ct), 0, position - 2);
        await second.CommitAsync(Ct);
        Assert.Equal(position, await log.Settled(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_log_in_which_nobody_writes_is_settled_at_once(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Store.Open();
        db.Add(Event("one"));
        await db.SaveChangesAsync(Ct);
        Assert.Equal(db.ChangeTracker.Entries<EventRecord>().Single().Entity.Position, await new EventLog(database.Store).Settled(Ct));
    }

    [Fact]
    public async Task A_position_that_was_given_up_holds_nobody_back()
    {
        Assert.SkipWhen(PostgresServer.MissingReason is not null, PostgresServer.MissingReason ?? "");
        await using var database = await TestDatabase.Open(DatabaseKind.Postgres);
        await using var db = database.Store.Open();
        db.Add(Event("one"));
        await db.SaveChangesAsync(Ct);
        var position = db.ChangeTracker.Entries<EventRecord>().Single().Entity.Position;
        await using (var given = database.Store.Open())
        await using (await given.Database.BeginTransactionAsync(Ct))
        {
            given.Add(Event("given up"));
            await given.SaveChangesAsync(Ct);
        }

        Assert.InRange(await new EventLog(database.Store).Settled(Ct), position, long.MaxValue);
    }

    private static EventRecord Event(string kind) => new() { At = new FakeClock().Now, SubjectId = Guid.Empty, Kind = kind };
}
