using Granary.Application.Privacy.Audit;
using Granary.Application.Storage;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

/// <summary>An event log with its chain, for tests that tamper with it.</summary>
internal sealed class AuditLog(TestDatabase database) : IAsyncDisposable
{
    public TestDatabase Database { get; } = database;

    public FakeClock Clock { get; } = new();

    public Store Store => Database.Store;

    public AuditNotes Notes { get; } = new(database.Options);

    public SealEvents Seals => field ??= new SealEvents(Store, new EventLog(Store), Notes, Clock);

    public CheckChain Chain => field ??= new CheckChain(Store, Notes);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<AuditLog> Open(DatabaseKind kind) => new(await TestDatabase.Open(kind));

    /// <summary>Writes events and seals them; returns their positions.</summary>
    public async Task<long[]> Happened(int events, Guid? subject = null)
    {
        var written = await Store.Write(async scope =>
        {
            EventRecord[] all = [.. Enumerable.Range(0, events).Select(i => new EventRecord
            {
                At = Clock.Now, ActorId = i % 2 == 0 ? Guid.CreateVersion7() : null, SubjectId = subject ?? Guid.CreateVersion7(), Kind = "lead.edited", Data = $$"""{"name":"张三","number":{{i}}}""",
            })];
            scope.Db.AddRange(all);
            await scope.Db.SaveChangesAsync(Ct);
            return all;
        }, Ct);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await Seals.Run(Ct);
        return [.. written.Select(e => e.Position).Order()];
    }

    public async Task<AuditFault?> Fault(byte[]? noted = null) => (await Chain.Run(noted, _ => Task.CompletedTask, Ct)).Fault;

    /// <summary>Runs a statement as somebody with the database in their hands would; names are the same in both.</summary>
    public Task Tamper(string sql) => Store.Write(scope => scope.Db.Database.ExecuteSqlRawAsync(sql, Ct), Ct);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
