using System.Runtime.InteropServices;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Analytics.Facts;

/// <summary>Where a contribution goes.</summary>
internal readonly record struct CellPlace(int Cube, Guid OwnerId, int Period, string Key);

/// <summary>Gathers what changes in cells and writes it set-wise.</summary>
internal sealed class CellBook
{
    private const string Columns = "cube, owner_id, period, key, n1, n2, n3, n4, n5, n6, m1, m2, m3";

    private static readonly string Adding = " ON CONFLICT (cube, owner_id, period, key) DO UPDATE SET "
        + string.Join(", ", new[] { "n1", "n2", "n3", "n4", "n5", "n6", "m1", "m2", "m3" }.Select(c => $"{c} = report_cell.{c} + excluded.{c}"));

    private readonly Dictionary<CellPlace, CellValues> _cells = [];

    /// <summary>What has gathered.</summary>
    public IReadOnlyDictionary<CellPlace, CellValues> Cells => _cells;

    /// <summary>Adds what a fact contributes, or takes it off.</summary>
    public void Add(LeadFact fact, bool off = false)
    {
        foreach (var cube in FactCubes.All)
        {
            foreach (var (day, key, values) in cube.Of(fact))
            {
                var change = off ? default(CellValues) - values : values;
                Put(cube.Number, cube.All, ReportCell.Everybody, day, key, change);
                Put(cube.Number, cube.Owner, fact.OwnerId, day, key, change);
            }
        }
    }

    /// <summary>Adds what the work on a lead contributes, or takes it off.</summary>
    public void Add(WorkFact fact, bool off = false)
    {
        foreach (var part in fact.Read())
        {
            var change = off ? default(CellValues) - part.Values : part.Values;
            Put((int)part.Cube, WorkCubes.All(part.Cube), ReportCell.Everybody, part.Day, part.Key, change);
            Put((int)part.Cube, WorkCubes.Owner(part.Cube), part.OwnerId, part.Day, part.Key, change);
        }
    }

    /// <summary>Writes it.</summary>
    public async Task Write(WriteScope scope, CancellationToken ct)
    {
        // In one order, so that two who write never wait for each other.
        ReportCell[] rows =
        [
            .. _cells.Where(c => !c.Value.IsZero).OrderBy(c => c.Key.Cube).ThenBy(c => c.Key.OwnerId).ThenBy(c => c.Key.Period).ThenBy(c => c.Key.Key, StringComparer.Ordinal).Select(c => new ReportCell
            {
                Cube = c.Key.Cube,
                OwnerId = c.Key.OwnerId,
                Period = c.Key.Period,
                Key = c.Key.Key,
                N1 = c.Value.N1,
                N2 = c.Value.N2,
                N3 = c.Value.N3,
                N4 = c.Value.N4,
                N5 = c.Value.N5,
                N6 = c.Value.N6,
                M1 = c.Value.M1,
                M2 = c.Value.M2,
                M3 = c.Value.M3,
            }),
        ];
        if (rows.Length == 0)
        {
            return;
        }

        if (scope.Store.IsSqlite)
        {
            await Sqlite(scope, rows, ct);
            return;
        }

        await using var batch = scope.Batch();
        batch.BatchCommands.Add(scope.Store.Shapes.Get<ReportCell>(scope.Db).Postgres(rows, Adding));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task Sqlite(WriteScope scope, ReportCell[] rows, CancellationToken ct)
    {
        await using var command = scope.Sqlite($"INSERT INTO report_cell ({Columns}) VALUES ({string.Join(", ", Enumerable.Range(1, 13).Select(i => $"@p{i}"))}){Adding}");
        var parameters = Enumerable.Range(1, 13).Select(i => command.Parameters.AddWithValue($"@p{i}", 0L)).ToArray();
        await command.PrepareAsync(ct);
        foreach (var r in rows)
        {
            object[] values = [(long)r.Cube, r.OwnerId.ToByteArray(true), (long)r.Period, r.Key, r.N1, r.N2, r.N3, r.N4, r.N5, r.N6, r.M1, r.M2, r.M3];
            for (var i = 0; i < values.Length; i++)
            {
                parameters[i].Value = values[i];
            }

            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private void Put(int cube, CubeGrain grain, Guid owner, DateOnly day, string key, CellValues change)
    {
        if (grain.HasFlag(CubeGrain.Month))
        {
            Put(new CellPlace(cube, owner, ReportCell.Month(day), key), change);
        }

        if (grain.HasFlag(CubeGrain.Day))
        {
            Put(new CellPlace(cube, owner, ReportCell.Day(day), key), change);
        }
    }

    private void Put(CellPlace place, CellValues change)
    {
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(_cells, place, out _);
        cell += change;
    }
}
