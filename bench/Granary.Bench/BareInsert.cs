using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Bench;

/// <summary>
/// The raw database: one row of the same lead table with the same indexes for each call, one statement, autocommit, pooled
/// connection, no logic.
/// </summary>
internal sealed class BareInsert : IDisposable
{
    private readonly Store _store;
    private readonly string _sql;
    private readonly string[] _columns;
    private readonly SqliteConnection? _sqlite;
    private readonly NpgsqlDataSource? _source;
    private readonly SemaphoreSlim _gate = new(1);

    public BareInsert(Store store)
    {
        _store = store;
        using var db = _store.Open();
        var type = db.Model.FindEntityType(typeof(Lead))!;
        _columns = [.. type.GetProperties().Select(p => p.GetColumnName())];
        var places = string.Join(", ", _columns.Select((_, i) => _store.IsSqlite ? $"?{i + 1}" : $"${i + 1}"));
        _sql = $"INSERT INTO lead ({string.Join(", ", _columns)}) VALUES ({places})";
        if (_store.Options.Postgres is { } postgres)
        {
            // Its own pool: the product does not meet connections that were opened for this one.
            _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres) { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 }.ConnectionString);
        }
        else
        {
            _sqlite = new SqliteConnection($"Data Source={_store.Options.SqliteFile};Pooling=False");
            _sqlite.Open();
            using var pragma = _sqlite.CreateCommand();
            pragma.CommandText = "PRAGMA synchronous=FULL";
            pragma.ExecuteNonQuery();
        }
    }

    public async Task One()
    {
        var row = BareRow.Of(_columns);
        if (_source is not null)
        {
            await using var command = _source.CreateCommand(_sql);
            foreach (var value in row)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            }

            await command.ExecuteNonQueryAsync();
            return;
        }

        await _gate.WaitAsync();
        try
        {
            await using var command = _sqlite!.CreateCommand();
            command.CommandText = _sql;
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters.AddWithValue($"?{i + 1}", Stored(row[i]));
            }

            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _sqlite?.Dispose();
        _source?.Dispose();
        _gate.Dispose();
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(true),
        DateTimeOffset at => at.ToUnixTimeMilliseconds(),
        bool b => b ? 1 : 0,
        _ => value,
    };
}
