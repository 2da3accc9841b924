using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Granary.Application.Storage;

/// <summary>How values and names are written in both databases.</summary>
internal static class Conventions
{
    public static void Values(ModelConfigurationBuilder types, bool sqlite)
    {
        types.Properties<decimal>().HaveConversion<MinorUnits>();
        types.Properties<SealedText>().HaveConversion<TextBytes>();
        types.Properties<SealedBytes>().HaveConversion<PlainBytes>();
        if (sqlite)
        {
            types.Properties<Guid>().HaveConversion<OrderedBytes>();
            types.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        }
    }

    /// <summary>snake_case for tables, columns, keys and indexes, so that SQL needs no quotes.</summary>
    public static void Names(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (entity.GetTableName() is not { } table || entity.IsMappedToJson())
            {
                continue;
            }

            entity.SetTableName(Snake(table));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.GetColumnName()));
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(Snake(key.GetName()!));
            }

            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.SetConstraintName(Snake(foreign.GetConstraintName()!));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(Snake(index.GetDatabaseName()!));
            }
        }
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsUpper(c) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>Every stored decimal is money: hundredths as an integer.</summary>
    private sealed class MinorUnits() : ValueConverter<decimal, long>(m => (long)(m * 100m), n => n / 100m);

    private sealed class TextBytes() : ValueConverter<SealedText, byte[]>(s => s.Bytes, b => new SealedText(b));

    private sealed class PlainBytes() : ValueConverter<SealedBytes, byte[]>(s => s.Bytes, b => new SealedBytes(b));

    /// <summary>Sixteen bytes in the order of time; SQLite compares blobs byte by byte.</summary>
    private sealed class OrderedBytes() : ValueConverter<Guid, byte[]>(g => g.ToByteArray(true), b => new Guid(b, true));

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(t => t.ToUnixTimeMilliseconds(), n => DateTimeOffset.FromUnixTimeMilliseconds(n));
}
