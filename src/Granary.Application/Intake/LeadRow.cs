using Granary.Application.Capture;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Granary.Application.Intake;

/// <summary>Reads a <see cref="LeadCandidate"/> from nine columns of either database.</summary>
internal static class LeadRow
{
    public static LeadCandidate Postgres(NpgsqlDataReader row, int at) => new()
    {
        Id = row.GetGuid(at),
        ReceivedAt = row.GetFieldValue<DateTimeOffset>(at + 1),
        OwnerId = row.IsDBNull(at + 2) ? null : row.GetGuid(at + 2),
        PoolId = row.IsDBNull(at + 3) ? null : row.GetGuid(at + 3),
        SourceLeadId = row.IsDBNull(at + 4) ? null : row.GetGuid(at + 4),
        AccountId = row.IsDBNull(at + 5) ? null : row.GetGuid(at + 5),
        CompanyName = row.IsDBNull(at + 6) ? null : row.GetString(at + 6),
        Status = (LeadStatus)row.GetInt32(at + 7),
        Findings = row.GetInt32(at + 8),
    };

    public static LeadCandidate Sqlite(SqliteDataReader row, int at) => new()
    {
        Id = Id(row, at)!.Value,
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(at + 1)),
        OwnerId = Id(row, at + 2),
        PoolId = Id(row, at + 3),
        SourceLeadId = Id(row, at + 4),
        AccountId = Id(row, at + 5),
        CompanyName = row.IsDBNull(at + 6) ? null : row.GetString(at + 6),
        Status = (LeadStatus)row.GetInt32(at + 7),
        Findings = row.GetInt32(at + 8),
    };

    private static Guid? Id(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : new Guid(row.GetFieldValue<byte[]>(column), true);
}
