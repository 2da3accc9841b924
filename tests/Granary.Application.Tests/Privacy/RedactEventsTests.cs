using Granary.Application.Privacy.Audit;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class RedactEventsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [OnBothDatabases(true)]
    [OnBothDatabases(false)]
    public async Task The_chain_stays_sound_when_a_person_is_erased_from_the_log(DatabaseKind kind, bool sealedBefore)
    {
        await using var log = await AuditLog.Open(kind);
        var (person, request) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await log.Happened(2);
        if (sealedBefore)
        {
            await log.Happened(3, person);
            Assert.Equal(3, await Erase(log, person, request, request));
        }
        else
        {
            await log.Store.Write(async scope =>
            {
                scope.Db.Add(new EventRecord { At = log.Clock.Now, SubjectId = person, Kind = "lead.edited", Data = """{"name":"张三"}""" });
                await scope.Db.SaveChangesAsync(Ct);
                await Clean(scope, log, person, request, request);
            }, Ct);
        }

        await log.Happened(2);
        Assert.Null(await log.Fault());
        await using var db = log.Store.Open();
        Assert.DoesNotContain(await db.Set<EventRecord>().Where(e => e.SubjectId == person).Select(e => e.Data).ToListAsync(Ct), d => d.Contains("张三", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_cleaned_twice_keeps_the_digest_of_what_was_written_first(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        var person = Guid.CreateVersion7();
        var position = (await log.Happened(1, person))[0];
        await Erase(log, person, Guid.CreateVersion7(), person);
        await using var db = log.Store.Open();
        var first = await db.Set<EventRedaction>().AsNoTracking().SingleAsync(Ct);
        var again = Guid.CreateVersion7();
        Assert.Equal(1, await log.Store.Write(scope => RedactEvents.At(scope, [position], _ => "{}", again, null, log.Clock.Now, Ct), Ct));
        var second = await db.Set<EventRedaction>().AsNoTracking().SingleAsync(Ct);
        Assert.Equal((Convert.ToHexString(first.Original), again), (Convert.ToHexString(second.Original), second.ReasonId));
        Assert.NotEqual(first.Present, second.Present);
        Assert.Equal(0, await log.Store.Write(scope => RedactEvents.At(scope, [position], _ => "{}", again, null, log.Clock.Now, Ct), Ct));
        Assert.Null(await log.Fault());
    }

    [Fact]
    public async Task Two_erasures_at_once_of_the_same_event_leave_a_sound_chain()
    {
        Assert.SkipWhen(PostgresServer.MissingReason is not null, PostgresServer.MissingReason ?? "");
        await using var log = await AuditLog.Open(DatabaseKind.Postgres);
        var person = Guid.CreateVersion7();
        var positions = await log.Happened(20, person);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => log.Store.Write(
            async scope =>
            {
                var request = Guid.CreateVersion7();
                await RedactEvents.At(scope, positions, e => e.Data.Replace("张三", $"*{i}*", StringComparison.Ordinal) + " ", request, null, log.Clock.Now, Ct);
                Tell(scope, log, request);
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct)));
        Assert.Null(await log.Fault());
    }

    [Theory]
    [OnBothDatabases("UPDATE event SET data = '[]' WHERE position = {0}", AuditFaultKind.RedactedEventChanged)]
    [OnBothDatabases("DELETE FROM event_redaction", AuditFaultKind.EventChanged)]
    [OnBothDatabases("UPDATE event_redaction SET original = present", AuditFaultKind.EventChanged)]
    [OnBothDatabases("UPDATE event_redaction SET present = original", AuditFaultKind.RedactedEventChanged)]
    [OnBothDatabases("UPDATE event_redaction SET told_by = 1", AuditFaultKind.RedactionUntold)]
    [OnBothDatabases("UPDATE event_redaction SET reason_id = (SELECT subject_id FROM event WHERE position = {0} - 1)", AuditFaultKind.RedactionUntold)]
    public async Task A_redaction_is_no_way_round_the_chain(DatabaseKind kind, string sql, AuditFaultKind fault)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(2);
        var person = Guid.CreateVersion7();
        var position = (await log.Happened(1, person))[0];
        await Erase(log, person, Guid.CreateVersion7(), person);
        await log.Happened(1);
        await log.Tamper(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, position));
        Assert.Equal(new AuditFault(fault, 2, position), await log.Fault());
    }

    [Theory, OnBothDatabases]
    public async Task A_redaction_that_no_erasure_covers_is_named(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        var (person, request) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var position = (await log.Happened(1, person))[0];
        await Erase(log, person, request, Guid.CreateVersion7());
        Assert.Equal(new AuditFault(AuditFaultKind.RedactionUncovered, 1, position), await log.Fault());
    }

    private static Task<int> Erase(AuditLog log, Guid person, Guid request, Guid told) => log.Store.Write(scope => Clean(scope, log, person, request, told), Ct);

    private static async Task<int> Clean(WriteScope scope, AuditLog log, Guid person, Guid request, Guid told)
    {
        var cleaned = await RedactEvents.OfSubjects(scope, [person], e => e.Data.Replace("张三", "", StringComparison.Ordinal), request, null, log.Clock.Now, Ct);
        Tell(scope, log, told);
        await scope.Db.SaveChangesAsync(Ct);
        return cleaned;
    }

    private static void Tell(WriteScope scope, AuditLog log, Guid subject) => scope.Db.Add(new EventRecord { At = log.Clock.Now, SubjectId = subject, Kind = RedactEvents.Erased });
}
