using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Granary.Web.Tests.Privacy;

public sealed class NoPlaintextTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_thousand_contacts_through_every_door_are_nowhere_in_the_clear(DatabaseKind kind)
    {
        var known = new KnownContacts();
        var log = new KeptLog();
        await using var database = await TestDatabase.Open(kind);
        var clock = new FakeClock();
        var granary = new GranaryFactory(database)
        {
            Clock = clock,
            Log = log,
            Settings = new Dictionary<string, string>
            {
                ["Logging:LogLevel:Default"] = "Debug",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Debug",
                ["Granary:AnonymousRequestsPerMinute"] = "100000",
            },
        };
        await using (granary)
        {
            var doors = await Doors.Open(granary, clock, known);
            await doors.Api();
            await doors.Batch();
            await doors.Hook();
            await doors.Form();
            await doors.Imports();
            await doors.Edits();
            await doors.Accounts();
            await doors.Lists();
            await doors.Searches();
            await doors.Reveals();
            await doors.Faults();
            Assert.True(known.Count >= 1000, $"{known.Count}");
            Nothing("refusals", doors.Refusals.SelectMany(known.In));

            // While it runs: the log beside SQLite's file has what the file has not.
            await Nowhere(known, database);
        }

        await Nowhere(known, database);
        Assert.True(log.Lines.Count > 1000);
        Nothing("log", log.Lines.SelectMany(known.In));
    }

    [Fact]
    public void The_search_finds_what_stands_in_the_clear()
    {
        var known = new KnownContacts();
        var (phone, email, weChat) = known.Next();
        foreach (var text in new[] { $"x+86{phone};1", $"\"{email.ToUpperInvariant()}\"", weChat })
        {
            Assert.NotEmpty(known.In(text));
            Assert.NotEmpty(known.In(System.Text.Encoding.UTF8.GetBytes(text)));
            Assert.NotEmpty(known.In(System.Text.Encoding.Unicode.GetBytes(text)));
        }

        Assert.NotEmpty(known.In(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(email))));
        Assert.Empty(known.In("13800138000 k***@firma0.example.com g***y"));
    }

    private static void Nothing(string where, IEnumerable<string> found) => Assert.Equal("", string.Join('\n', found.Take(5).Select(text => $"{where}: {text}")));

    private static async Task Nowhere(KnownContacts known, TestDatabase database)
    {
        if (database.Options.Postgres is { } connection)
        {
            await NowhereInPostgres(known, connection);
        }

        // A lock holds nothing, and is not shared.
        foreach (var file in Directory.EnumerateFiles(database.Options.Directory, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock"))
        {
            Nothing(file, known.In(Shared(file)));
        }
    }

    private static async Task NowhereInPostgres(KnownContacts known, string connection)
    {
        await using var postgres = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await postgres.OpenAsync(Ct);
        foreach (var table in await Column(postgres, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"))
        {
            // Binary, so that bytes come as they are and what was compressed comes unpacked.
            await using var copy = await postgres.BeginRawBinaryCopyAsync($"COPY \"{table}\" TO STDOUT (FORMAT BINARY)", Ct);
            using var rows = new MemoryStream();
            await copy.CopyToAsync(rows, Ct);
            Nothing(table, known.In(rows.ToArray()));
        }

        await Column(postgres, "CHECKPOINT");
        var folder = (await Column(postgres, "SHOW data_directory")).Single();
        var own = (await Column(postgres, "SELECT oid::text FROM pg_database WHERE datname = current_database()")).Single();
        foreach (var directory in new[] { Path.Combine(folder, "base", own), Path.Combine(folder, "pg_wal") }.Where(Readable))
        {
            foreach (var file in Directory.EnumerateFiles(directory))
            {
                Nothing(file, known.In(Shared(file)));
            }
        }
    }

    private static async Task<List<string>> Column(NpgsqlConnection postgres, string sql)
    {
        await using var command = new NpgsqlCommand(sql, postgres);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        List<string> values = [];
        while (await reader.ReadAsync(Ct))
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    // The server may stand elsewhere; its tables are read over the connection in any case.
    private static bool Readable(string directory)
    {
        try
        {
            return Directory.Exists(directory) && Directory.EnumerateFiles(directory).Any();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static byte[] Shared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>Keeps every line that the product logs.</summary>
internal sealed class KeptLog : ILoggerProvider
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category} {formatter(state, exception)} {exception}");
    }
}
