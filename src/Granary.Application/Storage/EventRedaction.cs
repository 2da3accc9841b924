using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Storage;

/// <summary>
/// That personal data was taken out of an entry of the event log (§18). The chain of seals goes on over the digest of the
/// original; what the entry says now is told by an entry of its own, which is sealed too.
/// </summary>
public sealed class EventRedaction
{
    /// <summary>Position of the entry.</summary>
    public long Position { get; set; }

    /// <summary>When it was cleaned last.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Digest of the entry as it was written.</summary>
    public required byte[] Original { get; set; }

    /// <summary>Digest of the entry as it is now.</summary>
    public required byte[] Present { get; set; }

    /// <summary>What it was cleaned for: the request of a person, or the run that ended a retention period.</summary>
    public Guid ReasonId { get; set; }

    /// <summary>Position of the entry that tells of it, a <see cref="RedactEvents.Redacted"/>.</summary>
    public long ToldBy { get; set; }
}

internal sealed class EventRedactionTable : IEntityTypeConfiguration<EventRedaction>
{
    public void Configure(EntityTypeBuilder<EventRedaction> table)
    {
        table.ToTable("EventRedaction");
        table.HasKey(r => r.Position);
        table.Property(r => r.Position).ValueGeneratedNever();
    }
}
