using Granary.Application.Privacy.Audit;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class SealEventsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_many_write_no_event_comes_between_sealed_ones_later()
    {
        Assert.SkipWhen(PostgresServer.MissingReason is not null, PostgresServer.MissingReason ?? "");
        await using var log = await AuditLog.Open(DatabaseKind.Postgres);
        await using var other = new Store(log.Database.Options);
        SealEvents[] sealing = [log.Seals, new SealEvents(other, new EventLog(other), new AuditNotes(log.Database.Options), log.Clock)];
        using var written = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var seals = sealing.Select(async seal =>
        {
            while (!written.IsCancellationRequested)
            {
                await seal.Run(Ct);
            }
        }).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 60; i++)
            {
                await (writer % 2 == 0 ? log.Store : other).Write(
                    async scope =>
                    {
                        // Some take their number long before their position, some after; some never commit.
                        await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_current_xact_id()", Ct);
                        for (var part = random.Next(1, 4); part > 0; part--)
                        {
                            scope.Db.Add(new EventRecord { At = log.Clock.Now, SubjectId = Guid.Empty, Kind = "lead.scored", Data = $$"""{"writer":{{writer}},"i":{{i}}}""" });
                            await scope.Db.SaveChangesAsync(Ct);
                            await Task.Delay(random.Next(0, 3), Ct);
                        }

                        if (random.Next(10) == 0)
                        {
                            scope.Abandon();
                        }
                    },
                    Ct);
            }
        }));
        await written.CancelAsync();
        await Task.WhenAll(seals);
        await log.Seals.Run(Ct);
        var report = await log.Chain.Run(null, _ => Task.CompletedTask, Ct);
        await using var db = log.Store.Open();
        Assert.Equal((await db.Set<EventRecord>().LongCountAsync(Ct), 0, null), (report.Events, report.Unsealed, report.Fault));
    }

    [Theory, OnBothDatabases]
    public async Task Who_was_killed_between_a_seal_and_its_note_notes_it_when_they_come_back(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        var folder = Path.Combine(log.Database.Options.Directory, "audit");
        var file = Directory.GetFiles(folder).Single();
        var before = await File.ReadAllTextAsync(file, Ct);
        await log.Happened(2);
        var after = await File.ReadAllTextAsync(file, Ct);
        Assert.StartsWith(before, after, StringComparison.Ordinal);

        // The second note was never written, or only in part.
        foreach (var left in new[] { before, after[..(before.Length + 20)] })
        {
            await File.WriteAllTextAsync(file, left, Ct);
            var notes = new AuditNotes(log.Database.Options);
            Assert.Equal(1, notes.Latest?.Number);
            await new SealEvents(log.Store, new EventLog(log.Store), notes, log.Clock).Run(Ct);
            Assert.Equal([1L, 2L], new AuditNotes(log.Database.Options).All().Select(n => n.Number));
            Assert.Null(await log.Fault());
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_node_notes_the_last_seal_at_most_once_a_minute_and_leaves_none_out_for_long(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(1);
        foreach (var (wait, numbers) in new (int, long[])[] { (20, [1]), (20, [1]), (20, [1, 4]), (20, [1, 4]) })
        {
            log.Clock.Advance(TimeSpan.FromSeconds(wait));
            await using (var db = log.Store.Open())
            {
                db.Add(new EventRecord { At = log.Clock.Now, SubjectId = Guid.Empty, Kind = "lead.scored" });
                await db.SaveChangesAsync(Ct);
            }

            await log.Seals.Run(Ct);
            Assert.Equal(numbers, Numbers());
        }

        log.Clock.Advance(SealEvents.NoteEvery);
        await log.Seals.Run(Ct);
        Assert.Equal([1L, 4L, 5L], Numbers());

        long[] Numbers() => [.. log.Notes.All().Select(n => n.Number)];
    }
}
