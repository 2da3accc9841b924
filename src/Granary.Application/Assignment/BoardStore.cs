using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Assignment;

/// <summary>
/// Loads what assignment needs to be fair and never above a cap, under row locks taken in one order, and writes back what
/// changed in the same transaction (§8 Fairness, Caps).
/// </summary>
internal sealed class BoardStore(WriteScope scope, Setting setting, DateTimeOffset now)
{
    /// <summary>Loads and locks the rotations on PostgreSQL.</summary>
    public const string LockRotations = "SELECT rule_id, state FROM rotation ORDER BY rule_id FOR UPDATE";

    /// <summary>Loads and locks the loads on PostgreSQL; after the rotations, always.</summary>
    public const string LockLoads = "SELECT user_id, day, taken, holding FROM user_load ORDER BY user_id FOR UPDATE";

    private readonly Dictionary<string, StoredRotation> _rotations = [];
    private readonly Dictionary<Guid, UserLoad> _loads = [];
    private readonly HashSet<Guid> _asked = [];

    /// <summary>The board.</summary>
    public AssignmentBoard Board { get; } = new();

    /// <summary>Loads and locks.</summary>
    public async Task Load(CancellationToken ct)
    {
        // On SQLite the one writer is the lock.
        var rotations = scope.Store.IsSqlite ? "SELECT * FROM rotation" : LockRotations;
        var loads = scope.Store.IsSqlite ? "SELECT * FROM user_load" : LockLoads;
        Take(new BoardRows(
            await scope.Db.Set<StoredRotation>().FromSqlRaw(rotations).AsNoTracking().ToListAsync(ct),
            await scope.Db.Set<UserLoad>().FromSqlRaw(loads).AsNoTracking().ToListAsync(ct)));
    }

    /// <summary>Loads and locks what single users have, in the order of their ids; somebody without a row gets one.</summary>
    public async Task Load(IReadOnlyCollection<Guid> users, CancellationToken ct)
    {
        var ids = users.Where(_asked.Add).ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        if (scope.Store.IsSqlite)
        {
            Take(new BoardRows([], await scope.Db.Set<UserLoad>().Where(l => ids.Contains(l.UserId)).AsNoTracking().ToListAsync(ct)));
            return;
        }

        // Two who find no row wait for each other here: the lock is the row.
        await scope.Db.Database.ExecuteSqlAsync(
            $"INSERT INTO user_load (user_id, day, taken, holding) SELECT id, {DateOnly.MinValue}, 0, 0 FROM unnest({ids}) AS n(id) WHERE NOT EXISTS (SELECT 1 FROM user_load u WHERE u.user_id = n.id) ORDER BY id ON CONFLICT DO NOTHING", ct);
        Take(new BoardRows([], await scope.Db.Set<UserLoad>()
            .FromSql($"SELECT user_id, day, taken, holding FROM user_load WHERE user_id = ANY({ids}) ORDER BY user_id FOR UPDATE").AsNoTracking().ToListAsync(ct)));
    }

    /// <summary>Takes over what was loaded under the locks, or what is left by who has them.</summary>
    public void Take(BoardRows rows)
    {
        foreach (var row in rows.Rotations)
        {
            _rotations[row.RuleId] = row;
            Board.Load(new Rotation(row.RuleId, Json.Read<Dictionary<Guid, Turn>>(row.State)));
        }

        // What was locked before may have been changed since.
        foreach (var row in rows.Loads.Where(l => _loads.TryAdd(l.UserId, l)))
        {
            Board.Load(row.UserId, new RepresentativeLoad(row.Day == Day(row.UserId) ? row.Taken : 0, row.Holding));
        }
    }

    /// <summary>What stands there when what changed is written.</summary>
    public BoardRows Left()
    {
        var rotations = _rotations.ToDictionary();
        var loads = _loads.ToDictionary();
        Rotations().ForEach(r => rotations[r.RuleId] = r);
        Loads().ForEach(l => loads[l.UserId] = l);
        return new BoardRows([.. rotations.Values], [.. loads.Values]);
    }

    /// <summary>Adds what changed to a round trip.</summary>
    public void Save(BulkInsert insert)
    {
        var (loads, rotations) = (Loads(), Rotations());
        Enter(insert, loads, rotations);
        if (scope.Store.IsSqlite)
        {
            Update(Known(loads), Known(rotations));
            return;
        }

        foreach (var command in Updates(Known(loads), Known(rotations)))
        {
            insert.Add(command);
        }
    }

