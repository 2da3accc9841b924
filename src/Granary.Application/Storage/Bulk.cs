using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SQLitePCL;

namespace Granary.Application.Storage;

/// <summary>
/// Inserts rows of one table set-wise: on PostgreSQL one statement over column arrays, on SQLite one prepared statement
/// stepped for each row. Columns and conversions are the model's, so a table is described once.
/// </summary>
internal sealed class BulkShape<T> : IDisposable
    where T : class
{
    private readonly BulkColumn<T>[] _columns;
    private readonly string _postgres, _sqlite;
    private sqlite3_stmt? _statement;

    public BulkShape(GranaryDb db)
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var table = type.GetTableName()!;
        var properties = type.GetProperties().Where(p => !p.IsShadowProperty() && (p.ValueGenerated != ValueGenerated.OnAdd || p.ClrType == typeof(Guid))).ToArray();
        _columns = [.. properties.Select(BulkColumn<T>.For)];
        var names = string.Join(", ", properties.Select(p => p.GetColumnName()));
        // Arrays unfolded as a row is made; as one function of a FROM clause each would be kept in a store of its own first, half of what such a statement costs.
        _postgres = $"INSERT INTO {table} ({names}) SELECT {string.Join(", ", properties.Select((p, i) => $"unnest(${i + 1}::{p.GetColumnType()}[])"))}";
        _sqlite = $"INSERT INTO {table} ({names}) VALUES ({string.Join(", ", properties.Select((_, i) => $"?{i + 1}"))})";
    }

    /// <param name="rows">The rows.</param>
    /// <param name="tail">What follows the statement, such as a conflict clause.</param>
    public NpgsqlBatchCommand Postgres(IReadOnlyList<T> rows, string tail = "")
    {
        var command = new NpgsqlBatchCommand(_postgres + tail);
        foreach (var column in _columns)
        {
            command.Parameters.Add(column.Array(rows));
        }

        return command;
    }

    public void Sqlite(SqliteConnection connection, IReadOnlyList<T> rows)
    {
        var handle = connection.Handle!;
        if (_statement is null)
        {
            Check(handle, raw.sqlite3_prepare_v2(handle, _sqlite, out _statement));
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                _columns[i].Bind(_statement, i + 1, row);
            }

            var result = raw.sqlite3_step(_statement);
            raw.sqlite3_reset(_statement);
            Check(handle, result);
        }
    }

    public void Dispose() => _statement?.Dispose();

    private static void Check(sqlite3 handle, int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw new SqliteException(raw.sqlite3_errmsg(handle).utf8_to_string(), result, raw.sqlite3_extended_errcode(handle));
        }
    }
}

/// <summary>The shapes in use by a store; made when first needed.</summary>
internal sealed class BulkShapes : IDisposable
{
    private readonly Dictionary<Type, IDisposable> _shapes = [];
    private readonly Lock _lock = new();

    public BulkShape<T> Get<T>(GranaryDb db)
        where T : class
    {
        lock (_lock)
        {
            if (!_shapes.TryGetValue(typeof(T), out var shape))
            {
                _shapes[typeof(T)] = shape = new BulkShape<T>(db);
            }

            return (BulkShape<T>)shape;
        }
    }

    public void Dispose()
    {
        foreach (var shape in _shapes.Values)
        {
            shape.Dispose();
        }
    }
}

/// <summary>Rows of several tables, sent together: on PostgreSQL in one round trip.</summary>
internal sealed class BulkInsert(WriteScope scope)
{
    // Nothing of an insert depends on what a table holds, so these need no plan of their own each time.
    public const string PlanOnce = "SET LOCAL plan_cache_mode = force_generic_plan", PlanEach = "SET LOCAL plan_cache_mode = force_custom_plan";

    private readonly List<NpgsqlBatchCommand> _commands = [];

    /// <summary>Adds rows of a table; tables are written in the order they are added.</summary>
    public BulkInsert Add<T>(IReadOnlyList<T> rows)
        where T : class
    {
        if (rows.Count > 0)
        {
            var shape = scope.Store.Shapes.Get<T>(scope.Db);
            if (scope.Db.Database.GetDbConnection() is SqliteConnection sqlite)
            {
                shape.Sqlite(sqlite, rows);
            }
            else
            {
                _commands.Add(shape.Postgres(rows));
            }
        }

        return this;
    }

    /// <summary>Adds a statement of PostgreSQL to the same round trip.</summary>
    public BulkInsert Add(NpgsqlBatchCommand command)
    {
        _commands.Add(command);
        return this;
    }

    /// <summary>Sends what PostgreSQL has not got yet.</summary>
    public async Task Send(CancellationToken ct)
    {
        if (_commands.Count == 0)
        {
            return;
        }

        await using var batch = scope.Batch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanOnce));
        _commands.ForEach(batch.BatchCommands.Add);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PlanEach));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
