using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Storage;

/// <summary>
/// An entry of the immutable event log (§0 History), written in the transaction of the change it tells. Timelines,
/// audit and figures are read from it by <see cref="Position"/>.
/// </summary>
public sealed class EventRecord
{
    /// <summary>Position; rises, with gaps.</summary>
    public long Position { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who; null for the product itself.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>What it is about: a lead, an import, a policy …</summary>
    public Guid SubjectId { get; set; }

    /// <summary>What happened, such as <c>lead.captured</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Before, after, why, as JSON. Never contact data.</summary>
    public string Data { get; set; } = "{}";
}

internal sealed class EventTable : IEntityTypeConfiguration<EventRecord>
{
    public void Configure(EntityTypeBuilder<EventRecord> table)
    {
        table.ToTable("Event");
        table.Property(e => e.Kind).HasMaxLength(40);
        table.HasIndex(e => new { e.SubjectId, e.Position });
    }

    /// <summary>
    /// On PostgreSQL the log is partitioned by month, so its key has the instant, and each row carries its transaction:
    /// with several writers a position can become visible after a higher one, so consumers read below those who still write
    /// (<see cref="EventLog.Settled"/>).
    /// </summary>
    public static void Shape(EntityTypeBuilder<EventRecord> table, bool sqlite)
    {
        if (sqlite)
        {
            table.HasKey(e => e.Position);
            return;
        }

        table.HasKey(e => new { e.Position, e.At });
        table.Property(e => e.Position).HasDefaultValueSql("nextval('event_position')");
        table.Property<ulong>("Tx").HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
    }
}
