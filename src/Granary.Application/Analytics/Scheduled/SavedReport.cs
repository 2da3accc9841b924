using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Analytics.Scheduled;

/// <summary>A report with its filters under a name (§15).</summary>
public sealed class SavedReport
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose it is.</summary>
    public Guid UserId { get; set; }

    /// <summary>Name, unique among theirs.</summary>
    public required string Name { get; set; }

    /// <summary>Name of the report, such as <c>funnel</c>.</summary>
    public required string Report { get; set; }

    /// <summary>The query string without the question mark.</summary>
    public required string Query { get; set; }

    /// <summary>Whether everybody who reads reports sees it; each with what they may see.</summary>
    public bool Shared { get; set; }

    /// <summary>When it was saved last.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A saved report that is sent when it is due.</summary>
public sealed class ReportSchedule
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The saved report.</summary>
    public Guid ReportId { get; set; }

    /// <summary>Who sends it, and is told when it cannot be sent.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>When, as JSON; see <c>ReactivationSchedule</c>.</summary>
    public required string Plan { get; set; }

    /// <summary>By what.</summary>
    public NoticeChannelKind Channel { get; set; }

    /// <summary>Language of what is sent; null is the product's first.</summary>
    public string? Language { get; set; }

    /// <summary>Whether it is on.</summary>
    public bool Open { get; set; }

    /// <summary>When it is due next; null when it is not.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>When it was due last.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>Somebody who gets a scheduled report, with what they may see.</summary>
public sealed class ReportRecipient
{
    /// <summary>The schedule.</summary>
    public Guid ScheduleId { get; set; }

    /// <summary>The user.</summary>
    public Guid UserId { get; set; }
}

/// <summary>One sending to one recipient: the row is made once for each due time, whichever node makes it, and kept as what became of it.</summary>
public sealed class ReportDelivery
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The schedule.</summary>
    public Guid ScheduleId { get; set; }

    /// <summary>The recipient.</summary>
    public Guid UserId { get; set; }

    /// <summary>The time it was due.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next; null when it is delivered or given up.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Code of why the last attempt failed.</summary>
    public string? Error { get; set; }
}

internal sealed class SavedReportTables :
    IEntityTypeConfiguration<SavedReport>, IEntityTypeConfiguration<ReportSchedule>, IEntityTypeConfiguration<ReportRecipient>, IEntityTypeConfiguration<ReportDelivery>
{
    public void Configure(EntityTypeBuilder<SavedReport> table)
    {
        table.ToTable("SavedReport");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Property(r => r.Name).HasMaxLength(60);
        table.Property(r => r.Report).HasMaxLength(40);
        table.Property(r => r.Query).HasMaxLength(2000);
        table.HasIndex(r => new { r.UserId, r.Name }, "ix_saved_report_name").IsUnique();
        table.HasIndex(r => r.Name, "ix_saved_report_shared").HasFilter("shared");
    }

    public void Configure(EntityTypeBuilder<ReportSchedule> table)
    {
        table.ToTable("ReportSchedule");
        table.Property(s => s.Id).ValueGeneratedNever();
        table.Property(s => s.Language).HasMaxLength(10);
        table.HasIndex(s => s.ReportId, "ix_report_schedule_report");
        table.HasIndex(s => s.NextAt, "ix_report_schedule_next").HasFilter("next_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ReportRecipient> table)
    {
        table.ToTable("ReportRecipient");
        table.HasKey(r => new { r.ScheduleId, r.UserId });
        table.HasIndex(r => r.UserId, "ix_report_recipient_user");
    }

    public void Configure(EntityTypeBuilder<ReportDelivery> table)
    {
        table.ToTable("ReportDelivery");
        table.Property(d => d.Id).ValueGeneratedNever();
        table.Property(d => d.Error).HasMaxLength(60);
        // Once for each due time and recipient.
        table.HasIndex(d => new { d.ScheduleId, d.DueAt, d.UserId }, "ix_report_delivery_due").IsUnique();
        table.HasIndex(d => d.NextAt, "ix_report_delivery_next").HasFilter("next_at IS NOT NULL");
    }
}
