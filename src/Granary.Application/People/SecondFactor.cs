using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>Somebody's authenticator app.</summary>
public sealed class SecondFactor
{
    /// <summary>Whose.</summary>
    public Guid UserId { get; set; }

    /// <summary>The secret in base 32, encrypted.</summary>
    public SealedText Secret { get; set; }

    /// <summary>The step of the last code that was used; it and earlier ones count no more.</summary>
    public long LastStep { get; set; }

    /// <summary>When a code proved that the app has the secret; null before that, when nothing is asked at sign-in.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}

/// <summary>A code for when the app is lost; it works once.</summary>
public sealed class RecoveryCode
{
    /// <summary>Whose.</summary>
    public Guid UserId { get; set; }

    /// <summary>Keyed hash of the code.</summary>
    public Guid Hash { get; set; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class SecondFactorTable : IEntityTypeConfiguration<SecondFactor>, IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<SecondFactor> table)
    {
        table.ToTable("SecondFactor");
        table.HasKey(f => f.UserId);
        table.Property(f => f.UserId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<RecoveryCode> table)
    {
        table.ToTable("RecoveryCode");
        table.HasKey(c => new { c.UserId, c.Hash });
    }
}
