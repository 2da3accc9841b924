using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Storage;

/// <summary>A key of ASP.NET Core data protection, in the database so that every node has it.</summary>
public sealed class ProtectionKey
{
    /// <summary>Id.</summary>
    public int Id { get; set; }

    /// <summary>Name given by the framework.</summary>
    public required string Name { get; set; }

    /// <summary>The key's XML, encrypted.</summary>
    public SealedText Xml { get; set; }
}

/// <summary>A data key, wrapped by the master key from file or environment (§18).</summary>
public sealed class DataKey
{
    /// <summary>0 is the key of blind indexes, others seal data; no id is used twice.</summary>
    public int Id { get; set; }

    /// <summary>The number that what it seals begins with, from 0.</summary>
    public int Number => Id - 1;

    /// <summary>Nonce, tag and the wrapped key.</summary>
    public required byte[] Wrapped { get; set; }

    /// <summary>When it was made; null for those made before this was noted.</summary>
    public DateTimeOffset? MadeAt { get; set; }
}

/// <summary>The first answer to a write with an idempotency key (§3).</summary>
public sealed class IdempotencyRecord
{
    /// <summary>Hash of caller and key.</summary>
    public Guid Key { get; set; }

    /// <summary>Hash of method, path and body.</summary>
    public Guid Request { get; set; }

    /// <summary>When it came; it is forgotten 24 hours later.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Status of the answer; 0 while there is none.</summary>
    public int Status { get; set; }

    /// <summary>The answer, encrypted: it may carry a person's data.</summary>
    public SealedText? Answer { get; set; }
}

internal sealed class StorageTables : IEntityTypeConfiguration<ProtectionKey>, IEntityTypeConfiguration<DataKey>, IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> table) => table.ToTable("ProtectionKey");

    public void Configure(EntityTypeBuilder<DataKey> table)
    {
        table.ToTable("DataKey");
        table.Property(k => k.Id).ValueGeneratedNever();
        table.Ignore(k => k.Number);
    }

    public void Configure(EntityTypeBuilder<IdempotencyRecord> table)
    {
        table.ToTable("IdempotencyRecord");
        table.HasKey(r => r.Key);
        table.HasIndex(r => r.At);
    }
}
