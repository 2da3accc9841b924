using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>An API key; only its hash is kept (§18).</summary>
public sealed class ApiKey
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The user it acts for.</summary>
    public Guid UserId { get; set; }

    /// <summary>What it is for.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The first characters, to tell keys apart.</summary>
    public required string Prefix { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The permissions it is narrowed to, as JSON; null leaves all of the user's.</summary>
    public string? Permissions { get; set; }

    /// <summary>Until when it works; null is without end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>SHA-256 of the secret before the last rotation, while it still works.</summary>
    public byte[]? PreviousHash { get; set; }

    /// <summary>Until when the secret before works.</summary>
    public DateTimeOffset? PreviousUntil { get; set; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> table)
    {
        table.ToTable("ApiKey");
        table.Property(k => k.Name).HasMaxLength(100);
        table.Property(k => k.Prefix).HasMaxLength(20);
        table.HasIndex(k => k.Hash).IsUnique();
        table.HasIndex(k => k.PreviousHash).IsUnique();
        table.HasIndex(k => k.UserId);
    }
}
