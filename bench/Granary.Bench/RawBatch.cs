using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Bench;

/// <summary>
/// The raw database: one statement that inserts many rows of the lead table, over column arrays. The rows are those that the
/// product has written, so that both sides fill the same columns and the same places of the indexes.
/// </summary>
internal sealed class RawBatch
{
    private readonly Store _store;
    private readonly string _sql;
    private readonly string[] _columns;

    public RawBatch(Store store)
    {
        _store = store;
        using var db = store.Open();
        var properties = db.Model.FindEntityType(typeof(Lead))!.GetProperties().ToList();
        _columns = [.. properties.Select(p => p.GetColumnName())];
        _sql = $"INSERT INTO lead ({string.Join(", ", _columns)}) SELECT * FROM unnest({string.Join(", ", properties.Select((p, i) => $"${i + 1}::{p.GetColumnType()}[]"))})";
    }

    /// <summary>The leads written last, in the order they came, as new rows.</summary>
    public async Task<List<object?[]>> Last(Store from, int count)
    {
        await using var command = from.Source!.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT {string.Join(", ", _columns)} FROM lead ORDER BY id DESC LIMIT {count}"));
        await using var reader = await command.ExecuteReaderAsync();
        var id = Array.IndexOf(_columns, "id");
        List<object?[]> rows = [];
        while (await reader.ReadAsync())
        {
            var row = new object?[_columns.Length];
            reader.GetValues(row!);
            rows.Add([.. row.Select(v => v is DBNull ? null : v)]);
        }

        rows.Reverse();
        rows.ForEach(r => r[id] = Guid.CreateVersion7());
        return rows;
    }

    public async Task Insert(IReadOnlyList<object?[]> rows)
    {
        await using var command = _store.Source!.CreateCommand(_sql);
        for (var i = 0; i < _columns.Length; i++)
        {
            command.Parameters.Add(Column([.. rows.Select(r => r[i])]));
        }

        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Column(List<object?> values) => values.Find(v => v is not null) switch
    {
        Guid => Of(values, v => (Guid?)v),
        DateTime => Of(values, v => (DateTime?)v),
        DateOnly => Of(values, v => (DateOnly?)v),
        int => Of(values, v => (int?)v),
        long => Of(values, v => (long?)v),
        bool => Of(values, v => (bool?)v),
        _ => Of(values, v => (string?)v),
    };

    private static NpgsqlParameter<T[]> Of<T>(List<object?> values, Func<object?, T> convert) => new() { TypedValue = [.. values.Select(convert)] };
}
