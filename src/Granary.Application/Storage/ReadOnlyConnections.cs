using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Granary.Application.Storage;

/// <summary>Makes sure that SQLite's readers never write: the writer connection alone writes and checkpoints.</summary>
internal sealed class ReadOnlyConnections : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA query_only=1";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
