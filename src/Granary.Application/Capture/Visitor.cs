using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A visitor whose person is known, or has signed off; one of whom nothing is known needs no row.</summary>
public sealed class Visitor
{
    /// <summary>Id that the browser keeps.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead whose person uses the browser; null after a sign-off.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>When the present person began; touches up to then are not theirs.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>To whom its touches belong.</summary>
    public VisitorEpoch Epoch
    {
        get => new(LeadId, Since);
        set => (LeadId, Since) = (value.LeadId, value.Since);
    }
}

/// <summary>A touch of a visitor who has not said who they are; it goes to the lead when they do.</summary>
public sealed class VisitorTouch
{
    /// <summary>Visitor.</summary>
    public Guid VisitorId { get; set; }

    /// <summary>Id, time-ordered; the touch of the lead keeps it.</summary>
    public Guid Id { get; set; }

    /// <summary>Kind.</summary>
    public TouchKind Kind { get; set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What it was about, such as a page.</summary>
    public string? Detail { get; set; }

    /// <summary>Channel.</summary>
    public Guid? ChannelId { get; set; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; set; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; set; }

    /// <summary>Content piece.</summary>
    public string? Content { get; set; }

    /// <summary>The tracked link it came by.</summary>
    public Guid? LinkId { get; set; }
}

/// <summary>
/// Who writes touches of visitors and who says whose they are meet here: a touch either lies with the visitor before it is known
/// whose it is, and goes along, or it is written after, and goes to the lead itself.
/// </summary>
internal static class VisitorLock
{
    private const long Key = 0x6772_616e_6172_79; // "granary"

    /// <summary>Keeps touches from being written until the transaction ends; taken before any row.</summary>
    public static Task Alone(WriteScope scope, CancellationToken ct) =>
        scope.Store.IsSqlite ? Task.CompletedTask : scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", ct);

    /// <summary>Keeps visitors from becoming known until the transaction ends; taken before any row.</summary>
    public static Task Shared(WriteScope scope, CancellationToken ct) =>
        scope.Store.IsSqlite ? Task.CompletedTask : scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({Key})", ct);
}

internal sealed class VisitorTable : IEntityTypeConfiguration<Visitor>
{
    public void Configure(EntityTypeBuilder<Visitor> table)
    {
        table.ToTable("Visitor");
        table.Property(v => v.Id).ValueGeneratedNever();
        table.Ignore(v => v.Epoch);
        table.HasIndex(v => v.LeadId, "ix_visitor_lead").HasFilter("lead_id IS NOT NULL");
        table.HasIndex(v => v.ChangedAt, "ix_visitor_changed").HasFilter("lead_id IS NULL");
    }
}

internal sealed class VisitorTouchTable : IEntityTypeConfiguration<VisitorTouch>
{
    public void Configure(EntityTypeBuilder<VisitorTouch> table)
    {
        table.ToTable("VisitorTouch");
        table.HasKey(t => new { t.VisitorId, t.Id });
        table.Property(t => t.Campaign).HasMaxLength(FieldLimits.Source);
        table.Property(t => t.Keyword).HasMaxLength(FieldLimits.Source);
        table.Property(t => t.Content).HasMaxLength(FieldLimits.Source);
        table.HasIndex(t => t.At, "ix_visitor_touch_at");
    }
}
