using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SQLitePCL;

namespace Granary.Application.Storage;

/// <summary>One column of a set-wise insert.</summary>
internal abstract class BulkColumn<T>
{
    /// <summary>The column's values as a parameter of PostgreSQL.</summary>
    public abstract NpgsqlParameter Array(IReadOnlyList<T> rows);

    /// <summary>Binds a row's value to a statement of SQLite.</summary>
    public abstract void Bind(sqlite3_stmt statement, int place, T row);

    public static BulkColumn<T> For(IProperty property)
    {
        var row = Expression.Parameter(typeof(T));
        Expression value = Expression.Property(row, property.PropertyInfo!);
        // Ids are bound straight from the stack; every other conversion is the model's.
        if (property.GetTypeMapping().Converter is { } converter && Nullable.GetUnderlyingType(property.ClrType) != typeof(Guid) && property.ClrType != typeof(Guid))
        {
            value = Convert(value, converter.ConvertToProviderExpression, converter.ProviderClrType);
        }

        var type = typeof(BulkColumn<,>).MakeGenericType(typeof(T), value.Type);
        var get = Expression.Lambda(typeof(Func<,>).MakeGenericType(typeof(T), value.Type), value, row).Compile();
        return (BulkColumn<T>)Activator.CreateInstance(type, get)!;
    }

    private static Expression Convert(Expression value, LambdaExpression convert, Type provider)
    {
        if (Nullable.GetUnderlyingType(value.Type) is null)
        {
            return value.Type.IsValueType
                ? Expression.Invoke(convert, value)
                : Expression.Condition(Expression.Equal(value, Expression.Constant(null)), Expression.Default(provider), Expression.Invoke(convert, value));
        }

        var target = provider.IsValueType ? typeof(Nullable<>).MakeGenericType(provider) : provider;
        return Expression.Condition(
            Expression.Property(value, "HasValue"),
            Expression.Convert(Expression.Invoke(convert, Expression.Property(value, "Value")), target),
            Expression.Default(target));
    }
}

/// <inheritdoc />
internal sealed class BulkColumn<T, TValue>(Func<T, TValue> get) : BulkColumn<T>
{
    public override NpgsqlParameter Array(IReadOnlyList<T> rows)
    {
        TValue[] values = [];
        for (var i = 0; i < rows.Count; i++)
        {
            if (get(rows[i]) is { } value)
            {
                // Where no row has a value nothing is sent: arrays that end sooner than others are filled up with nulls.
                values = values.Length == 0 ? new TValue[rows.Count] : values;
                values[i] = value;
            }
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values };
    }

    public override void Bind(sqlite3_stmt statement, int place, T row)
    {
        var value = get(row);
        var result = value switch
        {
            null => raw.sqlite3_bind_null(statement, place),
            string s => raw.sqlite3_bind_text(statement, place, s),
            int n => raw.sqlite3_bind_int64(statement, place, n),
            long n => raw.sqlite3_bind_int64(statement, place, n),
            bool b => raw.sqlite3_bind_int64(statement, place, b ? 1 : 0),
            Guid g => BindId(statement, place, g),
            byte[] b => raw.sqlite3_bind_blob(statement, place, b),
            DateOnly d => raw.sqlite3_bind_text(statement, place, d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => throw new NotSupportedException($"No binding for {typeof(TValue)}."),
        };
        if (result != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"Binding column {place} failed with {result}.");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int BindId(sqlite3_stmt statement, int place, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, true, out _);
        return raw.sqlite3_bind_blob(statement, place, bytes);
    }
}
