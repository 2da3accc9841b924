using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Analytics.Facts;

/// <summary>Brings what has gathered in a book into the sheets, set-wise.</summary>
internal static class WriteSheets
{
    private const int Step = 5_000;

    private const string Stored = """
        SELECT s.cube, s.owner_id, s.period, s.cells FROM unnest($1, $2, $3) AS p (cube, owner_id, period)
        JOIN report_sheet s ON s.cube = p.cube AND s.owner_id = p.owner_id AND s.period = p.period
        """;

    private const string Gone = "DELETE FROM report_sheet s USING unnest($1, $2, $3) AS p (cube, owner_id, period) WHERE s.cube = p.cube AND s.owner_id = p.owner_id AND s.period = p.period";

    /// <summary>
    /// Keeps others out until the transaction ends: a sheet is read, changed and written as a whole. Who changes facts takes it before reading what they were.
    /// </summary>
    public static Task Alone(WriteScope scope, CancellationToken ct) =>
        scope.Store.IsSqlite ? Task.CompletedTask : scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('report_sheet'))", ct);

    /// <summary>Writes it.</summary>
    public static async Task Of(WriteScope scope, CellBook book, CancellationToken ct)
    {
        // What was taken off and added again has not changed.
        var sheets = book.Sheets().Where(s => s.Value.Values.Any(v => !v.IsZero)).ToList();
        var numbers = await Numbers(scope, sheets, ct);
        foreach (var some in sheets.OrderBy(s => s.Key.Cube).ThenBy(s => s.Key.OwnerId).ThenBy(s => s.Key.Period).Chunk(Step))
        {
            SheetPlace[] places = [.. some.Select(s => s.Key)];
            var known = await Known(scope, places, ct);
            List<ReportSheet> changed = [];
            List<SheetPlace> gone = [];
            foreach (var (place, changes) in some)
            {
                var before = known.GetValueOrDefault(place);
                if (Change(before ?? [], changes, numbers.GetValueOrDefault(place.Cube)) is { Length: > 0 } cells)
                {
                    changed.Add(Sheet(place, cells));
                }
                else if (before is not null)
                {
                    gone.Add(place);
                }
            }

            await Put(scope, changed, gone, ct);
        }
    }

    // Which numbers keys have, by cubes whose sheets are numbered; new keys get theirs.
    private static async Task<Dictionary<int, Dictionary<string, int>>> Numbers(WriteScope scope, List<KeyValuePair<SheetPlace, Dictionary<string, CellValues>>> sheets, CancellationToken ct)
    {
        Dictionary<int, Dictionary<string, int>> numbers = [];
        var numbered = sheets.Where(s => NumberedSheets.Are(s.Key.Cube)).ToLookup(s => s.Key.Cube, s => s.Value.Keys);
        if (numbered.Count == 0)
        {
            return numbers;
        }

        var known = await Known(scope, [.. numbered.Select(c => NumberedSheets.NamesOf(c.Key))], ct);
        List<ReportSheet> changed = [];
        foreach (var cube in numbered)
        {
            var place = NumberedSheets.NamesOf(cube.Key);
            var before = known.GetValueOrDefault(place, []);
            (numbers[cube.Key], var names) = NumberedSheets.Of(before, cube.SelectMany(keys => keys));
            if (names != before)
            {
                changed.Add(Sheet(place, names));
            }
        }

        await Put(scope, changed, [], ct);
        return numbers;
    }

    private static byte[] Change(byte[] before, Dictionary<string, CellValues> changes, Dictionary<string, int>? numbers) =>
        numbers is null ? SheetCells.Change(before, changes) : NumberedSheets.Change(before, changes.Select(c => KeyValuePair.Create(numbers[c.Key], c.Value)));

    private static ReportSheet Sheet(SheetPlace place, byte[] cells) => new() { Cube = place.Cube, OwnerId = place.OwnerId, Period = place.Period, Cells = cells };

    private static Task<Dictionary<SheetPlace, byte[]>> Known(WriteScope scope, SheetPlace[] places, CancellationToken ct) =>
        scope.Store.IsSqlite ? Sqlite.Read(scope, places, ct) : Read(scope, places, ct);

    private static Task Put(WriteScope scope, List<ReportSheet> changed, List<SheetPlace> gone, CancellationToken ct) =>
        scope.Store.IsSqlite ? Sqlite.Write(scope, changed, gone, ct) : Write(scope, changed, gone, ct);

    private static async Task<Dictionary<SheetPlace, byte[]>> Read(WriteScope scope, SheetPlace[] places, CancellationToken ct)
    {
        Dictionary<SheetPlace, byte[]> known = [];
        await using var batch = scope.Batch();
        batch.BatchCommands.Add(Named(Stored, places));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            known[new(reader.GetInt32(0), reader.GetGuid(1), reader.GetInt32(2))] = reader.GetFieldValue<byte[]>(3);
        }

        return known;
    }

    private static async Task Write(WriteScope scope, List<ReportSheet> changed, List<SheetPlace> gone, CancellationToken ct)
    {
        await using var batch = scope.Batch();
        if (gone.Count > 0)
        {
            batch.BatchCommands.Add(Named(Gone, gone));
        }

        if (changed.Count > 0)
        {
            batch.BatchCommands.Add(scope.Store.Shapes.Get<ReportSheet>(scope.Db).Postgres(changed, " ON CONFLICT (cube, owner_id, period) DO UPDATE SET cells = excluded.cells"));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(ct);
        }
    }

    private static NpgsqlBatchCommand Named(string sql, IReadOnlyCollection<SheetPlace> places) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<int[]> { TypedValue = [.. places.Select(p => p.Cube)] },
            new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(p => p.OwnerId)] },
            new NpgsqlParameter<int[]> { TypedValue = [.. places.Select(p => p.Period)] },
        },
    };

    /// <summary>The same on SQLite, sheet by sheet with statements that are prepared once.</summary>
    private static class Sqlite
    {
        private const string At = "cube = @cube AND owner_id = @owner AND period = @period";

        public static async Task<Dictionary<SheetPlace, byte[]>> Read(WriteScope scope, SheetPlace[] places, CancellationToken ct)
        {
            Dictionary<SheetPlace, byte[]> known = [];
            await using var command = Prepared(scope, $"SELECT cells FROM report_sheet WHERE {At}");
            foreach (var place in places)
            {
                Name(command, place);
                if (await command.ExecuteScalarAsync(ct) is byte[] cells)
                {
                    known[place] = cells;
                }
            }

            return known;
        }

        public static async Task Write(WriteScope scope, List<ReportSheet> changed, List<SheetPlace> gone, CancellationToken ct)
        {
            await using var put = Prepared(scope, "INSERT INTO report_sheet (cube, owner_id, period, cells) VALUES (@cube, @owner, @period, @cells) ON CONFLICT (cube, owner_id, period) DO UPDATE SET cells = excluded.cells");
            var cells = put.Parameters.AddWithValue("@cells", Array.Empty<byte>());
            foreach (var sheet in changed)
            {
                Name(put, new(sheet.Cube, sheet.OwnerId, sheet.Period));
                cells.Value = sheet.Cells;
                await put.ExecuteNonQueryAsync(ct);
            }

            await using var remove = Prepared(scope, $"DELETE FROM report_sheet WHERE {At}");
            foreach (var place in gone)
            {
                Name(remove, place);
                await remove.ExecuteNonQueryAsync(ct);
            }
        }

        private static Microsoft.Data.Sqlite.SqliteCommand Prepared(WriteScope scope, string sql)
        {
            var command = scope.Sqlite(sql);
            command.Parameters.AddWithValue("@cube", 0L);
            command.Parameters.AddWithValue("@owner", Array.Empty<byte>());
            command.Parameters.AddWithValue("@period", 0L);
            return command;
        }

        private static void Name(Microsoft.Data.Sqlite.SqliteCommand command, SheetPlace place) =>
            (command.Parameters[0].Value, command.Parameters[1].Value, command.Parameters[2].Value) = ((long)place.Cube, place.OwnerId.ToByteArray(true), (long)place.Period);
    }
}