    /// <summary>
    /// Locks on PostgreSQL what was taken over without a lock and writes what changed, in one round trip. False when something else stands there than was
    /// taken over: nothing of it may be committed.
    /// </summary>
    public async Task<bool> SaveBehind(CancellationToken ct)
    {
        var (loads, rotations) = (Loads(), Rotations());
        await using (var batch = scope.Batch())
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(BulkInsert.PlanOnce));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LockRotations));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LockLoads));
            foreach (var command in Updates(Known(loads), Known(rotations)))
            {
                batch.BatchCommands.Add(command);
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand(BulkInsert.PlanEach));
            await using var reader = await batch.ExecuteReaderAsync(ct);
            if (!(await BoardRows.Read(reader, ct)).Same(new BoardRows([.. _rotations.Values], [.. _loads.Values])))
            {
                return false;
            }
        }

        var insert = scope.Insert();
        Enter(insert, loads, rotations);
        await insert.Send(ct);
        return true;
    }

    private void Enter(BulkInsert insert, List<UserLoad> loads, List<StoredRotation> rotations)
    {
        insert.Add(loads.FindAll(l => !_loads.ContainsKey(l.UserId)));
        insert.Add(rotations.FindAll(r => !_rotations.ContainsKey(r.RuleId)));
    }

    private List<UserLoad> Loads() =>
        [.. Board.ChangedLoads.Select(c => new UserLoad { UserId = c.UserId, Day = Day(c.UserId), Taken = c.Load.TakenToday, Holding = c.Load.Holding })];

    private List<StoredRotation> Rotations() =>
        [.. Board.ChangedRotations.Select(r => new StoredRotation { RuleId = r.RuleId, State = Json.Write(r.Turns) })];

    private void Update(List<UserLoad> loads, List<StoredRotation> rotations)
    {
        using var load = scope.Sqlite("UPDATE user_load SET day = $day, taken = $taken, holding = $holding WHERE user_id = $id");
        foreach (var l in loads)
        {
            load.Parameters.Clear();
            load.Parameters.AddWithValue("$day", l.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            load.Parameters.AddWithValue("$taken", l.Taken);
            load.Parameters.AddWithValue("$holding", l.Holding);
            load.Parameters.AddWithValue("$id", l.UserId.ToByteArray(true));
            load.ExecuteNonQuery();
        }

        using var rotation = scope.Sqlite("UPDATE rotation SET state = $state WHERE rule_id = $id");
        foreach (var r in rotations)
        {
            rotation.Parameters.Clear();
            rotation.Parameters.AddWithValue("$state", r.State);
            rotation.Parameters.AddWithValue("$id", r.RuleId);
            rotation.ExecuteNonQuery();
        }
    }

    private List<UserLoad> Known(List<UserLoad> loads) => loads.FindAll(l => _loads.ContainsKey(l.UserId));

    private List<StoredRotation> Known(List<StoredRotation> rotations) => rotations.FindAll(r => _rotations.ContainsKey(r.RuleId));

    private static IEnumerable<NpgsqlBatchCommand> Updates(List<UserLoad> loads, List<StoredRotation> rotations)
    {
        if (loads.Count > 0)
        {
            yield return new NpgsqlBatchCommand("UPDATE user_load u SET day = n.day, taken = n.taken, holding = n.holding FROM unnest($1, $2, $3, $4) AS n(id, day, taken, holding) WHERE u.user_id = n.id")
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. loads.Select(l => l.UserId)] },
                    new NpgsqlParameter<DateOnly[]> { TypedValue = [.. loads.Select(l => l.Day)] },
                    new NpgsqlParameter<int[]> { TypedValue = [.. loads.Select(l => l.Taken)] },
                    new NpgsqlParameter<int[]> { TypedValue = [.. loads.Select(l => l.Holding)] },
                },
            };
        }

        if (rotations.Count > 0)
        {
            yield return new NpgsqlBatchCommand("UPDATE rotation r SET state = n.state FROM unnest($1, $2) AS n(id, state) WHERE r.rule_id = n.id")
            {
                Parameters =
                {
                    new NpgsqlParameter<string[]> { TypedValue = [.. rotations.Select(r => r.RuleId)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. rotations.Select(r => r.State)] },
                },
            };
        }
    }

    private DateOnly Day(Guid userId) =>
        setting.Roster.Find(userId) is { } representative ? IntakeDay.Of(representative, now, setting.Calendar) : setting.Calendar.DateOf(now);
}
