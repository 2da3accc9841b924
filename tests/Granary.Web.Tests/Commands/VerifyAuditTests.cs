using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.People;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Commands;

/// <summary><c>verify-audit</c> as a person types it.</summary>
public sealed class VerifyAuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task It_counts_what_is_sealed_and_ends_with_one_when_an_event_was_changed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        Assert.Equal(0, (await Typing.Type(database, "migrate")).Exit);
        await Write(database, scope => scope.Db.AddRange(Enumerable.Range(0, 5).Select(i => new EventRecord { At = new FakeClock().Now, SubjectId = Guid.Empty, Kind = "lead.scored" })));

        var sound = await Typing.Type(database, "verify-audit");
        Assert.Equal((0, "events=5\nseals=1\nunsealed=0\nfault=none\n", ""), (sound.Exit, sound.Out.ReplaceLineEndings("\n"), sound.Error));
        var note = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(database.Options.Directory, "audit")).Single(), Ct);
        Assert.Equal(0, (await Typing.Type(database, "verify-audit", "--noted", note.Trim().Split(' ')[^1])).Exit);
        Assert.Equal(2, (await Typing.Type(database, "verify-audit", "--noted", "abc")).Exit);

        long position;
        await using (var db = database.Store.Open())
        {
            position = (await db.Set<EventRecord>().OrderBy(e => e.Position).Skip(2).FirstAsync(Ct)).Position;
        }

        await database.Store.Write(scope => scope.Db.Set<EventRecord>().Where(e => e.Position == position).ExecuteUpdateAsync(e => e.SetProperty(x => x.Kind, "lead.voided"), Ct), Ct);
        var faulty = await Typing.Type(database, "verify-audit");
        Assert.Equal((1, $"events=0\nseals=0\nunsealed=0\nfault=event_changed seal=1 position={position}\n"), (faulty.Exit, faulty.Out.ReplaceLineEndings("\n")));
    }

    private static Task Write(TestDatabase database, Action<WriteScope> write) => database.Store.Write(
        async scope =>
        {
            write(scope);
            await scope.Db.SaveChangesAsync(Ct);
        },
        Ct);
}
