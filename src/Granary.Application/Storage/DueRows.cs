using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>Rows whose time has come, of which several nodes take what no other has in hand.</summary>
internal static class DueRows
{
    /// <summary>Whether any row is due: asked before a transaction that writes is begun, since mostly none is.</summary>
    public static Task<bool> AnyDue<T>(this GranaryDb db, Expression<Func<T, DateTimeOffset?>> at, DateTimeOffset now, CancellationToken ct)
        where T : class => db.Set<T>().AnyAsync(IsDue(at, now), ct);

    /// <summary>Rows that are due, the earliest first, locked; what another node works on, or somebody changes at this moment, is passed over.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="at">When a row is due; null where it is not.</param>
    /// <param name="now">The time.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="ct">Cancels.</param>
    public static Task<List<T>> Due<T>(this WriteScope scope, Expression<Func<T, DateTimeOffset?>> at, DateTimeOffset now, int most, CancellationToken ct)
        where T : class
    {
        var rows = scope.Db.Set<T>();
        if (scope.Store.IsSqlite)
        {
            return rows.Where(IsDue(at, now)).OrderBy(at).Take(most).ToListAsync(ct);
        }

        var type = scope.Db.Model.FindEntityType(typeof(T))!;
        var column = type.FindProperty(((MemberExpression)at.Body).Member)!.GetColumnName();
        var sql = $"SELECT * FROM {type.GetTableName()} WHERE {column} <= {{0}} ORDER BY {column} LIMIT {{1}} FOR UPDATE SKIP LOCKED";
        return rows.FromSqlRaw(sql, now, most).ToListAsync(ct);
    }

    // Says that it is not null as well, as the indexes do.
    private static Expression<Func<T, bool>> IsDue<T>(Expression<Func<T, DateTimeOffset?>> at, DateTimeOffset now)
    {
        Expression<Func<DateTimeOffset?>> time = () => now;
        return Expression.Lambda<Func<T, bool>>(
            Expression.AndAlso(Expression.NotEqual(at.Body, Expression.Constant(null, at.Body.Type)), Expression.LessThanOrEqual(at.Body, time.Body)), at.Parameters);
    }
}
