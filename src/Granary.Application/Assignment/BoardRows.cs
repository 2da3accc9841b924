using Npgsql;

namespace Granary.Application.Assignment;

/// <summary>Rotations and loads as they are stored.</summary>
internal sealed record BoardRows(IReadOnlyList<StoredRotation> Rotations, IReadOnlyList<UserLoad> Loads)
{
    /// <summary>Whether others are the same.</summary>
    public bool Same(BoardRows other) =>
        Rotations.Count == other.Rotations.Count && Loads.Count == other.Loads.Count
        && Rotations.Select(r => (r.RuleId, r.State)).ToHashSet().SetEquals(other.Rotations.Select(r => (r.RuleId, r.State)))
        && Loads.Select(l => (l.UserId, l.Day, l.Taken, l.Holding)).ToHashSet().SetEquals(other.Loads.Select(l => (l.UserId, l.Day, l.Taken, l.Holding)));

    /// <summary>Reads them from PostgreSQL, as the two locking queries tell them; the reader stands on the second behind it.</summary>
    public static async Task<BoardRows> Read(NpgsqlDataReader reader, CancellationToken ct)
    {
        List<StoredRotation> rotations = [];
        while (await reader.ReadAsync(ct))
        {
            rotations.Add(new StoredRotation { RuleId = reader.GetString(0), State = reader.GetString(1) });
        }

        List<UserLoad> loads = [];
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            loads.Add(new UserLoad { UserId = reader.GetGuid(0), Day = reader.GetFieldValue<DateOnly>(1), Taken = reader.GetInt32(2), Holding = reader.GetInt32(3) });
        }

        return new BoardRows(rotations, loads);
    }
}
