using System.Data.Common;
using Granary.Application.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Granary.Application.Privacy;

/// <summary>
/// A table with sealed columns, as the model has it: whatever is of a sealed type is found, so that no room can be forgotten when
/// keys change. Its statements are the same text on both databases.
/// </summary>
public sealed class SealedTable
{
    // Texts are short; a file is up to ten megabytes.
    private const int Texts = 500, Files = 4;

    private readonly string[] _keys, _columns;
    private readonly int _batch;

    private SealedTable(IEntityType type, IReadOnlyList<IProperty> properties)
    {
        Name = type.GetTableName()!;
        _keys = [.. type.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName())];
        _columns = [.. properties.Select(p => p.GetColumnName())];
        _batch = properties.Any(p => Bare(p.ClrType) == typeof(SealedBytes)) ? Files : Texts;
    }

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>Its sealed columns.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SealedTable> Of(GranaryDb db) =>
    [
        .. from type in db.Model.GetEntityTypes()
           let properties = type.GetProperties().Where(p => Bare(p.ClrType) is { } bare && (bare == typeof(SealedText) || bare == typeof(SealedBytes))).ToList()
           where properties.Count > 0
           orderby type.GetTableName()
           select new SealedTable(type, properties),
    ];

    /// <summary>How many rows hold something that is not sealed with the newest key.</summary>
    internal async Task<long> Count(GranaryDb db, byte[] prefix, CancellationToken ct)
    {
        await using var command = await Command(db, $"SELECT COUNT(*) FROM {Name} WHERE {Outdated}", [prefix], ct);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Whether there is such a row.</summary>
    internal async Task<bool> Any(GranaryDb db, byte[] prefix, CancellationToken ct)
    {
        await using var command = await Command(db, $"SELECT 1 FROM {Name} WHERE {Outdated} LIMIT 1", [prefix], ct);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>The next such rows in the order of their keys.</summary>
    internal async Task<IReadOnlyList<SealedRow>> Read(GranaryDb db, byte[] prefix, SealedRow? after, CancellationToken ct)
    {
        var keys = string.Join(", ", _keys);
        var behind = after is null ? "" : $"({keys}) > ({string.Join(", ", _keys.Select((_, i) => $"${i + 2}"))}) AND ";
        await using var command = await Command(
            db, $"SELECT {keys}, {string.Join(", ", _columns)} FROM {Name} WHERE {behind}({Outdated}) ORDER BY {keys} LIMIT {_batch}", [prefix, .. after?.Key ?? []], ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<SealedRow> rows = [];
        while (await reader.ReadAsync(ct))
        {
            var key = new object[_keys.Length];
            for (var i = 0; i < key.Length; i++)
            {
                key[i] = reader.GetValue(i);
            }

            rows.Add(new SealedRow(key, [.. Enumerable.Range(key.Length, _columns.Length).Select(i => reader.IsDBNull(i) ? null : (byte[])reader.GetValue(i))]));
        }

        return rows;
    }

    /// <summary>
    /// Puts resealed values in the place of the old ones, where these still stand: a sealed value is never made twice, so whatever
    /// somebody wrote in between is left alone.
    /// </summary>
    internal async Task Write(WriteScope scope, IEnumerable<(SealedRow Row, int Column, byte[] Made)> values, CancellationToken ct)
    {
        var statements = values.Select(v => (
            Text: $"UPDATE {Name} SET {_columns[v.Column]} = $1 WHERE {_columns[v.Column]} = $2 AND {string.Join(" AND ", _keys.Select((k, i) => $"{k} = ${i + 3}"))}",
            Parameters: (object[])[v.Made, v.Row.Values[v.Column]!, .. v.Row.Key]));
        if (scope.Store.IsSqlite)
        {
            foreach (var (text, parameters) in statements)
            {
                await using var command = scope.Sqlite(text);
                AddTo(command, parameters);
                await command.ExecuteNonQueryAsync(ct);
            }

            return;
        }

        await using var batch = scope.Batch();
        foreach (var (text, parameters) in statements)
        {
            var command = new NpgsqlBatchCommand(text);
            command.Parameters.AddRange(parameters.Select(p => new NpgsqlParameter { Value = p }).ToArray());
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    private string Outdated => string.Join(" OR ", _columns.Select(c => $"substr({c}, 1, length($1)) <> $1"));

    private static async Task<DbCommand> Command(GranaryDb db, string text, object[] parameters, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        AddTo(command, parameters);
        return command;
    }

    private static void AddTo(DbCommand command, object[] parameters)
    {
        foreach (var (i, value) in parameters.Index())
        {
            command.Parameters.Add(command is SqliteCommand ? new SqliteParameter($"${i + 1}", value) : new NpgsqlParameter { Value = value });
        }
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}

/// <summary>A row of such a table.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Values">What its sealed columns hold.</param>
internal sealed record SealedRow(object[] Key, byte[]?[] Values);
