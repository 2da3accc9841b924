using System.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Granary.Application.Storage;

/// <summary>
/// The door to the database. Reading opens as many contexts as it likes; writing goes through <see cref="Write{T}"/>:
/// a transaction of its own on PostgreSQL, the one writer connection on SQLite.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    private const int Attempts = 6;

    // The identity model asks the application's services which tables it has; contexts here are made by hand.
    private static readonly IServiceProvider IdentityShape = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();

    private readonly DbContextOptions<GranaryDb> _reading;
    private readonly DbContextOptions<GranaryDb> _writing;
    private readonly SqliteConnection? _writer;
    private readonly string? _readers;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly SharedFlush? _flush;

    // Connections of the few who write early all day: a pool hands its connections out in turn, and a server that has just done the like is warm.
    private readonly NpgsqlDataSource? _early;

    // A context asks for some thirty services when it is made, so they are made once. Those who write early keep to their own, whose connections differ.
    private readonly PooledDbContextFactory<GranaryDb>? _contexts, _earlyContexts;

    /// <summary>Opens the store; creates the data folder, not the schema.</summary>
    public Store(StoreOptions options)
    {
        Options = options;
        Directory.CreateDirectory(options.Directory);
        if (options.Postgres is { } connection)
        {
            var settings = new NpgsqlConnectionStringBuilder(connection)
            {
                MaxAutoPrepare = 100,
                AutoPrepareMinUsages = 2,
                // A plan made while a table was empty can be ruinous later; compiling one costs more than any statement here takes, and several processors
                // for one statement make the worse plan look like the better one.
                Options = "-c plan_cache_mode=force_custom_plan -c jit=off -c max_parallel_workers_per_gather=0",
            };
            Source = NpgsqlDataSource.Create(settings.ConnectionString);
            // Nothing is left on them that would have to be taken off.
            settings.NoResetOnClose = true;
            settings.Options += " -c synchronous_commit=off";
            _early = NpgsqlDataSource.Create(settings.ConnectionString);
            _reading = _writing = Configure(b => b.UseNpgsql(Source));
            (_contexts, _earlyContexts) = (new(_writing), new(_writing));
            _flush = new SharedFlush(Flush);
            return;
        }

        var file = new SqliteConnectionStringBuilder { DataSource = options.SqliteFile, ForeignKeys = true, Pooling = true };
        _writer = new SqliteConnection(new SqliteConnectionStringBuilder(file.ConnectionString) { Pooling = false }.ConnectionString);
        _writing = Configure(b => b.UseSqlite(_writer));
        _readers = file.ConnectionString;
        _reading = Configure(b => b.UseSqlite(_readers).AddInterceptors(new ReadOnlyConnections()));
    }

    /// <summary>What it was opened with.</summary>
    public StoreOptions Options { get; }

    /// <summary>Whether this is the embedded database.</summary>
    public bool IsSqlite => Source is null;

    /// <summary>PostgreSQL's connections; null on SQLite.</summary>
    public NpgsqlDataSource? Source { get; }

    /// <summary>Keys of contact data, once a vault was opened.</summary>
    internal KeyRing? Ring { get; set; }

    /// <summary>Shapes of set-wise inserts, one for each table that has them.</summary>
    internal BulkShapes Shapes { get; } = new();

    /// <summary>A context for reading. Single changes saved through it pass the gate.</summary>
    public GranaryDb Open()
    {
        var db = _contexts?.CreateDbContext() ?? new GranaryDb(_reading);
        db.Store = this;
        return db;
    }

    /// <summary>
    /// Does work in one transaction and commits it. Work is repeated from the start when the database made it yield to
    /// another (deadlock, serialisation), so it must have no effect outside.
    /// </summary>
    public Task<T> Write<T>(Func<WriteScope, Task<T>> work, CancellationToken ct = default) => Write(work, early: false, ct);

    /// <inheritdoc cref="Write{T}(Func{WriteScope, Task{T}}, CancellationToken)"/>
    public Task Write(Func<WriteScope, Task> work, CancellationToken ct = default) =>
        Write(async scope => { await work(scope); return 0; }, ct);

    /// <summary>
    /// Writes, and lets others on PostgreSQL see it and take its locks before it has reached the disk. Nothing is told to anybody
    /// before <see cref="Durable"/>, asked for behind it, has ended; what others write on top reaches the disk later than this.
    /// </summary>
    public Task<T> WriteEarly<T>(Func<WriteScope, Task<T>> work, CancellationToken ct = default) => Write(work, early: true, ct);

    /// <summary>Ends when everything that has been written by now is on the disk; many who wait share one flush.</summary>
    public Task Durable() => _flush?.Wait() ?? Task.CompletedTask;

    private async Task<T> Write<T>(Func<WriteScope, Task<T>> work, bool early, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnce(work, early, ct);
            }
            catch (Exception e) when (attempt < Attempts && MustYield(e))
            {
                await Task.Delay(Random.Shared.Next(5 * attempt, 20 * attempt), ct);
            }
        }
    }

    /// <summary>Looks through one state of the database with the queries that writing uses, and writes nothing.</summary>
    internal async Task<T> Look<T>(Func<WriteScope, Task<T>> look, CancellationToken ct)
    {
        await using var db = Open();
        await db.Database.OpenConnectionAsync(ct);
        await using var begun = db.Database.GetDbConnection() is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using var transaction = await db.Database.UseTransactionAsync(begun, ct);
        return await look(new WriteScope(db, this, transaction!));
    }

    /// <summary>Saves a context's changes over the one writer connection.</summary>
    internal async Task<int> ThroughTheGate(GranaryDb db, Func<Task<int>> save, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        var reader = db.Database.GetDbConnection();
        try
        {
            await OpenWriter(ct);
            await db.Database.CloseConnectionAsync();
            db.Database.SetDbConnection(_writer);
            return await save();
        }
        finally
        {
            db.Database.SetDbConnection(reader);
            _gate.Release();
        }
    }

    /// <summary>Brings what SQLite has written into its file and empties the log beside it.</summary>
    internal async Task Checkpoint(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await OpenWriter(ct);
            await using var command = _writer!.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Source is not null)
        {
            await Source.DisposeAsync();
            await _early!.DisposeAsync();
            Ring?.Dispose();
            return;
        }

        await _gate.WaitAsync();
        Shapes.Dispose();
        Ring?.Dispose();
        await _writer!.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(_readers));
        _gate.Dispose();
    }

    private async Task<T> WriteOnce<T>(Func<WriteScope, Task<T>> work, bool early, CancellationToken ct)
    {
        if (IsSqlite)
        {
            await _gate.WaitAsync(ct);
        }

        try
        {
            await OpenWriter(ct);
            await using var db = early && _earlyContexts is not null ? OpenEarly() : _contexts?.CreateDbContext() ?? new GranaryDb(_writing);
            // Work that fails is repeated as a whole, so nobody goes back to where a change began; marking it is two round trips.
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var scope = new WriteScope(db, this, transaction);
            if (Ring is { } ring)
            {
                await ring.Look(scope, ct);
            }

            var result = await work(scope);
            if (!scope.Abandoned)
            {
                await transaction.CommitAsync(CancellationToken.None);
            }

            return result;
        }
        finally
        {
            if (IsSqlite)
            {
                _gate.Release();
            }
        }
    }

    private GranaryDb OpenEarly()
    {
        var db = _earlyContexts!.CreateDbContext();
        db.Database.SetDbConnection(_early!.CreateConnection(), contextOwnsConnection: true);
        return db;
    }

    // Whatever was committed before this commit is on the disk when it ends.
    private async Task Flush()
    {
        await using var command = _early!.CreateCommand("SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'granary', '')");
        await command.ExecuteNonQueryAsync();
    }

    private async Task OpenWriter(CancellationToken ct)
    {
        if (_writer is null || _writer.State == ConnectionState.Open)
        {
            return;
        }

        await _writer.OpenAsync(ct);
        await using var command = _writer.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY;";
        await command.ExecuteNonQueryAsync(ct);
    }

    // Work reads anew when it is repeated, so it sees what the other one wrote: a stale version, a taken key.
    private static bool MustYield(Exception e) => e is DbUpdateConcurrencyException or DecideAnewException
        || (e as PostgresException ?? e.InnerException as PostgresException) is
        { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation };

    private static DbContextOptions<GranaryDb> Configure(Action<DbContextOptionsBuilder<GranaryDb>> provider)
    {
        var builder = new DbContextOptionsBuilder<GranaryDb>();
        provider(builder);
        return builder.UseApplicationServiceProvider(IdentityShape).Options;
    }
}

/// <summary>What work was decided on was never stored, or has been changed since: the work is repeated.</summary>
internal sealed class DecideAnewException() : Exception("What this was decided on is not there any more.");
