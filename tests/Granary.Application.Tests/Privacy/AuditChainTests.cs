using Granary.Application.Privacy.Audit;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

public sealed class AuditChainTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_chain_that_nobody_touched_is_sound_and_counts_every_event(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        await log.Happened(2_500);
        await log.Happened(1);
        var report = await log.Chain.Run(null, _ => Task.CompletedTask, Ct);
        await using var db = log.Store.Open();
        Assert.Equal((await db.Set<EventRecord>().LongCountAsync(Ct), 4, 0, null), (report.Events, report.Seals, report.Unsealed, report.Fault));
    }

    [Theory]
    [OnBothDatabases("UPDATE event SET data = '{{}}' WHERE position = {0}", AuditFaultKind.EventChanged)]
    [OnBothDatabases("UPDATE event SET kind = 'lead.voided' WHERE position = {0}", AuditFaultKind.EventChanged)]
    [OnBothDatabases("UPDATE event SET actor_id = NULL WHERE position = {0}", AuditFaultKind.EventChanged)]
    [OnBothDatabases("UPDATE event SET subject_id = (SELECT subject_id FROM event WHERE position = {0} - 1) WHERE position = {0}", AuditFaultKind.EventChanged)]
    [OnBothDatabases("UPDATE event SET at = (SELECT at FROM event ORDER BY at LIMIT 1) WHERE position = {0}", AuditFaultKind.EventChanged)]
    [OnBothDatabases("DELETE FROM event WHERE position = {0}", AuditFaultKind.EventMissing)]
    [OnBothDatabases("UPDATE event SET position = {0} + 100 WHERE position = {0}", AuditFaultKind.EventMissing)]
    public async Task What_was_done_to_an_event_is_named(DatabaseKind kind, string sql, AuditFaultKind fault)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(2);
        var positions = await log.Happened(9);
        await log.Happened(2);
        await log.Tamper(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, positions[4]).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        Assert.Equal(new AuditFault(fault, 2, positions[4]), await log.Fault());
    }

    [Theory, OnBothDatabases]
    public async Task Two_events_that_changed_places_are_named(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        var positions = await log.Happened(9);
        await log.Tamper($"""
            UPDATE event SET position = -1 WHERE position = {positions[3]};
            UPDATE event SET position = {positions[3]} WHERE position = {positions[5]};
            UPDATE event SET position = {positions[5]} WHERE position = -1;
            """);
        Assert.Equal(new AuditFault(AuditFaultKind.EventChanged, 1, positions[3]), await log.Fault());
    }

    [Theory]
    [OnBothDatabases(-7)]
    [OnBothDatabases(0)]
    public async Task An_event_put_before_the_beginning_is_named(DatabaseKind kind, long position)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        await Insert(log, position);
        Assert.Equal(new AuditFault(AuditFaultKind.EventInserted, 1, position), await log.Fault());
    }

    [Theory, OnBothDatabases]
    public async Task An_event_put_into_a_gap_is_named_also_between_two_seals(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        var gap = (await log.Happened(1))[0];
        await log.Tamper($"DELETE FROM event WHERE position = {gap}");
        await log.Tamper("DELETE FROM audit_seal WHERE number = 2");
        await log.Tamper("UPDATE log_position SET position = 0 WHERE consumer = 'audit'");
        // As if the database had jumped over this position.
        await log.Happened(3);
        Directory.Delete(Path.Combine(log.Database.Options.Directory, "audit"), recursive: true);
        Assert.Null(await log.Fault());
        await Insert(log, gap);
        Assert.Equal(new AuditFault(AuditFaultKind.EventInserted, 2, gap), await log.Fault());
    }

    [Theory]
    [OnBothDatabases("number = 9 WHERE number = 2", AuditFaultKind.SealMissing, 2)]
    [OnBothDatabases("number = 0 WHERE number = 2", AuditFaultKind.SealChanged, 1)]
    [OnBothDatabases("first = first + 1 WHERE number = 2", AuditFaultKind.SealChanged, 2)]
    [OnBothDatabases("last = last + 1 WHERE number = 2", AuditFaultKind.EventInserted, 2)]
    [OnBothDatabases("last = last - 1 WHERE number = 2", AuditFaultKind.EventMissing, 2)]
    [OnBothDatabases("events = events + 1 WHERE number = 2", AuditFaultKind.SealChanged, 2)]
    [OnBothDatabases("events = 2000000000 WHERE number = 2", AuditFaultKind.SealChanged, 2)]
    [OnBothDatabases("hash = (SELECT hash FROM audit_seal WHERE number = 1) WHERE number = 2", AuditFaultKind.SealChanged, 2)]
    [OnBothDatabases("marks = (SELECT marks FROM audit_seal WHERE number = 1) WHERE number = 2", AuditFaultKind.SealChanged, 2)]
    [OnBothDatabases("at = (SELECT at FROM audit_seal WHERE number = 1) WHERE number = 2", AuditFaultKind.SealChanged, 2)]
    public async Task What_was_done_to_a_seal_is_named(DatabaseKind kind, string change, AuditFaultKind fault, long seal)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        await log.Happened(4);
        await log.Happened(2);
        await log.Tamper($"UPDATE audit_seal SET {change}");
        var found = await log.Fault();
        Assert.Equal((fault, seal), (found?.Kind, found?.Seal));
    }

    [Theory, OnBothDatabases]
    public async Task A_seal_that_was_taken_out_is_named(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        await log.Happened(4);
        await log.Happened(2);
        await log.Tamper("DELETE FROM audit_seal WHERE number = 2");
        Assert.Equal(new AuditFault(AuditFaultKind.SealMissing, 2, null), await log.Fault());
    }

    [Theory, OnBothDatabases]
    public async Task The_end_of_the_chain_cannot_be_cut_off_with_what_it_seals(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        await log.Happened(3);
        var positions = await log.Happened(4);
        await log.Tamper($"DELETE FROM event WHERE position >= {positions[0]}");
        await log.Tamper("DELETE FROM audit_seal WHERE number = 2");
        Assert.Equal(new AuditFault(AuditFaultKind.SealMissing, 2, null), await log.Fault());

        await log.Tamper($"UPDATE log_position SET position = {positions[0] - 1} WHERE consumer = 'audit'");
        Assert.Equal(new AuditFault(AuditFaultKind.NotedSealMissing, 2, null), await log.Fault());

        await log.Happened(5);
        Assert.Equal(new AuditFault(AuditFaultKind.NotedSealMissing, 2, null), await log.Fault());
    }

    [Theory, OnBothDatabases]
    public async Task A_chain_that_was_computed_anew_does_not_have_the_seal_that_somebody_noted(DatabaseKind kind)
    {
        await using var log = await AuditLog.Open(kind);
        var positions = await log.Happened(3);
        var noted = log.Notes.Latest!.Hash;
        Assert.Null(await log.Fault(noted));
        await log.Tamper($"UPDATE event SET kind = 'lead.voided' WHERE position = {positions[1]}");
        await log.Tamper("DELETE FROM audit_seal");
        await log.Tamper("DELETE FROM log_position WHERE consumer = 'audit'");
        Directory.Delete(Path.Combine(log.Database.Options.Directory, "audit"), recursive: true);
        await log.Seals.Run(Ct);
        Assert.Null(await log.Fault());
        Assert.Equal(AuditFaultKind.NotedSealMissing, (await log.Fault(noted))?.Kind);
    }

    private static Task Insert(AuditLog log, long position) => log.Tamper(
        $"INSERT INTO event (position, at, subject_id, kind, data) SELECT {position}, at, subject_id, 'lead.claimed', '[]' FROM event ORDER BY position LIMIT 1");
}
