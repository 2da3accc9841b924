using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy.Audit;

/// <summary>What can be wrong with the chain.</summary>
public enum AuditFaultKind
{
    /// <summary>A sealed event is not there any more.</summary>
    EventMissing,

    /// <summary>An event stands between sealed ones.</summary>
    EventInserted,

    /// <summary>A sealed event says something else.</summary>
    EventChanged,

    /// <summary>A redacted event says something else than after its redaction.</summary>
    RedactedEventChanged,

    /// <summary>The entry of a redaction is not told by an event.</summary>
    RedactionUntold,

    /// <summary>No erasure or end of a retention period covers a redaction.</summary>
    RedactionUncovered,

    /// <summary>A seal is not there.</summary>
    SealMissing,

    /// <summary>A seal was changed.</summary>
    SealChanged,

    /// <summary>A seal that was noted outside of the database is not there, or is another one.</summary>
    NotedSealMissing,
}

/// <summary>The first fault of the chain.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Seal">Number of the seal.</param>
/// <param name="Position">Position of the event; null where a seal is meant.</param>
public sealed record AuditFault(AuditFaultKind Kind, long? Seal, long? Position);

/// <summary>How far a verification is.</summary>
public enum AuditState
{
    /// <summary>Runs, or waits for a node to run it.</summary>
    Running = 0,

    /// <summary>Nothing is wrong.</summary>
    Sound = 1,

    /// <summary>Something is wrong.</summary>
    Faulty = 2,
}

/// <summary>A verification of the chain, from its beginning.</summary>
public sealed class AuditVerification
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset RequestedAt { get; set; }

    /// <summary>Who asked; null for the command line.</summary>
    public Guid? RequestedById { get; set; }

    /// <summary>The hash of a seal that somebody noted elsewhere, to be found in the chain.</summary>
    public byte[]? Noted { get; set; }

    /// <summary>How far it is.</summary>
    public AuditState State { get; set; }

    /// <summary>Until when a node runs it.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Where the seals ended when it began.</summary>
    public long UpTo { get; set; }

    /// <summary>The position it has come to.</summary>
    public long Position { get; set; }

    /// <summary>Events it has checked.</summary>
    public long Events { get; set; }

    /// <summary>Seals it has checked.</summary>
    public long Seals { get; set; }

    /// <summary>The first fault, as JSON.</summary>
    public string? Fault { get; set; }

    /// <summary>The first fault; null where there is none.</summary>
    public AuditFault? FirstFault => Fault is null ? null : Json.Read<AuditFault>(Fault);
}

internal sealed class AuditVerificationTable : IEntityTypeConfiguration<AuditVerification>
{
    public void Configure(EntityTypeBuilder<AuditVerification> table)
    {
        table.ToTable("AuditVerification");
        table.Ignore(v => v.FirstFault);
        table.HasIndex(v => v.RequestedAt).HasFilter("ended_at IS NULL").HasDatabaseName("ix_audit_verification_open");
    }
}
