using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Storage;

public sealed class EventDigestTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 1, 0, 0, 123, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task The_digest_of_an_event_is_the_same_on_both_databases_and_for_ever(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await database.Store.Write(async scope =>
        {
            scope.Db.Add(new EventRecord { Position = 42, At = At, ActorId = null, SubjectId = Guid.Parse("01936a3c-0000-7000-8000-000000000001"), Kind = "lead.captured", Data = """{"channel":"展会/上海"}""" });
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);
        await using var db = database.Store.Open();
        var digest = EventDigest.Of(await db.Set<EventRecord>().SingleAsync(e => e.Position == 42, Ct));
        Assert.Equal("abd82cbc84306a79f96428fec41a51bf1a44bbe4b3ae75322abb244f4602cae2", Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Every_part_of_an_event_is_in_its_digest()
    {
        var (actor, subject) = (Guid.CreateVersion7(At), Guid.CreateVersion7(At));
        EventRecord Event() => new() { Position = 1, At = At, ActorId = actor, SubjectId = subject, Kind = "lead.moved", Data = "{}" };
        List<EventRecord> all = [Event(), Event(), Event(), Event(), Event(), Event(), Event(), Event(), Event()];
        all[1].Position = 2;
        all[2].At = At.AddMilliseconds(1);
        all[3].ActorId = null;
        all[4].ActorId = Guid.Empty;
        all[5].SubjectId = actor;
        all[6].Kind = "lead.move";
        all[7].Data = "{ }";
        (all[8].Kind, all[8].Data) = ("lead.moved{", "}");
        Assert.Equal(all.Count, all.Select(e => Convert.ToHexString(EventDigest.Of(e))).Distinct().Count());
    }
}
