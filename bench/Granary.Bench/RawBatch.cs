using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Bench;

/// <summary>The raw database: one statement that inserts many rows of the lead table, over column arrays.</summary>
internal sealed class RawBatch
{
    private readonly Store _store;
    private readonly int _rows;
    private readonly string _sql;
    private readonly string[] _columns;

    public RawBatch(Store store, int rows)
    {
        (_store, _rows) = (store, rows);
        using var db = store.Open();
        var properties = db.Model.FindEntityType(typeof(Lead))!.GetProperties().ToList();
        _columns = [.. properties.Select(p => p.GetColumnName())];
        _sql = $"INSERT INTO lead ({string.Join(", ", _columns)}) SELECT * FROM unnest({string.Join(", ", properties.Select((p, i) => $"${i + 1}::{p.GetColumnType()}[]"))})";
    }

    public async Task Insert()
    {
        var rows = Enumerable.Range(0, _rows).Select(_ => BareRow.Of(_columns)).ToList();
        await using var command = _store.Source!.CreateCommand(_sql);
        for (var i = 0; i < _columns.Length; i++)
        {
            command.Parameters.Add(Column(rows.ConvertAll(r => r[i])));
        }

        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter Column(List<object?> values) => values.Find(v => v is not null) switch
    {
        Guid => Of(values, v => (Guid?)v),
        DateTimeOffset => Of(values, v => (DateTimeOffset?)v),
        int => Of(values, v => (int?)v),
        long => Of(values, v => (long?)v),
        bool => Of(values, v => (bool?)v),
        _ => Of(values, v => (string?)v),
    };

    private static NpgsqlParameter<T[]> Of<T>(List<object?> values, Func<object?, T> convert) => new() { TypedValue = [.. values.Select(convert)] };
}
