using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy;

/// <summary>A change of the data key (§18): everything that older keys sealed is sealed anew, then they are deleted.</summary>
public sealed class KeyRotation
{
    /// <summary>Id of the new key.</summary>
    public int Id { get; set; }

    /// <summary>Who asked for it; null for the command line.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Values of older keys when it began, and those that came to light later.</summary>
    public long Total { get; set; }

    /// <summary>Values that were sealed anew or had gone by themselves.</summary>
    public long Done { get; set; }

    /// <summary>Values that no key opens; while there is one, older keys are kept.</summary>
    public long Broken { get; set; }

    /// <summary>When nothing was left under older keys; until they are deleted, every node gets to know the new one.</summary>
    public DateTimeOffset? SealedAt { get; set; }

    /// <summary>When the older keys were deleted.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Until when the node that works on it has it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    internal KeyRotation Copy() => (KeyRotation)MemberwiseClone();
}

internal sealed class KeyRotationTable : IEntityTypeConfiguration<KeyRotation>
{
    public void Configure(EntityTypeBuilder<KeyRotation> table)
    {
        table.ToTable("KeyRotation");
        table.Property(r => r.Id).ValueGeneratedNever();
    }
}
