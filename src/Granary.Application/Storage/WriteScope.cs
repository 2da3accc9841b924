using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Granary.Application.Storage;

/// <summary>A transaction that writes.</summary>
/// <param name="Db">Context within the transaction.</param>
/// <param name="Store">The store.</param>
/// <param name="Transaction">The transaction.</param>
public sealed record WriteScope(GranaryDb Db, Store Store, IDbContextTransaction Transaction)
{
    /// <summary>Whether the work gave up: nothing is committed.</summary>
    internal bool Abandoned { get; private set; }

    /// <summary>Gives up: what was done in this transaction is undone when the work returns.</summary>
    public void Abandon() => Abandoned = true;

    /// <summary>An empty batch of PostgreSQL within the transaction.</summary>
    internal NpgsqlBatch Batch() =>
        new((NpgsqlConnection)Db.Database.GetDbConnection(), (NpgsqlTransaction)Transaction.GetDbTransaction());

    /// <summary>A command of SQLite within the transaction.</summary>
    internal SqliteCommand Sqlite(string sql)
    {
        var command = ((SqliteConnection)Db.Database.GetDbConnection()).CreateCommand();
        command.Transaction = (SqliteTransaction)Transaction.GetDbTransaction();
        command.CommandText = sql;
        return command;
    }

    /// <summary>Set-wise inserts within the transaction.</summary>
    internal BulkInsert Insert() => new(this);
}
