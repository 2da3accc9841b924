using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>By what a user is told besides the bell. Numbers are stored and never reused.</summary>
public enum NoticeChannelKind
{
    /// <summary>Mail to their address.</summary>
    Mail = 1,

    /// <summary>A chat robot's webhook (WeCom, DingTalk, Feishu).</summary>
    Webhook = 2,
}

/// <summary>A channel a user wants notices by (§8 Notice).</summary>
public sealed class NoticeChannel
{
    /// <summary>The user.</summary>
    public Guid UserId { get; set; }

    /// <summary>By what.</summary>
    public NoticeChannelKind Kind { get; set; }

    /// <summary>Address of a webhook, encrypted; null for mail, which goes to the user's own address.</summary>
    public SealedText? Address { get; set; }

    /// <summary>Kinds of notices, as flags: bit n stands for the kind n.</summary>
    public long Kinds { get; set; }

    /// <summary>Language in which it was chosen, and so that of its messages; null is the product's first.</summary>
    public string? Language { get; set; }
}

/// <summary>A notice on its way to a channel; kept until it is delivered or given up.</summary>
public sealed class NoticeDelivery
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The user.</summary>
    public Guid UserId { get; set; }

    /// <summary>The notice.</summary>
    public Guid NoticeId { get; set; }

    /// <summary>By what.</summary>
    public NoticeChannelKind Kind { get; set; }

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried next; null when it is delivered or given up.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }
}

internal sealed class NoticeChannelTables : IEntityTypeConfiguration<NoticeChannel>, IEntityTypeConfiguration<NoticeDelivery>
{
    public void Configure(EntityTypeBuilder<NoticeChannel> table)
    {
        table.ToTable("NoticeChannel");
        table.HasKey(c => new { c.UserId, c.Kind });
        table.Property(c => c.Language).HasMaxLength(10);
    }

    public void Configure(EntityTypeBuilder<NoticeDelivery> table)
    {
        table.ToTable("NoticeDelivery");
        table.Property(d => d.Id).ValueGeneratedNever();
        table.Property(d => d.Error).HasMaxLength(500);
        table.HasIndex(d => d.NextAt, "ix_notice_delivery_next").HasFilter("next_at IS NOT NULL");
        table.HasIndex(d => new { d.UserId, d.NoticeId, d.Kind }).IsUnique();
    }
}
